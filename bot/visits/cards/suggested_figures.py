"""Cards about figures suggested for sites: the list, one site, what was decided."""

from collections.abc import Mapping

from bot.core.card import Button, Card, Rows, grid
from bot.core.labels import RATINGS
from bot.core.rendering import number, render
from bot.visits.cards.site_page import to_page
from bot.visits.facts.suggested_figures import FiguresFacts, FiguresPage
from bot.visits.rules.suggested_figures import FIGURES, RATING
from storage.enums import FiguresState, Rating

LABELS = {
    "workers": "Tổng số lao động",
    "women": "Lao động nữ",
    "members": "Đoàn viên",
    RATING: "Xếp loại năm {}",
}
HOME = Button("« Trang chính", "home")
LIST = "sug:list"


def home(waiting: int) -> Card:
    """On the home card of whoever decides."""
    text = render("figures/home", waiting=waiting)
    return Card(text, ((Button(f"📥 Số liệu đề xuất ({number(waiting)})", f"{LIST}:0"),),))


def page(facts: FiguresPage) -> Card:
    """The sites that wait, each opening."""
    rows = [(row, changes(row, row.suggested)) for row in facts.rows]
    text = render("figures/list", rows=rows, first=facts.first, total=facts.total)
    numbers = [
        Button(str(n), f"sug:open:{row.site.id}") for n, row in enumerate(facts.rows, facts.first)
    ]
    number_of_page = (facts.first - 1) // 5
    more = facts.first - 1 + len(facts.rows) < facts.total
    before = (Button("‹ Trước", f"{LIST}:{number_of_page - 1}"),) if number_of_page else ()
    after = (Button("Tiếp ›", f"{LIST}:{number_of_page + 1}"),) if more else ()
    turns: Rows = ((*before, *after),) if before or after else ()
    return Card(text, (*grid(numbers, 5), *turns, (HOME,)))


def detail(facts: FiguresFacts) -> Card:
    """What is suggested for one site, beside what stands in the unit's row."""
    text = render("figures/one", f=facts, lines=changes(facts, facts.suggested))
    which = f"{facts.site.id}:{facts.newest_id}"
    return Card(
        text,
        (
            (Button("✅ Chấp nhận", f"sug:ok:{which}"), Button("✏️ Sửa số", f"sug:edit:{which}")),
            (Button("↩️ Giữ số cũ", f"sug:keep:{which}"), to_page(facts.site.id)),
            (Button("« Danh sách", f"{LIST}:0"),),
        ),
    )


def decision(
    facts: FiguresFacts, by: str, figures: Mapping[str, object], state: FiguresState
) -> Card:
    """To whoever suggested them: what was decided."""
    text = render(
        "figures/told",
        site=facts.site,
        by=by,
        state=state,
        lines=changes(facts, figures or facts.suggested),
    )
    return Card(text, ((HOME,),))


def changes(facts: FiguresFacts, figures: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """(figure, what stands, what is to stand) in words."""
    return [
        (LABELS[key].format(facts.year), words(facts.present.get(key)), words(figures[key]))
        for key in FIGURES
        if key in figures
    ]


def words(value: object) -> str:
    """A figure as it is read."""
    if isinstance(value, Rating):
        return RATINGS[value]
    return number(value) if isinstance(value, int) else "chưa có"
