"""Cards about what was promised at sites: one, a list, a reminder."""

from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import render
from bot.visits.cards.site_page import to_page
from bot.visits.facts.promises import PromiseCounts, PromiseList, SitePromise
from storage.enums import PromiseState
from storage.models import Promise

HOME = Button("« Trang chính", "home")


def detail(facts: SitePromise, sentence: str = "") -> Card:
    """One promise with what may be done about it; `sentence` heads it."""
    text = render("promise/one", f=facts, sentence=sentence)
    open_ = facts.promise.state is PromiseState.OPEN
    at_site = Button("« Các việc tại cơ sở", f"prm:site:{facts.site.id}:0")
    return Card(
        text,
        (
            *(_ticks(facts.promise) if open_ and facts.may_tick else ()),
            (at_site, to_page(facts.site.id)),
            (HOME,),
        ),
    )


def reminder(facts: SitePromise) -> Card:
    """To the officer, on the last day and later."""
    return Card(render("promise/reminder", f=facts), _ticks(facts.promise))


def own(page: PromiseList) -> Card:
    """Everything the officer is reminded of."""
    return _list(page, "Việc đã thống nhất", "prm:mine", with_site=True)


def at_site(page: PromiseList, site_id: int) -> Card:
    """What is promised at one site."""
    name = page.rows[0].site.name if page.rows else ""
    return _list(
        page,
        f"Việc đã thống nhất · {name}" if name else "Việc đã thống nhất",
        f"prm:site:{site_id}",
        below=((to_page(site_id),),),
    )


def home_button(counts: PromiseCounts) -> tuple[Button, ...]:
    """On the officer's home card, where there is anything."""
    if not counts.open:
        return ()
    late = f", quá hạn {counts.overdue}" if counts.overdue else ""
    return (Button(f"🤝 Việc đã thống nhất ({counts.open}{late})", "prm:mine:0"),)


def _list(
    page: PromiseList, title: str, data: str, *, with_site: bool = False, below: Rows = ()
) -> Card:
    text = render(
        "promise/list", title=title, rows=page.rows, first=page.first, with_site=with_site
    )
    numbers = [
        Button(str(n), f"prm:open:{row.promise.id}") for n, row in enumerate(page.rows, page.first)
    ]
    number = (page.first - 1) // 10
    before = (Button("‹ Trước", f"{data}:{number - 1}"),) if number else ()
    after = (Button("Tiếp ›", f"{data}:{number + 1}"),) if page.more else ()
    turns: Rows = ((*before, *after),) if before or after else ()
    return Card(text, (*grid(numbers, 5), *turns, *below, (HOME,)))


def _ticks(promise: Promise) -> Rows:
    key = promise.id
    return (
        (Button("✅ Đã xong", f"prm:done:{key}"), Button("📅 Dời ngày", f"prm:later:{key}")),
        (Button("❌ Không làm được", f"prm:not:{key}"),),
    )
