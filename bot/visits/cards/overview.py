"""The week for whoever watches over it: a short card first, everything else behind buttons."""

from collections.abc import Mapping, Sequence

from bot.cases.facts.cases import NOT_SHOWN, Pressing
from bot.core.card import Button, Card, Rows, grid
from bot.core.labels import FLAGS, STATUSES
from bot.core.rendering import number, on_button, render, weekday
from bot.core.rules.calendar import Week
from bot.core.rules.shares import whole_percent
from bot.visits.facts.nudges import THE_WEEK
from bot.visits.facts.overview import (
    CoverageFacts,
    Gains,
    ListedVisit,
    ListFacts,
    ListPage,
    NamedFacts,
    PromisesFacts,
    SiteLine,
    StaffFacts,
    TroubleFacts,
    UnitsFacts,
    View,
    WeekFacts,
)
from bot.visits.facts.report_fields import DIGESTS
from bot.visits.facts.visits import status_words
from bot.visits.rules.overview import WeekTally
from bot.visits.rules.periods import Period, PeriodKind
from storage.enums import OPEN_STATUSES, VisitOrigin, VisitStatus
from storage.models import Visit

HOME = Button("🏠 Trang chính", "home")
TITLES = {
    "all": "Các lượt đi",
    "open": "Chưa báo cáo",
    "swap": "Xin đổi cơ sở",
    "ask": "Xin phép không đi",
    "later": "Chuyển sang tuần sau",
    "late": "Báo cáo trễ",
    "extra": "Đi ngoài kế hoạch",
    "met": "Lượt đã gặp người lao động",
    "flag": "Báo cáo cần trao đổi thêm",
    "case": "Kiến nghị từ cơ sở",
    "com": "Đề xuất khen thưởng",
    "t": "Vấn đề",
    "o": "Đồng chí",
}
NAMED = {
    "praise": "🌟 Biểu dương",
    "unreached": "📵 Chưa liên lạc được",
    "undelivered": "📭 Tin chưa gửi được",
    "unopened": "📬 Tin chưa ai xem",
}
SHOWN_TROUBLES, SHOWN_TROUBLES_IN_SHORT, SHOWN_SITES = 3, 2, 4
SHOWN_PEOPLE, SHOWN_PEOPLE_IN_SHORT = 10, 2


def week(facts: WeekFacts) -> Card:
    """One week at a glance: what is not as it should be first, then praise, then the figures."""
    return _week(facts, SHOWN_PEOPLE)


def digest(facts: WeekFacts) -> Card:
    """The same below a picture, where there is less room for names."""
    return _week(facts, SHOWN_PEOPLE_IN_SHORT)


def _week(facts: WeekFacts, people: int) -> Card:
    words = facts.view.topic_words
    in_short = people == SHOWN_PEOPLE_IN_SHORT
    text = render(
        "overview/week",
        title=capital(facts.view.week.label()),
        f=facts,
        people=people,
        in_short=in_short,
        before=[
            *((f"tuần {w.number}", _percent(tally)) for w, tally in facts.before if tally.due),
            *(
                [("cùng tuần năm trước", _percent(facts.year_before))]
                if facts.year_before.due
                else []
            ),
        ],
        beside=beside_done(facts.tally),
        exceptions=exceptions(facts.tally),
        troubles=[(words[t][1], len(s)) for t, s in facts.troubles if t in words],
        shown=SHOWN_TROUBLES_IN_SHORT if in_short else SHOWN_TROUBLES,
        gains=capital(", ".join(gained(facts.gains))),
        brought=capital(", ".join(brought(facts.sums, facts.proposals))),
    )
    return Card(text, _week_rows(facts))


def _percent(tally: WeekTally) -> int:
    return whole_percent(tally.done, tally.due)


def brought(sums: Mapping[str, int], proposals: int) -> list[str]:
    """What reports add up to."""
    counts = [(sums.get(key, 0), words) for key, words in DIGESTS.items()]
    counts.append((proposals, "tiếp nhận {} kiến nghị từ cơ sở"))
    return [words.format(number(count)) for count, words in counts if count]


def gained(gains: Gains) -> list[str]:
    """What is good, in words."""
    counts = (
        (gains.unions, "{} CĐCS mới thành lập"),
        (gains.commendations, "{} đề xuất khen thưởng"),
        (gains.practices, "{} cách làm hay được phổ biến"),
    )
    return [words.format(number(count)) for count, words in counts if count]


