"""Cards about visits: Monday's, reminders, one visit with its buttons."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.cases.facts.site_requests import AskedFor
from bot.core.card import Button, Card, Rows, grid
from bot.core.labels import FLAGS, RATINGS
from bot.core.rendering import (
    brief,
    day_button,
    number,
    on_button,
    render,
    weekday,
    weekday_marked,
)
from bot.core.rules.calendar import Calendar, Week
from bot.visits.cards import promises as promise_cards
from bot.visits.cards.site_page import to_page
from bot.visits.facts.visits import OfficerWeek, OpenForm, VisitFacts, status_words
from storage.enums import OPEN_STATUSES, Rating, VisitStatus
from storage.models import Unit, Visit, VisitReport

SHOWN_PROMISES = 3  # at a site, before going there
MANY = 500  # workers: fewer are no reason of their own
_REASONS = {
    "weeks_waited": "đã {} tuần chưa có cán bộ đến",
    "never_visited": "chưa có lượt đi cơ sở nào được ghi nhận",
    "open_cases": "còn {} phản ánh, kiến nghị chưa giải quyết",
    "overdue_cases": "có {} phản ánh, kiến nghị quá hạn",
    "promises_due": "có {} việc đã thống nhất đến hạn",
    "meeting": "BCH CĐCS họp {}",
    "sensitive": "tiềm ẩn phức tạp về quan hệ lao động",
    "weak_rating": "năm gần nhất xếp loại {}",
    "many_workers": "đông lao động ({} người)",
    "no_union": "{} lao động, chưa thành lập CĐCS",
    "campaign": "tháng {} là tháng cao điểm phát triển đoàn viên, thành lập CĐCS",
    "turn": "đến lượt theo kế hoạch luân phiên",
    "in_charge": "đồng chí được phân công phụ trách",
    "directed": "lãnh đạo giao: {}",
    "deferred": "chuyển từ {}",
    "unplanned": "ngoài kế hoạch tuần",
}

_SAID_BY = {"many_workers": "no_union", "open_cases": "overdue_cases"}  # where the figure is one


def reason_words(reasons: Sequence[Sequence[Any]], last_day: date | None = None) -> list[str]:
    """Why this site, in the users' words; `last_day` is when somebody was there last.

    What explains nothing is left out: few workers, a fair rating, a figure said already.
    """
    phrases: list[str] = []
    pairs = [(key, value) for key, value in reasons]
    for key, value in pairs:
        if key not in _REASONS or (key, value) == ("weak_rating", Rating.DONE):
            continue
        if (_SAID_BY.get(key), value) in pairs or (key == "many_workers" and value < MANY):
            continue
        since = key == "weeks_waited" and last_day
        words = _REASONS[key].format(_value(key, value))
        phrases.append(f"từ {last_day:%d/%m} chưa có cán bộ đến" if since else words)
    return phrases or ([_REASONS["turn"]] if reasons else [])


def to_report_label(visit: Visit, site: Unit, now_in: Week) -> str:
    """The button that begins a report; a late one says its week. `now_in`: the present week."""
    if visit.week >= now_in.monday:
        return on_button(f"📝 {site.name}")
    return f"📝 Báo cáo trễ: {brief(site.name, 35)}, tuần {Week.of(visit.week).number}"


def report_button(visit: Visit, label: str = "📝 Báo cáo") -> Button:
    """Begins the report of a visit to the place on the card."""
    return Button(label, f"report:start:{visit.id}:{visit.site_id}")


def fix_button(visit: Visit) -> Button:
    return Button("✏️ Sửa báo cáo", f"report:fix:{visit.id}:{visit.site_id}")


def _value(key: str, value: Any) -> str:
    if key == "weak_rating":
        return RATINGS[Rating(value)]
    return number(value) if isinstance(value, int) else str(value)


def monday(name: str, week: Week, facts: Sequence[VisitFacts]) -> Card:
    """The week's assignment for one officer; a single visit has its buttons right here."""
    off = [day for day in week.days[:5] if facts[0].calendar.is_holiday(day)]
    text = render(
        "visit/monday",
        name=name,
        week=week.label(),
        days_off=", ".join(weekday(day) for day in off),
        visits=[_visit_details(f) for f in facts],
    )
    single = len(facts) == 1
    return Card(
        text, _actions(facts[0]) if single else visit_rows([(f.visit, f.site) for f in facts])
    )


def _visit_details(facts: VisitFacts) -> dict[str, Any]:
    """What the templates say of one visit."""
    last = facts.last
    return {
        "visit": facts.visit,
        "site": facts.site,
        "reasons": reason_words(facts.visit.reasons, _last_day(facts)),
        "quick": FLAGS["quick"] if _is_quick(facts) else "",
        "last": last.report if last else None,
        "last_troubles": [
            facts.topic_words[t.topic][1]
            for t in (last.topics if last else ())
            if t.trouble and t.topic in facts.topic_words
        ],
        "cases": facts.open_cases,
        "promises": facts.promises[:SHOWN_PROMISES],
    }


def _last_day(facts: VisitFacts) -> date | None:
    """When somebody was there before this visit."""
    day = facts.last.report.visited_on if facts.last else None
    return day if day and day < facts.week.monday else None


