"""A month, quarter or year of visits: what was done, and beside it what was done before."""

from bot.cases.facts.cases import NOT_SHOWN
from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import number, on_button, render
from bot.core.rules.calendar import Week
from bot.core.rules.shares import whole_percent
from bot.visits.cards.overview import (
    HOME,
    TITLES,
    agreed,
    beside_done,
    brought,
    capital,
    exceptions,
    pages,
    state,
    with_share,
)
from bot.visits.facts.periods import PeriodFacts, PeriodFigures, PeriodUnits, PeriodVisits
from bot.visits.rules.overview import WeekTally
from bot.visits.rules.periods import Period, PeriodKind

_KINDS = {PeriodKind.MONTH: "Tháng", PeriodKind.QUARTER: "Quý", PeriodKind.YEAR: "Năm"}


def period(facts: PeriodFacts) -> Card:
    """One period at a glance."""
    figures = facts.figures
    text = render(
        "overview/period",
        title=capital(figures.period.label()),
        f=facts,
        running=figures.period.first <= facts.current <= figures.period.last,
        beside=beside_done(figures.tally),
        exceptions=exceptions(figures.tally),
        brought=capital(", ".join(brought(figures.sums, figures.proposals))),
        percent=_percent,
        compared=[
            (
                capital(other.period.label()),
                other,
                [*brought(other.sums, other.proposals), _reached(other)],
            )
            for other in (facts.before, facts.year_before)
            if other
        ],
    )
    return Card(text, _rows(facts))


def units(facts: PeriodUnits) -> Card:
    """The units one step down, the lowest share first."""
    key = facts.period.key
    text = render(
        "overview/period_units",
        view=facts.view,
        period=facts.period,
        rows=[(unit, tally, _share(tally)) for unit, tally in facts.rows],
        agreed=agreed,
    )
    opened = [
        Button(on_button(with_share(unit.name, tally)), f"ov:z:{key}:{unit.id}")
        for unit, tally in facts.rows
    ]
    here = f"{key}:{facts.view.unit_id}"
    return Card(
        text,
        (
            *grid(opened, 1),
            *pages(f"ov:zu:{here}", facts.page),
            (Button("« Quay lại", f"ov:z:{here}"),),
        ),
    )


def visits(facts: PeriodVisits) -> Card:
    """The visits behind a figure, each with its week and opening."""
    first = facts.page.number * 10 + 1
    here = f"ov:zl:{facts.kind}:{facts.period.key}:{facts.view.unit_id}"
    text = render(
        "overview/visits",
        title=TITLES[facts.kind],
        view=facts.view,
        span=facts.period.label(),
        rows=[
            (row, f"tuần {Week.of(row.visit.week).number}: {state(row)}", "") for row in facts.rows
        ],
        first=first,
        with_officer=True,
        not_shown=NOT_SHOWN,
    )
    opened = [
        Button(
            on_button(f"{n}. {row.site.name}"),
            f"ov:v:{row.visit.id}:0:0:{here}:{facts.page.number}",
        )
        for n, row in enumerate(facts.rows, first)
    ]
    sites = [
        Button(f"📍 {n}", f"site:open:{row.site.id}:{here}:{facts.page.number}")
        for n, row in enumerate(facts.rows, first)
    ]
    span = f"{facts.period.key}:{facts.view.unit_id}"
    below = [(Button("📥 Tải xlsx", f"ov:zx:{facts.kind}:{span}"),)] if facts.rows else []
    back = Button("« Quay lại", f"ov:z:{span}")
    turn = pages(here, facts.page)
    return Card(text, (*grid(opened, 2), *grid(sites, 5), *turn, *below, (back,)))


def _lists(facts: PeriodFacts, week: Week) -> list[Button]:
    """Each number of the card leads to what it counts."""
    figures, unit_id = facts.figures, facts.view.unit_id
    tally = figures.tally
    counts = (
        ("open", tally.unreported, "🕓 Chưa báo cáo"),
        ("late", tally.late, "⏰ Báo cáo trễ"),
        ("later", tally.deferred, "⏭ Sang tuần sau"),
        ("extra", tally.unplanned, "➕ Ngoài kế hoạch"),
        ("met", figures.sums.get("workers_met", 0), "👷 Đã gặp"),
        ("case", figures.proposals, "💬 Kiến nghị"),
    )
    buttons = [
        Button(f"{words} ({number(count)})", f"ov:zl:{kind}:{figures.period.key}:{unit_id}:0")
        for kind, count, words in counts
        if count
    ]
    if facts.sites:
        buttons.append(Button("📍 Cơ sở đã đến", f"ov:c:{week.monday:%Y%m%d}:{unit_id}:0"))
    return buttons


def _rows(facts: PeriodFacts) -> Rows:
    period, unit_id = facts.figures.period, facts.view.unit_id
    parts = [_part(part, tally, unit_id) for part, tally in facts.parts]
    before, after = period.previous(), period.next()
    beside = [Button(f"‹ {capital(before.short())}", f"ov:z:{before.key}:{unit_id}")]
    if after.first <= facts.current:
        beside.append(Button(f"{capital(after.short())} ›", f"ov:z:{after.key}:{unit_id}"))
    week = min(period.last, facts.current)
    kinds = [
        Button("Tuần", f"ov:w:{week.monday:%Y%m%d}:{unit_id}"),
        *(
            Button(words, f"ov:z:{Period.of(kind, week).key}:{unit_id}")
            for kind, words in _KINDS.items()
            if kind != period.kind
        ),
    ]
    pictures = Button("🖼 Biểu đồ", f"ov:g:{week.monday:%Y%m%d}:{unit_id}")
    below = [Button("🏢 Theo đơn vị", f"ov:zu:{period.key}:{unit_id}:0")] if facts.has_units else []
    return (
        *grid(parts, 2),
        *grid([*_lists(facts, week), *below, pictures], 2),
        tuple(beside),
        tuple(kinds),
        (_up(facts),),
    )


def _part(part: Period | Week, tally: WeekTally, unit_id: int) -> Button:
    if isinstance(part, Week):
        label = with_share(f"Tuần {part.number}", tally, ": ")
        return Button(label, f"ov:w:{part.monday:%Y%m%d}:{unit_id}")
    label = with_share(capital(part.short()), tally, ": ")
    return Button(label, f"ov:z:{part.key}:{unit_id}")


def _up(facts: PeriodFacts) -> Button:
    """Back to the list of units this one was found in; from the top: home."""
    if facts.view.unit_id and facts.view.above_id is not None:
        return Button("« Quay lại", f"ov:zu:{facts.figures.period.key}:{facts.view.above_id}:0")
    return HOME


def _reached(figures: PeriodFigures) -> str:
    return f"đến {number(figures.sites)} cơ sở"


def _percent(figures: PeriodFigures) -> int:
    return _share(figures.tally)


def _share(tally: WeekTally) -> int:
    return whole_percent(tally.done, tally.due) if tally.due else 0
