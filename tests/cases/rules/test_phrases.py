"""The blind corpus keeps being read as well as it has been."""

import pytest

from storage.enums import Category
from tests.phrases import alarms, corpus, score

FLOORS = {
    # precision, recall, first category, one of the first two
    "tune": (0.90, 0.87, 0.93, 0.98),
    "unseen": (0.90, 0.89, 0.76, 0.88),
}
"""A little under what was reached when the lists were last mended."""


def test_the_corpus_is_large_and_half_of_it_unseen() -> None:
    halves = [sentence.half for sentence in corpus()]
    assert len(halves) >= 600
    assert halves.count("tune") == halves.count("unseen")
    assert {sentence.category for sentence in corpus()} == set(Category)
    assert len({sentence.text for sentence in corpus()}) == len(corpus())


@pytest.mark.wide
@pytest.mark.parametrize("half", FLOORS)
def test_warnings_and_categories_are_read_as_well_as_before(half: str) -> None:
    got = score(s for s in corpus() if s.half == half)
    floors = FLOORS[half]
    assert got.precision >= floors[0]
    assert got.recall >= floors[1]
    assert got.first >= floors[2]
    assert got.first_two >= floors[3]


@pytest.mark.parametrize("register", ["north", "central", "south", "noaccent", "teencode", "typo"])
def test_no_way_of_writing_is_left_out(register: str) -> None:
    """Somebody without accents or from the Centre is warned of as well as anybody."""
    due = [s for s in corpus() if s.register == register and s.alarm]
    assert sum(map(alarms, due)) / len(due) >= 0.75