def _is_quick(facts: VisitFacts) -> bool:
    """Whether this visit's own report still waits to be completed."""
    last = facts.last.report if facts.last else None
    return bool(last and last.visit_id == facts.visit.id and "quick" in last.flags)


def visit_rows(visits: Sequence[tuple[Visit, Unit]]) -> Rows:
    """One button a visit, opening it."""
    return tuple(
        (Button(on_button(f"📍 {site.name}"), f"visit:open:{visit.id}"),) for visit, site in visits
    )


def reminder(kind: str, name: str, visit: Visit, site: Unit, calendar: Calendar) -> Card:
    """One reminder; the wording follows what is still missing."""
    when = weekday_marked(visit.day, calendar) if visit.day else ""
    text = render(f"visit/remind_{kind}", name=name, visit=visit, site=site, day=when)
    report = report_button(visit)
    look = Button("Xem lượt đi", f"visit:open:{visit.id}")
    day = _day_button(visit)
    if kind == "eve":
        return Card(text, ((day, look),))
    if kind == "unreported" and visit.day is None:
        cannot = Button("🚫 Không đi được", f"visit:excuse:{visit.id}:{visit.site_id}")
        return Card(text, ((report,), (day, cannot)))
    first = day if kind == "no_day" else report
    return Card(text, ((first, look),))


def swap_request(officer: str, visit: Visit, site: Unit) -> Card:
    """To the supervisor: an officer asks for another site."""
    text = render("visit/swap_request", officer=officer, visit=visit, site=site)
    return Card(text, ((Button("Xem và quyết định", f"sup:swap:{visit.id}"),),))


def told_withdrawn(officer: str, visit: Visit, site: Unit) -> Card:
    """To the supervisor: nothing is left to decide."""
    week = Week.of(visit.week).label()
    text = render("visit/swap_withdrawn", officer=officer, site=site, week=week)
    return Card(text, ((Button("« Trang chính", "home"),),))


def told_can(officer: str, visit: Visit, site: Unit) -> Card:
    """To the supervisor: the officer who could not go can."""
    text = render("visit/can", officer=officer, site=site, week=Week.of(visit.week).label())
    return Card(text, ((Button("« Trang chính", "home"),),))


def swap_sent(names: Sequence[str]) -> str:
    """To the officer: whom the wish went to."""
    to = f" đến {_comrades(names)}" if names else ""
    return f"✅ Đã gửi đề nghị{to}. Có quyết định, đồng chí sẽ được báo."


def _comrades(names: Sequence[str]) -> str:
    return ", ".join(f"đồng chí {name}" for name in names)


def detail(facts: VisitFacts, sentence: str = "") -> Card:
    """One visit with everything its officer may do now; `sentence` heads it."""
    status = _status(facts.visit)
    text = render(
        "visit/one",
        week=facts.week.label(),
        status=status,
        excused_by=facts.excused_by,
        over=facts.visit.status is VisitStatus.MISSED,
        sentence=sentence,
        day=weekday_marked(facts.visit.day, facts.calendar) if facts.visit.day else "",
        requests=facts.requests,
        **_visit_details(facts),
    )
    warn = Button("🚨 Báo nguy cơ ngừng việc", f"alert:at:{facts.site.id}")
    promised = (
        Button(f"🤝 Việc đã thống nhất ({len(facts.promises)})", f"prm:site:{facts.site.id}:0"),
    )
    tick = (promised,) if facts.promises else ()
    did = requests_rows(facts.visit.id or 0, facts.requests)
    rows = (*did, *_actions(facts), (to_page(facts.site.id),), *tick, (warn,))
    return Card(text, (*rows, (Button("« Trang chính", "home"),)))


def _status(visit: Visit) -> str:
    """How a visit stands; what a leader allowed is not the officer's own word."""
    if visit.excuse_asked and visit.status in OPEN_STATUSES:
        return "đã xin phép không đi, chờ lãnh đạo"
    return status_words(visit)


def days(facts: VisitFacts) -> Card:
    """The days of the week that are left, to choose from."""
    text = render("visit/days", site=facts.site, week=facts.week.label())
    buttons = [
        Button(
            day_button(day, facts.calendar),
            f"visit:on:{facts.visit.id}:{facts.site.id}:{day.isoformat()}",
        )
        for day in facts.days
    ]
    return Card(text, (*grid(buttons, 2), (Button("« Quay lại", f"visit:open:{facts.visit.id}"),)))


