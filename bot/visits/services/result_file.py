"""The operator's own kinds of results, instead of those that come with the program."""

import tomllib
from pathlib import Path

from bot.core.errors import ConfigError
from bot.visits.rules.results import OWN, ResultKind, kinds_of


def load(file: Path) -> tuple[ResultKind, ...]:
    """What the file says, the program's own where it is not there.

    Raises:
        ConfigError: a line for each mistake, with the file and the place.
    """
    if not file.exists():
        return OWN
    try:
        return kinds_of(tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: this is not TOML: {error}") from None
    except ValueError as error:
        raise ConfigError(
            "\n".join(f"{file}: {line}" for line in str(error).splitlines())
        ) from None
