"""How do the tables come to be? Alembic migrations, up from empty and down again, on both databases."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def upgrade(url: str, to: str = "head") -> None:
    command.upgrade(_config(url), to)


def downgrade(url: str, to: str = "base") -> None:
    command.downgrade(_config(url), to)


def head() -> str:
    """The revision that this release's tables are at."""
    return ScriptDirectory.from_config(_config("")).get_current_head() or ""


def revision_of(engine: Engine) -> str | None:
    """The revision that a database is at; None where it has no tables yet."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config