def pressing_buttons(pressing: Pressing) -> list[Button]:
    """To the lists behind what cannot wait."""
    counts = (
        (pressing.alerts, "🚨 Cảnh báo", "alert:list"),
        (pressing.overdue, "⏰ Quá hạn", "case:list:over:0"),
    )
    return [Button(f"{words} ({number(count)})", data) for count, words, data in counts if count]


def _week_rows(facts: WeekFacts) -> Rows:
    key, tally = facts.view.key, facts.tally
    # The lists are those of whoever looks, not of a unit on the way down.
    buttons = pressing_buttons(facts.pressing) if facts.view.is_top else []
    if left := tally.unreported:
        buttons.append(Button(f"🕓 Chưa báo cáo ({number(left)})", f"ov:l:open:{key}:0"))
    if facts.reminds and tally.awaited and facts.view.week <= facts.current:
        buttons.append(Button("🔔 Nhắc cán bộ", f"nud:all:{key}:{THE_WEEK}"))
    if tally.swaps:
        buttons.append(Button(f"🔄 Xin đổi ({number(tally.swaps)})", f"ov:l:swap:{key}:0"))
    if tally.excuse_requests:
        buttons.append(
            Button(f"🙋 Xin phép ({number(tally.excuse_requests)})", f"ov:l:ask:{key}:0")
        )
    for kind, count, words in (
        ("late", tally.late, "⏰ Báo cáo trễ"),
        ("extra", tally.unplanned, "➕ Ngoài kế hoạch"),
        ("met", facts.sums.get("workers_met", 0), "👷 Đã gặp"),
        ("com", facts.gains.commendations, "🏅 Khen thưởng"),
    ):
        if count:
            buttons.append(Button(f"{words} ({number(count)})", f"ov:l:{kind}:{key}:0"))
    if facts.troubles or facts.proposals or facts.flagged:
        buttons.append(Button("⚠️ Vấn đề nổi lên", f"ov:t:{key}"))
    if late := facts.promises_overdue:
        buttons.append(Button(f"🤝 Việc quá hạn ({number(late)})", f"ov:p:{key}:0"))
    people = {
        "praise": facts.praise,
        "unreached": facts.unreachable,
        "undelivered": facts.undelivered,
        "unopened": facts.unopened,
    }
    for kind, names in people.items():
        if names:
            buttons.append(Button(NAMED[kind], f"ov:n:{kind}:{key}"))
    buttons.append(Button("👤 Theo cán bộ", f"ov:s:{key}:0"))
    if facts.has_units:
        buttons.append(Button("🏢 Theo đơn vị", f"ov:u:{key}:0"))
    buttons.append(Button("📋 Các lượt đi", f"ov:l:all:{key}:0"))
    buttons.append(Button("📍 Cơ sở đã đến", f"ov:c:{key}:0"))
    if facts.gains.practices:
        buttons.append(Button(f"💡 Cách làm hay ({number(facts.gains.practices)})", "com:good:0"))
    if facts.recruits:
        buttons.append(Button("🌱 Phát triển ĐV", f"rec:funnel:{facts.view.unit_id}"))
    if facts.view.week <= facts.current:
        buttons.append(pictures_button(facts.view))
    periods = period_button(facts.view.week, facts.view.unit_id)
    rows = (*grid(buttons, 2), _weeks(facts.view, facts.current))
    return (
        (*rows, (periods,), (_up(facts.view),))
        if facts.view.week <= facts.current
        else (*rows, (_up(facts.view),))
    )


def _weeks(view: View, current: Week) -> tuple[Button, ...]:
    before, after = view.week.previous(), view.week.next()
    buttons = [Button(f"‹ Tuần {before.number}", f"ov:w:{before.monday:%Y%m%d}:{view.unit_id}")]
    if view.week <= current:
        buttons.append(
            Button(f"Tuần {after.number} ›", f"ov:w:{after.monday:%Y%m%d}:{view.unit_id}")
        )
    return tuple(buttons)


def period_button(week: Week, unit_id: int) -> Button:
    """From a week to the month that it belongs to."""
    return Button("📅 Tháng, quý, năm", f"ov:z:{Period.of(PeriodKind.MONTH, week).key}:{unit_id}")


