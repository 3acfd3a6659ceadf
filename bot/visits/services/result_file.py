"""The operator's own kinds of results, instead of those that come with the program."""

from pathlib import Path

from bot.config import toml_file
from bot.visits.rules.results import OWN, ResultKind, kinds_of


def load(file: Path) -> tuple[ResultKind, ...]:
    """What the file says, the program's own where it is not there.

    Raises:
        ConfigError: a line for each mistake, with the file and the place.
    """
    if not toml_file.is_there(file):
        return OWN
    return toml_file.read_as(file, kinds_of)