def _actions(facts: VisitFacts) -> Rows:
    key, status = facts.visit.id, facts.visit.status
    report = report_button(facts.visit)
    if status is VisitStatus.REPORTED:
        look = Button("📄 Xem báo cáo", f"report:show:{key}")
        fix = fix_button(facts.visit)
        first = (look, fix) if facts.correctable else (look,)
        own = facts.last.report if facts.last else None
        return (first, (minutes(own),)) if own and own.visit_id == key else (first,)
    arguments = f"{key}:{facts.site.id}"  # what is decided is decided about the place on the card
    if status not in OPEN_STATUSES:
        again = Button("↩️ Tôi đi được", f"visit:again:{arguments}")
        may_go = status is VisitStatus.EXCUSED and facts.days
        return (*(((again,),) if may_go else ()), *(((report,),) if facts.reportable else ()))
    if not facts.days:  # its week is over: what is left is to say what became of it
        ask = Button("🚫 Không đi được", f"visit:excuse:{arguments}")
        return ((report,),) if facts.visit.excuse_asked else ((report,), (ask,))
    take = Button("👍 Nhận", f"visit:confirm:{arguments}")
    day = _day_button(facts.visit)
    first = (take, day) if status is VisitStatus.PLANNED else (day,)
    swap = Button("🔄 Xin đổi", f"visit:swap:{arguments}")
    wish = "Rút đề nghị" if facts.visit.wants_next_week else "Rút đề nghị đổi"
    withdraw = Button(f"↩️ {wish}", f"visit:unswap:{arguments}")
    if facts.visit.excuse_asked:
        return ((report,), (Button("↩️ Tôi đi được", f"visit:again:{arguments}"),))
    excuse = Button("🚫 Không đi được", f"visit:excuse:{arguments}")
    if facts.visit.swap_asked:
        return (first, (report,), (withdraw, excuse))
    later = Button("⏭ Xin sang tuần sau", f"visit:later:{arguments}")
    return (first, (report,), (swap, excuse), *(((later,),) if facts.deferrable else ()))


def minutes(report: VisitReport) -> Button:
    """The minutes of the visit, to print and sign."""
    return Button("📄 Biên bản (docx)", f"paper:min:{report.id}")


def requests_rows(visit_id: int, requests: Sequence[AskedFor]) -> Rows:
    """A button for each thing that the committee asked for: it was done in this visit."""
    return tuple(
        (
            Button(
                f"✅ Đã làm: {request.case.code}",
                f"report:did:{visit_id}:{request.case.id}",
            ),
        )
        for request in requests
    )


def _day_button(visit: Visit) -> Button:
    return Button("📅 Đổi ngày" if visit.day else "📅 Hẹn ngày", f"visit:day:{visit.id}")


LYING_AT_HOME, LYING_PER_PAGE = 3, 8


def lying(home: OfficerWeek, titles: Mapping[str, str]) -> Card | None:
    """Only the forms left lying, for who has no week of their own; None where there are none."""
    return Card("", _lying(home, titles)) if home.drafts else None


def _lying(home: OfficerWeek, titles: Mapping[str, str]) -> Rows:
    """The newest; the others are a tap away."""
    rest = len(home.drafts) - LYING_AT_HOME
    more = ((Button(f"✍️ Còn {rest} việc làm dở khác", "lying:0"),),) if rest > 0 else ()
    return (*_resuming(home.drafts[:LYING_AT_HOME], titles), *more)


def left_lying(forms: Sequence[OpenForm], titles: Mapping[str, str], page: int) -> Card:
    """All forms left lying, a page of them."""
    pages = max(1, -(-len(forms) // LYING_PER_PAGE))
    page = min(page, pages - 1)
    part = forms[page * LYING_PER_PAGE : (page + 1) * LYING_PER_PAGE]
    turn = tuple(
        Button(label, f"lying:{other}")
        for label, other in (("‹ Trước", page - 1), ("Tiếp ›", page + 1))
        if 0 <= other < pages
    )
    text = render("visit/lying", count=len(forms), page=page, pages=pages)
    home = (Button("🏠 Trang chính", "home"),)
    return Card(text, (*_resuming(part, titles), *((turn,) if turn else ()), home))


def _resuming(forms: Sequence[OpenForm], titles: Mapping[str, str]) -> Rows:
    return tuple(
        (
            Button(
                on_button(f"✍️ Làm tiếp: {_left_lying(titles.get(form, form), about)}"),
                f"draft:{key}",
            ),
        )
        for key, form, about in forms
    )


def _left_lying(title: str, about: Mapping[str, Any]) -> str:
    """What it is about first: a narrow screen cuts the end."""
    return f"{about['name']} · {title}" if about.get("name") else title


def officer_home(home: OfficerWeek, titles: Mapping[str, str], *, reads_sites: bool) -> Card:
    """The officer's part of the home card; `titles` names the forms left lying."""
    text = render(
        "home/officer",
        week=home.week.label(),
        visits=[(site, _status(visit), visit) for visit, site in home.visits],
        unreported=[(site, Week.of(visit.week).label()) for visit, site in home.unreported],
    )
    unreported = tuple(
        (report_button(visit, to_report_label(visit, site, home.week)),)
        for visit, site in home.unreported
    )
    promised = tuple((b,) for b in promise_cards.home_button(home.promises))
    last = (Button("➕ Ngoài kế hoạch", "report:unplanned"), Button("🏖 Nghỉ phép", "leave:mine"))
    mine = Button("🗓 Các tuần của tôi", "off:open:0:0")
    own = (Button("📋 Cơ sở của tôi", "site:mine:0"), mine) if reads_sites else (mine,)
    return Card(
        text, (*_lying(home, titles), *visit_rows(home.visits), *unreported, *promised, own, last)
    )
