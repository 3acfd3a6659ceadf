"""The operator's file of emulation measures, in place of the program's own."""

import tomllib
from pathlib import Path

from bot.core.errors import ConfigError
from bot.summaries.rules.emulation import OWN, ScoreMeasure, measures_of


def load(file: Path) -> tuple[ScoreMeasure, ...]:
    """What the file says, the program's own where it is not there.

    Raises:
        ConfigError: a line for each mistake, with the file and the place.
    """
    if not file.exists():
        return OWN
    try:
        return measures_of(tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: this is not TOML: {error}") from None
    except ValueError as error:
        lines = str(error).splitlines()
        raise ConfigError("\n".join(f"{file}: {line}" for line in lines)) from None
