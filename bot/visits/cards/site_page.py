"""Cards about one site: its page, its visits, its cases."""

from datetime import date

from bot.cases.cards.cases import late_words
from bot.cases.cards.labels import category_of, status_of
from bot.core.card import Button, Card, Rows, grid
from bot.core.labels import RECRUITMENT_STEPS, unit_kind
from bot.core.rendering import capital, number, render, weekday_marked
from bot.core.rendering import day as day_text
from bot.core.rules.calendar import Week
from bot.visits.cards.meetings import words_of
from bot.visits.cards.overview import site_buttons, state
from bot.visits.facts.overview import ListedVisit, ListPage
from bot.visits.facts.site_page import (
    ROWS,
    OwnSites,
    SiteCasesPage,
    SiteFiguresPage,
    SitePage,
    SiteVisitsPage,
)
from bot.visits.facts.visits import status_words
from storage.enums import CountSource, Rating, VisitStatus
from storage.models import Unit

HOME = Button("🏠 Trang chính", "home")
LONGEST_DATA = 60  # of the 64 bytes of a button; the rest is for numbers that grow: page, version
RATED = {
    Rating.EXCELLENT: "xuất sắc",
    Rating.GOOD: "tốt",
    Rating.DONE: "hoàn thành",
    Rating.FAILED: "không hoàn thành",
}


def to_page(site_id: int | None, where: str = "") -> Button:
    """From a card about something at a site to the page of the site. `where`: what that page leads
    back to."""
    return Button("📍 Trang cơ sở", from_here(f"site:open:{site_id}", where))


def from_here(data: str, where: str) -> str:
    """A button's data with the list that what it opens leads back to, as far as there is room."""
    whole = f"{data}:{where}" if where else data
    return whole if len(whole) <= LONGEST_DATA else data


def page(facts: SitePage, where: str = "") -> Card:
    """One site at a glance. `where`: the list this came from, as in its button's data."""
    words = facts.topic_words
    last = facts.last
    text = render(
        "site/page",
        f=facts,
        kind=capital(unit_kind(facts.site.kind)),
        figures=_figures(facts.site),
        ratings=[f"{row.year}: {RATED[row.rating]}" for row in facts.ratings],
        since=_since(last.weeks) if last else "",
        troubles=[
            words[t.topic][1]
            for t in (last.topics if last else ())
            if t.trouble
            if t.topic in words
        ],
        when=_coming(facts),
        meets=words_of(facts.meetings),
        steps=RECRUITMENT_STEPS,
    )
    return Card(text, (*_doors(facts, where), (_back(where),)))


def term_reminder(site: Unit, what: str, until: date) -> Card:
    """To the officer in charge: something runs out there."""
    return Card(render("site/ends", site=site, what=what, until=until), ((to_page(site.id),),))


def _figures(site: Unit) -> list[str]:
    women = f" ({number(site.women)} nữ)" if site.women else ""
    return [
        words
        for words in (
            site.sector,
            f"{number(site.workers)} lao động{women}" if site.workers else "",
            f"{number(site.members)} đoàn viên" if site.members else "",
        )
        if words
    ]


def _since(weeks: int) -> str:
    """Weeks from Monday to Monday: Friday's visit is that of last week, not a week ago."""
    if weeks > 1:
        return f"{number(weeks)} tuần trước"
    return "tuần trước" if weeks else "tuần này"


def _coming(facts: SitePage) -> str:
    """When the next visit is, in words."""
    if facts.coming is None:
        return ""
    visit, _ = facts.coming
    if visit.day:
        return weekday_marked(visit.day, facts.calendar)
    return f"{Week.of(visit.week).label()}, chưa hẹn ngày"


def _doors(facts: SitePage, where: str) -> Rows:
    """What there is to open, the last report first; each leads back to this page, and so on to
    where it was opened from."""
    key, buttons = facts.site.id, []
    if facts.last:
        here = from_here(f"site:open:{key}", where)
        opens = f"ov:v:{facts.last.listed.visit.id}:0:0"
        whole = from_here(opens, here)
        data = whole if whole != opens else f"{opens}:site:open:{key}"
        buttons.append(Button("📄 Báo cáo gần nhất", data))
    if facts.visits:
        label = f"🗓 Các lượt đi ({number(facts.visits)})"
        buttons.append(Button(label, from_here(f"site:visits:{key}:0", where)))
    cases = f" ({number(facts.cases.open)})" if facts.cases.open else ""
    label = f"💬 Phản ánh, kiến nghị{cases}"
    buttons.append(Button(label, from_here(f"site:cases:{key}:0", where)))
    label = "📈 Lao động, đoàn viên"
    buttons.append(Button(label, from_here(f"site:figures:{key}:0", where)))
    if facts.promises:
        label = f"🤝 Việc đã thống nhất ({number(facts.promises)})"
        buttons.append(Button(label, f"prm:site:{key}:0"))
    if facts.may_see_recruitment:
        buttons.append(Button("🌱 Phát triển đoàn viên", f"rec:site:{key}"))
    if facts.may_set_meetings:
        buttons.append(Button("📅 Lịch họp BCH", f"meet:site:{key}"))
    warn = Button("🚨 Báo nguy cơ ngừng việc", f"alert:at:{key}")
    return (*grid(buttons, 2), *(((warn,),) if facts.may_warn else ()))


