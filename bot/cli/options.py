"""What all commands share: where the configuration is, and mistakes as sentences."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.config.settings import Settings

# Whether it may be read is said by us, with what to do about it.
FILE = click.Path(path_type=Path, readable=False)
DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
CONFIG = click.option(
    "--config",
    "-c",
    type=FILE,
    default="config.toml",
    show_default=True,
    help="The configuration file.",
)


def load(path: Path) -> "Settings":
    """The settings of a command that ends by itself: its logs only warn. Exits where they fail."""
    from bot.app import logs
    from bot.config.loading import load as read

    with in_words(2):
        settings = read(path)
    level = "error" if settings.logging.level == "error" else "warning"
    only_warn = settings.logging.model_copy(update={"level": level})
    logs.set_up(only_warn, settings.telegram.token)
    return settings


@contextmanager
def in_words(code: int = 1) -> Iterator[None]:
    """What people can put right ends in a sentence on stderr and an exit code."""
    from bot.core.errors import ConfigError, Refused

    try:
        yield
    except (ConfigError, Refused) as error:
        click.echo(str(error), err=True)
        sys.exit(code)
    except OSError as error:
        click.echo(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "), err=True)
        sys.exit(code)
