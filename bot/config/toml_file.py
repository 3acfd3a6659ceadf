"""An operator's TOML file, whose mistakes are told with the file's name, a line for each."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from bot.config.ownership import why_not
from bot.core.errors import ConfigError

Meaning = TypeVar("Meaning")


def read(file: Path) -> dict[str, Any]:
    """What the file says. Raises ConfigError: it cannot be read, or is not TOML in UTF-8."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{file}: {why_not(error, file)}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: this is not TOML: {error}") from None


def is_there(file: Path) -> bool:
    """Whether there is such a file. What cannot be looked at counts: who reads it says why."""
    try:
        return file.exists()
    except OSError:
        return True


def read_as(file: Path, meaning_of: Callable[[dict[str, Any]], Meaning]) -> Meaning:
    """What `meaning_of` makes of the file; each line of its ValueError is a mistake.

    Raises:
        ConfigError: as `read`, and a line for each mistake.
    """
    values = read(file)
    try:
        return meaning_of(values)
    except ValueError as error:
        raise naming(file, str(error)) from None


def naming(file: Path, mistakes: str) -> ConfigError:
    """The mistakes, one a line, each with the file that it is in."""
    return ConfigError("\n".join(f"{file}: {line}" for line in mistakes.splitlines()))