def pictures_button(view: View) -> Button:
    """From an overview to its pictures."""
    return Button("🖼 Biểu đồ", f"ov:g:{view.key}")


def _up(view: View) -> Button:
    """Back to the list of units this one was found in; from the top: home."""
    if view.unit_id and view.above_id is not None:
        return Button("« Quay lại", f"ov:u:{view.week.monday:%Y%m%d}:{view.above_id}:0")
    return HOME


def brief(view: View, tally: WeekTally, requests: int, *, may_direct: bool) -> Card:
    """The supervisor's part of the home card. `requests`: to be excused, of whichever week."""
    line = "chưa có lượt đi nào"
    if tally.planned:
        between = "; " if tally.late else ", "  # what is open is no part of what was reported late
        line = between.join(filter(None, (done_of(tally), ", ".join(exceptions(tally)))))
    text = render("overview/brief", number=view.week.number, line=line)
    rows = [Button("📊 Tổng quan tuần", f"ov:w:{view.key}")]
    if tally.swaps:
        rows.append(Button(f"🔄 Xin đổi ({number(tally.swaps)})", f"ov:l:swap:{view.key}:0"))
    if requests:
        rows.append(Button(f"🙋 Xin phép ({number(requests)})", "exc:list:0"))
    if may_direct:
        rows.append(Button("➕ Giao lượt đi", "sup:new"))
    return Card(text, grid(rows, 2))


def done_of(tally: WeekTally) -> str:
    """How many of those asked for were reported, with what was agreed not to take place."""
    if not tally.due:
        return f"không có lượt phải đi{beside_done(tally)}"
    return f"{number(tally.done)}/{number(tally.due)} lượt đã báo cáo{beside_done(tally)}"


def beside_done(tally: WeekTally) -> str:
    """Said behind how many were reported: what was agreed not to take place, and how many of those
    reported came late."""
    late = f", trong đó {number(tally.late)} lượt báo cáo trễ" if tally.late else ""
    return agreed(tally) + late


def agreed(tally: WeekTally) -> str:
    """Said behind a share that leaves them out: " (1 lượt được đồng ý vắng)"."""
    return f" ({number(tally.allowed)} lượt được đồng ý vắng)" if tally.allowed else ""


def with_share(name: str, tally: WeekTally, between: str = " ") -> str:
    """A label with how many of those due were reported; the name alone where nothing was due."""
    if not tally.due:
        return name
    return f"{name}{between}{number(tally.done)}/{number(tally.due)}"


def exceptions(tally: WeekTally) -> list[str]:
    """What is not as planned, the most pressing first; reported late is reported. What
    was asked for stands in brackets behind the visits that it may be about: they are counted there
    already.
    """
    open_still = _those_there_are(
        (tally.missed, "{} lượt chưa đi"),
        (tally.no_day, "{} lượt chưa hẹn ngày"),
        (tally.dated, "{} lượt đã hẹn ngày"),
    )
    requests = _those_there_are(
        (tally.swaps, "{} lượt xin đổi hoặc xin sang tuần sau"),
        (tally.excuse_requests, "{} lượt xin phép không đi"),
    )
    if open_still and requests:
        among = "trong đó" if len(open_still) == 1 else "trong các lượt này có"
        open_still[-1] += f" ({among} {', '.join(requests)})"
    return open_still + _those_there_are(
        (tally.excused, "{} lượt không đi được"),
        (tally.deferred, "{} lượt chuyển sang tuần sau"),
    )


def _those_there_are(*counts: tuple[int, str]) -> list[str]:
    """Those of them that there are."""
    return [words.format(number(count)) for count, words in counts if count]


