"""What officers read of a new concern: never who raised it, and of a confidential one no words."""

from collections.abc import Sequence

from bot.cases.cards.labels import category_of
from bot.cases.facts.alerts import OnDuty
from bot.cases.rules.cases import is_confidential
from bot.core.card import Button, Card, Rows
from bot.core.rendering import capital, render
from storage.models import Case


def new(case: Case, site: str, duty: Sequence[OnDuty] = ()) -> Card:
    """To whoever is to take it up; `duty`: of an urgent one on a day off."""
    text = render("concern/new", case=case, site=site, duty=duty, **_facts(case))
    return Card(text, _open(case))


def more(first: Case, count: int) -> Card:
    """Others say the same as a case already told."""
    return Card(render("concern/more", case=first, count=count, **_facts(first)), _open(first))


def from_reporter(case: Case, what: str, words: str, site: str = "") -> Card:
    """The one who raised it answered, added something, is satisfied, is not, has withdrawn."""
    facts = _facts(case)
    text = render("concern/from_reporter", case=case, what=what, words=words, site=site, **facts)
    return Card(text, _open(case))


def _facts(case: Case) -> dict[str, object]:
    return {
        "category": capital(category_of(case)[1]),
        "confidential": is_confidential(case.category, case.kind),
    }


def _open(case: Case) -> Rows:
    return ((Button("📂 Mở xem", f"case:open:{case.id}"),),)
