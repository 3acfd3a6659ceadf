"""config.example.toml is what the program does by itself, every key of it."""

import tomllib
from datetime import time
from enum import Enum
from pathlib import Path

from bot.config.loading import parse
from bot.config.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def leaves(value, path=()):
    """(path, value) of every key, sections unfolded."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    else:
        yield path, value


def of_the_program():
    """The default of every key, as TOML can say it."""
    return dict(leaves(Settings().model_dump()))


def in_the_example():
    return dict(leaves(tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))))


def plain(value):
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, frozenset | tuple | list):
        return sorted(value)
    return value


def test_every_key_is_in_the_example_and_no_other():
    assert in_the_example().keys() == of_the_program().keys()


def test_the_values_of_the_example_are_the_defaults():
    program = of_the_program()
    for path, value in in_the_example().items():
        assert plain(value) == plain(program[path]), path


def test_the_example_with_a_token_is_a_configuration_with_the_defaults():
    settings = parse(tomllib.loads(EXAMPLE.read_text(encoding="utf-8")), token="123:x")
    without_token = settings.telegram.model_copy(update={"token": ""})
    assert settings.model_copy(update={"telegram": without_token}) == Settings()