def visits(facts: ListFacts) -> Card:
    """A list of visits, each opening."""
    title = TITLES[facts.kind]
    text = render(
        "overview/visits",
        title=f"{title}: {facts.title}" if facts.kind == "t" else f"{title} {facts.title}".strip(),
        view=facts.view,
        span=facts.view.week.label(),
        rows=[(row, state(row), _question(facts.kind, row)) for row in facts.rows],
        first=facts.page.number * 10 + 1,
        with_officer=facts.kind != "o",
        not_shown=NOT_SHOWN,
    )
    kind = f"{facts.kind}.{facts.value}" if facts.value else facts.kind
    where = f"{kind}:{facts.view.key}"
    opened = [
        Button(
            on_button(f"{n}. {row.site.name}"),
            f"ov:v:{row.visit.id}:0:0:{where}:{facts.page.number}",
        )
        for n, row in enumerate(facts.rows, facts.page.number * 10 + 1)
    ]
    sites = [
        Button(f"📍 {n}", f"site:open:{row.site.id}:ov:l:{where}:{facts.page.number}")
        for n, row in enumerate(facts.rows, facts.page.number * 10 + 1)
    ]
    return Card(
        text,
        (
            *grid(opened, 2),
            *grid(sites, 5),
            *pages(f"ov:l:{where}", facts.page),
            *((_weeks_of(facts),) if facts.kind == "o" else ()),
            *_remind(facts),
            *_download(bool(facts.rows), kind, facts.view),
            (Button("« Quay lại", _back_of(facts)),),
        ),
    )


def _weeks_of(facts: ListFacts) -> tuple[Button, ...]:
    """From an officer's visits of a week to those of every week."""
    here = f"ov:l:o.{facts.value}:{facts.view.key}:{facts.page.number}"
    return (Button("🗓 Các tuần đi cơ sở", f"off:open:{facts.value}:0:{here}"),)


def _remind(facts: ListFacts) -> Rows:
    if facts.to_remind is None:
        return ()
    count = f"tất cả ({number(facts.to_remind)})" if facts.to_remind else "cán bộ"
    return ((Button(f"🔔 Nhắc {count}", f"nud:all:{facts.view.key}"),),)


def _back_of(facts: ListFacts) -> str:
    if facts.kind in ("t", "flag", "case"):
        return f"ov:t:{facts.view.key}"
    return f"ov:s:{facts.view.key}:0" if facts.kind == "o" else f"ov:w:{facts.view.key}"


def state(row: ListedVisit) -> str:
    """How a visit stands, in a few words."""
    visit = row.visit
    if visit.excuse_asked:
        return f"{_open_or_missed(visit)}; xin phép không đi: {visit.excuse_asked}"
    if visit.status in OPEN_STATUSES:
        day = _open_or_missed(visit)
        wish = "xin sang tuần sau" if visit.wants_next_week else "xin đổi"
        return f"{day}; {wish}: {visit.swap_asked}" if visit.swap_asked else day
    if visit.status is VisitStatus.EXCUSED and row.excused_by:
        return f"đồng chí {row.excused_by} cho phép không đi: {visit.excuse}"
    if visit.status is VisitStatus.EXCUSED:
        words = status_words(visit)
        return f"{words}: {visit.excuse}" if visit.excuse else words
    if visit.status is VisitStatus.REPORTED:
        words = "báo cáo trễ" if visit.late else "đã báo cáo"
        if visit.origin is VisitOrigin.UNPLANNED:
            words = "ngoài kế hoạch"
        met = row.report.workers_met if row.report else None
        return words if met is None else f"{words}, gặp {number(met)} NLĐ"
    return STATUSES[visit.status]


def _open_or_missed(visit: Visit) -> str:
    if visit.status not in OPEN_STATUSES:
        return STATUSES[visit.status]
    return f"hẹn {weekday(visit.day)}" if visit.day else "chưa hẹn ngày"


def _question(kind: str, row: ListedVisit) -> str:
    """A flag is a question, not a verdict."""
    if kind != "flag" or not row.report:
        return ""
    words = [FLAGS[flag] for flag in row.report.flags if flag in FLAGS]
    return f"{capital(', '.join(words))}. Đồng chí trao đổi thêm với cán bộ?" if words else ""


def named(facts: NamedFacts) -> Card:
    """The people behind a figure."""
    text = render("overview/named", title=NAMED[facts.kind], view=facts.view, rows=facts.rows)
    download = _download(bool(facts.rows), facts.kind, facts.view)
    return Card(text, (*download, (Button("« Quay lại", f"ov:w:{facts.view.key}"),)))


