"""Run migrations from code: the commands, the demonstration and the tests use this."""

from pathlib import Path

from alembic import command
from alembic.config import Config

FOLDER = Path(__file__).resolve().parent


def settings_for(database_url: str) -> Config:
    """Alembic's settings; a percent sign in the address must not be read as one of its own."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config


def upgrade(database_url: str, to: str = "head") -> None:
    """Bring the database up to a revision."""
    command.upgrade(settings_for(database_url), to)


def downgrade(database_url: str, to: str) -> None:
    """Take the database back to a revision."""
    command.downgrade(settings_for(database_url), to)


def newest_migration() -> str:
    """The name of the last migration's file; they are numbered."""
    return max(file.name for file in (FOLDER / "versions").glob("[0-9]*.py"))
