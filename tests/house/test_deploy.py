"""Do the files for running it name only what there is?"""

import re
from pathlib import Path

import pytest
import yaml

from pathway.cli import app
from pathway.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
FILES = sorted(one for one in DEPLOY.iterdir() if one.is_file())
OF_THE_PROXY = {"PATHWAY_SITE"}
COMMANDS = {command.name for command in app.registered_commands}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_setting_that_is_named_is_one(file: Path) -> None:
    named = set(re.findall(r"\bPATHWAY_[A-Z_]+\b", file.read_text()))
    assert named <= {f"PATHWAY_{name.upper()}" for name in Settings.model_fields} | OF_THE_PROXY


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_command_that_is_run_is_one(file: Path) -> None:
    run = re.findall(r"(?:bin/pathway |command: \[\"|CMD \[\")(\w+)", file.read_text())
    assert set(run) <= COMMANDS | {"python"}


def test_what_is_composed_is_a_database_two_services_two_workers_and_a_proxy() -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    assert set(composed) == {"database", "web-one", "web-two", "worker-one", "worker-two", "proxy"}
    for name in ("web-one", "web-two", "worker-one", "worker-two"):
        assert composed[name]["environment"]["PATHWAY_WORKER_INSIDE"] == "false"


def test_no_secret_stands_in_what_is_committed() -> None:
    example = (DEPLOY / "env.example").read_text()
    assert re.findall(r"PASSWORD=(.*)", example) == ["", ""]


def test_nothing_that_was_written_while_running_goes_into_an_image() -> None:
    left_out = (DEPLOY.parent / ".dockerignore").read_text().splitlines()
    assert {"var", "deploy/.env", ".venv", "node_modules"} <= set(left_out)


def test_whoever_runs_in_the_image_may_keep_files() -> None:
    """A volume takes the owner of the folder it is laid over; one that isn't there would be root's."""
    image = (DEPLOY / "Dockerfile").read_text()
    (kept,) = re.findall(r"PATHWAY_FILES=(\S+)", image)
    assert f"install --directory --owner pathway {kept}" in image
