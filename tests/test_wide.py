"""`make test` and `make test-wide` are all tests together, and nothing is in the second alone."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.expression import Expression

from tests import wide

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def test_something_smaller_stands_in_make_test_for_every_wide_test(
    pytestconfig: pytest.Config,
) -> None:
    assert pytestconfig.stash[wide.PROBLEMS] == []


@pytest.mark.parametrize("marks", list(product([False, True], repeat=3)), ids=str)
def test_every_test_that_is_no_bench_and_no_soak_is_in_one_of_the_two(
    marks: tuple[bool, bool, bool],
) -> None:
    has = dict(zip(("bench", "soak", "wide"), marks, strict=True))
    runs = [_asked_for(target).evaluate(lambda name, **_: has[name]) for target in _TARGETS]
    assert sum(runs) == (0 if has["bench"] or has["soak"] else 1)


def test_the_checks_of_a_change_run_both() -> None:
    (targets,) = re.findall(r"^for target in (.*); do$", (ROOT / ".ci/run").read_text(), re.M)
    assert tuple(targets.split()) == _TARGETS


class TestProblems:
    def test_a_file_of_wide_tests_alone_is_told(self) -> None:
        (problem,) = _problems(("a.py::test_far", _wide()), ("b.py::test_near",))
        assert problem == "a.py::test_far is wide, and nothing of a.py is in `make test`"

    def test_one_that_is_named_must_be_there_and_not_be_wide_itself(self) -> None:
        (problem,) = _problems(("a.py::test_far", _wide("test_gone")), ("a.py::test_near",))
        assert problem == "a.py::test_far is wide, and nothing of a.py::test_gone is in `make test`"
        both = _problems(("a.py::test_1", _wide("test_2")), ("a.py::test_2", _wide("test_1")))
        assert len(both) == 2

    def test_a_smaller_one_is_there_in_the_same_file_or_another(self) -> None:
        near = ("a.py::test_near[1]",)
        assert not _problems(("a.py::test_far", _wide()), near)
        assert not _problems(("a.py::test_far[1]", _wide("test_near")), near)
        assert not _problems(("b.py::test_far", _wide("a.py::test_near")), near)

    def test_a_row_that_is_not_wide_stands_for_those_that_are(self) -> None:
        sqlite = ("a.py::test_both[sqlite]",)
        assert not _problems(sqlite, ("a.py::test_both[postgresql]", _wide()))

    @pytest.mark.parametrize("kind", ["bench", "soak"])
    def test_a_bench_and_a_soak_stand_for_nothing_and_need_nothing(self, kind: str) -> None:
        other = getattr(pytest.mark, kind).mark
        (problem,) = _problems(("a.py::test_far", _wide()), ("a.py::test_other", other))
        assert problem == "a.py::test_far is wide, and nothing of a.py is in `make test`"
        (problem,) = _problems(("b.py::test_far", _wide("a.py")), ("a.py::test_other", other))
        assert problem == "b.py::test_far is wide, and nothing of a.py is in `make test`"
        assert not _problems(("a.py::test_both", other, _wide()))

    def test_a_file_that_was_not_collected_is_not_asked(self) -> None:
        assert not _problems(("a.py::test_far", _wide("b.py::test_near")))


def test_of_some_rows_the_first_and_the_last_and_others_between_are_not_wide() -> None:
    rows = wide.some(range(10), 4)
    assert [row for row in rows if isinstance(row, int)] == [0, 3, 6, 9]
    assert [row.values for row in rows if not isinstance(row, int)] == [
        *((1,), (2,), (4,), (5,), (7,), (8,)),
    ]
    assert wide.some([("a", 1), ("b", 2)], 1)[1].values == ("b", 2)


_TARGETS = ("test", "test-wide")


def _asked_for(target: str) -> Expression:
    (expression,) = re.findall(rf'^{target}: .*\n\t.* -m "(.*)"$', MAKEFILE, re.M)
    return Expression.compile(expression)


class _Item:
    def __init__(self, nodeid: str, *marks: Any) -> None:
        self.nodeid = nodeid
        self.marks = {mark.name: mark for mark in marks}

    def get_closest_marker(self, name: str) -> Any:
        return self.marks.get(name)


def _wide(*names: str) -> Any:
    return pytest.mark.wide(*names).mark


def _problems(*items: tuple[Any, ...]) -> list[str]:
    return wide.problems([_Item(*item) for item in items])  # type: ignore[misc]
