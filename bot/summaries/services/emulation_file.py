"""The operator's file of emulation measures, in place of the program's own."""

from pathlib import Path

from bot.config import toml_file
from bot.summaries.rules.emulation import OWN, ScoreMeasure, measures_of


def load(file: Path) -> tuple[ScoreMeasure, ...]:
    """What the file says, the program's own where it is not there.

    Raises:
        ConfigError: a line for each mistake, with the file and the place.
    """
    if not toml_file.is_there(file):
        return OWN
    return toml_file.read_as(file, measures_of)