def staff(facts: StaffFacts) -> Card:
    """The officers of the view."""
    text = render(
        "overview/staff", view=facts.view, rows=facts.rows, first=facts.page.number * 10 + 1
    )
    opened = [
        Button(on_button(row.person.name), f"ov:l:o.{row.person.id}:{facts.view.key}:0")
        for row in facts.rows
    ]
    return Card(text, (*grid(opened, 2), *_below(f"ov:s:{facts.view.key}", facts.page, facts.view)))


def units(facts: UnitsFacts) -> Card:
    """The units one step down."""
    text = render(
        "overview/units", view=facts.view, rows=facts.rows, direct=facts.direct, agreed=agreed
    )
    day = f"{facts.view.week.monday:%Y%m%d}"
    opened = [
        Button(on_button(with_share(unit.name, tally)), f"ov:w:{day}:{unit.id}")
        for unit, tally in facts.rows
    ]
    return Card(text, (*grid(opened, 1), *_below(f"ov:u:{facts.view.key}", facts.page, facts.view)))


def promises(facts: PromisesFacts) -> Card:
    """What was promised and is overdue, each opening."""
    first = facts.page.number * 10 + 1
    title = "Việc đã thống nhất, quá hạn"
    text = render("promise/list", title=title, rows=facts.rows, first=first, with_site=True)
    opened = [
        Button(str(n), f"prm:open:{row.promise.id}") for n, row in enumerate(facts.rows, first)
    ]
    return Card(text, (*grid(opened, 5), *_below(f"ov:p:{facts.view.key}", facts.page, facts.view)))


def coverage(facts: CoverageFacts) -> Card:
    """How far the visits reach."""
    text = render(
        "overview/coverage",
        view=facts.view,
        until=facts.until,
        c=facts.coverage,
        sites=facts.sites,
        first=facts.page.number * 10 + 1,
    )
    here = f"ov:c:{facts.view.key}"
    opened = site_buttons(facts.sites, facts.page.number * 10 + 1, f"{here}:{facts.page.number}")
    return Card(text, (*grid(opened, 2), *_below(here, facts.page, facts.view)))


def site_buttons(rows: Sequence[SiteLine], first: int, where: str) -> list[Button]:
    """Each site's page; `where`: the list that it leads back to."""
    return [
        Button(on_button(f"{n}. {row.site.name}"), f"site:open:{row.site.id}:{where}")
        for n, row in enumerate(rows, first)
    ]


def troubles(facts: TroubleFacts) -> Card:
    """What the officers found."""
    words = facts.view.topic_words
    topics = [(topic, sites) for topic, sites in facts.troubles if topic in words]
    text = render(
        "overview/troubles",
        view=facts.view,
        rows=[(words[topic][1], sites) for topic, sites in topics],
        shown=SHOWN_SITES,
        flagged=facts.flagged,
        proposals=facts.proposals,
    )
    key = facts.view.key
    opened = [
        Button(f"{words[topic][0]} ({len(sites)})", f"ov:l:t.{topic}:{key}:0")
        for topic, sites in topics
    ]
    if facts.proposals:
        opened.append(Button(f"💬 Kiến nghị ({facts.proposals})", f"ov:l:case:{key}:0"))
    if facts.flagged:
        opened.append(Button(f"❓ Cần trao đổi ({facts.flagged})", f"ov:l:flag:{key}:0"))
    return Card(text, (*grid(opened, 2), (Button("« Quay lại", f"ov:w:{key}"),)))


def _below(data: str, page: ListPage, view: View) -> Rows:
    """`data`: "ov:<list>:<view>"."""
    download = _download(True, data.split(":")[1], view)
    return (*pages(data, page), *download, (Button("« Quay lại", f"ov:w:{view.key}"),))


def _download(rows: bool, kind: str, view: View) -> Rows:
    """All of a list as xlsx, where it has rows."""
    return ((Button("📥 Tải xlsx", f"ov:x:{kind}:{view.key}"),),) if rows else ()


def pages(data: str, page: ListPage) -> Rows:
    """To the page before and after."""
    buttons: Sequence[Button] = (
        *((Button("‹ Trước", f"{data}:{page.number - 1}"),) if page.number else ()),
        *((Button("Tiếp ›", f"{data}:{page.number + 1}"),) if page.more else ()),
    )
    return (tuple(buttons),) if buttons else ()


def capital(words: str) -> str:
    """The first letter in capitals, the rest as it is."""
    return words[:1].upper() + words[1:]
