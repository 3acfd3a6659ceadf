"""What reports say stands in quotation marks in lists, cut; what may not be read stands in none."""

from datetime import date

import pytest

from bot.cases.services.sight import Proposals
from bot.core.rules.calendar import Week
from bot.visits.cards import overview
from bot.visits.facts.overview import ListedVisit, ListFacts, ListPage, View
from storage.enums import UnitKind
from storage.models import Case, Person, Unit, Visit
from tests.cast import MONDAY

WEEK = Week(date(2026, 11, 16))


def shown(proposals: Proposals) -> str:
    site = Unit(
        id=1, code="A", name="May An", folded="may an", kind=UnitKind.SITE_UNION, path="/1/"
    )
    officer = Person(id=1, name="Bình", folded="binh", joined_at=MONDAY)
    visit = Visit(id=1, key="k", week=WEEK.monday, officer_id=1, site_id=1, unit_id=1)
    row = ListedVisit(visit, site, officer, None, words=proposals.words)
    return overview.visits(ListFacts(View(WEEK), "case", "", "", [row], ListPage(0, False))).text


@pytest.mark.parametrize("begin", ["", "(theo chị em) "])
def test_what_somebody_wrote_is_quoted_and_cut_however_it_begins(begin: str) -> None:
    words = begin + "công nhân đề nghị sửa quạt " * 30
    case = Case(id=1, code="K1", unit_id=1, home_id=1, text=words, created_at=MONDAY)
    text = shown(Proposals([case], 0))
    assert f"“{begin}công nhân" in text
    assert len(text) < 400


def test_what_may_not_be_read_stands_in_no_quotation_marks() -> None:
    text = shown(Proposals([], 1))
    assert "(có kiến nghị, nội dung không nêu ở đây)" in text
    assert "“" not in text
