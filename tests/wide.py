"""What `make test` leaves to `make test-wide`, and what stands for it there.

A test is `wide` where something smaller tries the same code: that belongs to `make test`, the walk
to `make test-wide` (docs/decisions/0056-two-runs-of-the-tests.md). Of a test with parameters some
may be wide: the others stand for them. For a whole test others of its file do, and where it has no
others, or another is meant, the marker names it: "test_name" or "file::test_name".
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

WIDE = pytest.mark.wide
ELSEWHERE = ("bench", "soak")  # the marks of what neither of the two runs
PROBLEMS = pytest.StashKey[list[str]]()  # of the tests that were collected


def some(rows: Iterable[Any], count: int) -> list[Any]:
    """All rows as parameters, of which `count`, spread over all of them, belong to `make test`."""
    rows = list(rows)
    kept = {index * (len(rows) - 1) // max(count - 1, 1) for index in range(count)}
    return [row if index in kept else _wide(row) for index, row in enumerate(rows)]


def problems(items: Sequence[pytest.Item]) -> list[str]:
    """The wide tests among those collected that nothing stands for. A file that was not collected
    is not asked; what is in neither of the two runs needs nothing and stands for nothing."""
    files = {_file(item) for item in items}
    in_the_two = [item for item in items if not any(map(item.get_closest_marker, ELSEWHERE))]
    near = {_function(item) for item in in_the_two if not item.get_closest_marker("wide")}
    near |= {_file_of(name) for name in near}
    problems = set()
    for item in in_the_two:
        mark = item.get_closest_marker("wide")
        if mark is None or _function(item) in near:
            continue
        name = mark.args[0] if mark.args else _file(item)
        name = name if ".py" in name else f"{_file(item)}::{name}"
        if _file_of(name) in files and name not in near:
            problems.add(f"{_function(item)} is wide, and nothing of {name} is in `make test`")
    return sorted(problems)


def _wide(row: Any) -> Any:
    return pytest.param(*(row if isinstance(row, tuple) else (row,)), marks=WIDE)


def _function(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def _file(item: pytest.Item) -> str:
    return _file_of(item.nodeid)


def _file_of(name: str) -> str:
    return name.partition("::")[0]