def _back(where: str) -> Button:
    return Button("« Quay lại", where) if where else HOME


def own_sites(facts: OwnSites) -> Card:
    """The sites that somebody goes to, each opening."""
    first = facts.page.number * ROWS + 1
    opened = site_buttons(facts.sites, first, f"site:mine:{facts.page.number}")
    text = render("site/mine", f=facts, first=first)
    return Card(text, (*grid(opened, 2), *_turn("site:mine", facts.page), (HOME,)))


def figures(facts: SiteFiguresPage, where: str = "") -> Card:
    """Workers and members over time, the newest first."""
    site = facts.site
    text = render(
        "site/figures",
        f=facts,
        present=_counted(site.workers, site.women, site.members),
        rows=[
            (row, _counted(row.workers, row.women, row.members), _SOURCES[row.source])
            for row in facts.rows
        ],
    )
    turn = _turn(f"site:figures:{site.id}", facts.page, where)
    edit = Button("✏️ Sửa số liệu", f"site:setfig:{site.id}")
    own: Rows = ((edit,),) if facts.may_set else ()
    return Card(text, (*turn, *own, (to_page(site.id, where),)))


_SOURCES = {
    None: "báo cáo đi cơ sở",
    CountSource.LIST: "danh sách đơn vị",
    CountSource.COMMITTEE: "BCH CĐCS cập nhật",
    CountSource.REPORT: "quyết định theo đề xuất",
    CountSource.LEADER: "lãnh đạo cập nhật",
    CountSource.MENDED: "lãnh đạo sửa số ghi sai",
    CountSource.FOUNDING: "thành lập CĐCS",
}


def _counted(workers: int | None, women: int | None, members: int | None) -> list[str]:
    """What is said of the three; nothing of a figure that nobody counted."""
    pairs = ((workers, "lao động"), (women, "lao động nữ"), (members, "đoàn viên"))
    return [f"{number(count)} {words}" for count, words in pairs if count]


def visits(facts: SiteVisitsPage, where: str = "") -> Card:
    """Every visit, the newest first, each opening its report."""
    first = facts.page.number * ROWS + 1
    rows = [(row, _when(row.listed), _state(row.listed)) for row in facts.rows]
    here = f"site:visits:{facts.site.id}"
    opened = [
        Button(
            f"{n}. {_when(row.listed)}",
            from_here(f"ov:v:{row.listed.visit.id}:0:0:{here}:{facts.page.number}", where),
        )
        for n, row in enumerate(facts.rows, first)
        if row.may_open
    ]
    text = render("site/visits", f=facts, rows=rows, first=first)
    turn = _turn(here, facts.page, where)
    return Card(text, (*grid(opened, 2), *turn, (to_page(facts.site.id, where),)))


def _state(row: ListedVisit) -> str:
    """How a visit went; not why somebody could not go, which colleagues read here too."""
    status = row.visit.status
    return state(row) if status is VisitStatus.REPORTED else status_words(row.visit)


def _when(row: ListedVisit) -> str:
    """The day of a visit, or its week."""
    if row.report:
        return day_text(row.report.visited_on)
    week = Week.of(row.visit.week)
    return f"Tuần {week.number}/{week.year}"


def cases(facts: SiteCasesPage, where: str = "") -> Card:
    """The cases whose words may be read, open ones first."""
    first = facts.page.number * ROWS + 1
    rows = [
        (
            row,
            category_of(row.case)[0],
            status_of(row.case, row.level),
            late_words(row.days_late, row.case.severity),
        )
        for row in facts.rows
    ]
    opened = [
        Button(f"{n}. {row.case.code}", f"case:open:{row.case.id}")
        for n, row in enumerate(facts.rows, first)
        if row.may_open
    ]
    text = render("site/cases", f=facts, rows=rows, first=first)
    turn = _turn(f"site:cases:{facts.site.id}", facts.page, where)
    return Card(text, (*grid(opened, 2), *turn, (to_page(facts.site.id, where),)))


def _turn(data: str, page: ListPage, where: str = "") -> Rows:
    def turned(label: str, number_of_page: int) -> Button:
        return Button(label, from_here(f"{data}:{number_of_page}", where))

    before = (turned("‹ Trước", page.number - 1),) if page.number else ()
    after = (turned("Tiếp ›", page.number + 1),) if page.more else ()
    return ((*before, *after),) if before or after else ()
