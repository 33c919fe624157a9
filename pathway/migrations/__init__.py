"""How do the tables come to be? Alembic migrations, up from empty and down again, on both databases."""

from pathlib import Path

from alembic import command
from alembic.config import Config


def upgrade(url: str, to: str = "head") -> None:
    command.upgrade(_config(url), to)


def downgrade(url: str, to: str = "base") -> None:
    command.downgrade(_config(url), to)


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config
