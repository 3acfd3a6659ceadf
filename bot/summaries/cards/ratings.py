"""Cards of yearly ratings: a list, one unit, all proposals before they are decided."""

from collections.abc import Mapping

from bot.core.card import Button, Card, Rows, grid
from bot.core.labels import RATINGS
from bot.core.rendering import number, on_button, render
from bot.summaries.cards.target_words import percent
from bot.summaries.facts.ratings import (
    BY_LEADER,
    ProposalsPreview,
    RatedUnit,
    RatingList,
    RatingPage,
)
from storage.enums import Rating, UnitKind
from storage.models import Unit

HOME = Button("🏠 Trang chính", "home")
SHORT = {
    Rating.FAILED: "KHT",
    Rating.DONE: "HT",
    Rating.GOOD: "HTT",
    Rating.EXCELLENT: "HTXS",
}
BY_KEY = {short.lower(): rating for rating, short in SHORT.items()}
MOST_IN_PREVIEW = 40
MOST_OTHERS = 8


def decided(unit: Unit, year: int, rating: Rating, by: str) -> Card:
    """To whoever proposed a rating: what was decided."""
    text = render("rating/decided", unit=unit, year=year, rating=RATINGS[rating], by=by)
    return Card(text, ((HOME,),))


def ratings(facts: RatingList, sentence: str = "") -> Card:
    """/xeploai: all that a unit rates; what waits comes first."""
    unit_id, year = facts.unit.id, facts.year
    first = facts.page * 8 + 1
    numbers = [
        Button(str(n), f"rate:one:{row.unit.id}:{year}") for n, row in enumerate(facts.rows, first)
    ]
    rows: list[tuple[Button, ...]] = list(grid(numbers, 4))
    turn = tuple(
        Button(label, f"rate:list:{unit_id}:{year}:{page}")
        for label, page in (("‹ Trước", facts.page - 1), ("Tiếp ›", facts.page + 1))
        if 0 <= page < facts.pages
    )
    if turn:
        rows.append(turn)
    if facts.decides and facts.proposals:
        label = f"✅ Duyệt {number(facts.proposals)} đề xuất"
        rows.append((Button(label, f"rate:all:{unit_id}:{year}"),))
    rows += [
        (Button(on_button(f"🏢 {other.name}"), f"rate:list:{other.id}:{year}:0"),)
        for other in facts.others[:MOST_OTHERS]
    ]
    other_year = _other_year(facts)
    rows.append((Button(f"Năm {other_year}", f"rate:list:{unit_id}:{other_year}:0"), HOME))
    text = render(
        "rating/list",
        f=facts,
        first=first,
        lines=[_line(row) for row in facts.rows],
        shares=shares(facts.counts),
        total=sum(facts.counts.values()),
        rated="đơn vị" if facts.unit.kind is UnitKind.FEDERATION else "CĐCS",
        sentence=sentence,
    )
    return Card(text, tuple(rows))


def rating_card(facts: RatingPage, sentence: str = "") -> Card:
    """One unit's rating, and the four to choose from."""
    unit, year, proposal_id = facts.row.unit, facts.year, facts.row.proposal_id
    rows: Rows = ()
    if facts.decides or facts.proposes:
        verb = (
            f"rate:set:{unit.id}:{year}:{proposal_id}"
            if facts.decides
            else f"rate:say:{unit.id}:{year}"
        )
        mark = "" if facts.decides else "✍️ "
        choices = [Button(f"{mark}{short}", f"{verb}:{key}") for key, short in _CHOICES]
        rows = grid(choices, 2)
    below: Rows = ()
    if facts.row.unions:
        data = f"rate:list:{unit.id}:{year}:0"
        below = ((Button("⭐ Xếp loại các CĐCS", data),),)
    back = (Button("« Danh sách", f"rate:list:{facts.above.id}:{year}:0"), HOME)
    if not facts.decides and not facts.row.unions and facts.proposes:
        back = (Button("« Danh sách", "rate:list:0:0:0"), HOME)
    text = render(
        "rating/one",
        f=facts,
        r=facts.row,
        short=SHORT,
        by_leader=BY_LEADER,
        shares=shares(facts.row.unions),
        total=sum(facts.row.unions.values()),
        sentence=sentence,
    )
    other_year = _other_year(facts)
    years = (Button(f"Năm {other_year}", f"rate:one:{unit.id}:{other_year}"),)
    return Card(text, (*rows, *below, years, back))


def _other_year(facts: RatingList | RatingPage) -> int:
    """Of the two that can be rated."""
    return facts.this_year - (facts.year == facts.this_year)


_CHOICES = [(key, SHORT[rating]) for key, rating in reversed(BY_KEY.items())]


def preview(facts: ProposalsPreview) -> Card:
    """All open proposals; nothing is decided yet."""
    unit_id, year = facts.unit.id, facts.year
    confirm = Button(
        f"✅ Duyệt {number(len(facts.rows))} đơn vị", f"rate:yes:{unit_id}:{year}:{facts.stamp}"
    )
    drop = Button("« Không duyệt", f"rate:list:{unit_id}:{year}:0")
    text = render(
        "rating/preview",
        f=facts,
        lines=[_line(row) for row in facts.rows[:MOST_IN_PREVIEW]],
        more=max(0, len(facts.rows) - MOST_IN_PREVIEW),
    )
    return Card(text, ((confirm,), (drop,)))


def shares(counts: Mapping[Rating | None, int]) -> str:
    """2 HTXS (40%), 1 HTT (20%), 2 chưa xếp loại (40%)"""
    total = sum(counts.values())
    order = [*((r, SHORT[r]) for r in reversed(Rating)), (None, "chưa xếp loại")]
    return ", ".join(
        f"{number(counts[rating])} {words} ({percent(counts[rating], total)})"
        for rating, words in order
        if counts.get(rating)
    )


def _line(row: RatedUnit) -> tuple[RatedUnit, str]:
    """năm trước HT → ✅ HTT; năm trước HT → ⏳ đề xuất HTT; ⚪️ chưa xếp loại"""
    before = f"năm trước {SHORT[row.before]} → " if row.before else ""
    if row.proposal and row.proposal is not row.rating:
        now = f"{SHORT[row.rating]}, " if row.rating else ""
        return row, f"{before}{now}⏳ đề xuất {SHORT[row.proposal]}"
    return row, before + (f"✅ {SHORT[row.rating]}" if row.rating else "⚪️ chưa xếp loại")
