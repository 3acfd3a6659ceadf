"""The overview's pictures: facts -> a chart, and the sentence that says what it shows."""

from collections.abc import Callable, Mapping, Sequence
from itertools import dropwhile
from typing import Any

from bot.cases.cards.labels import CATEGORIES
from bot.core.rendering import capital, number, render
from bot.core.rules.calendar import Week
from bot.core.rules.shares import whole_percent
from bot.documents.charts import (
    Bar,
    Bars,
    Chart,
    Column,
    Columns,
    Fill,
    Heading,
    Key,
    Lines,
    SiteMap,
    Spot,
    SpotName,
)
from bot.documents.charts.frame import STEPS
from bot.documents.charts.site_map import RING
from bot.visits.cards.overview import agreed
from bot.visits.facts.overview import View
from bot.visits.facts.pictures import (
    AgesFacts,
    AnyPicture,
    MapFacts,
    MembersFacts,
    PlacedSite,
    ReachFacts,
    WaitsFacts,
    WeeksFacts,
)
from bot.visits.rules.overview import WeekTally
from bot.visits.rules.pictures import AGES, SinceVisit, reached
from storage.enums import Category

TITLES = {
    "v": "Lượt đi cơ sở theo tuần",
    "c": "Cơ sở đã có cán bộ đến",
    "m": "Cơ sở nào lâu chưa có cán bộ đến",
    "a": "Phản ánh chưa giải quyết",
    "w": "Giải quyết phản ánh mất bao lâu",
    "d": "Đoàn viên theo tháng",
}
MOST_BARS = 14
MOST_NAMES = 12
NAMED = 3
_OTHER = "lĩnh vực khác"
_TOGETHER = "Các lĩnh vực, gộp chung"
# Weeks as lists and pages count them: four since the last visit are no longer "within 4 weeks".
_REACHED = {
    SinceVisit.RECENTLY: "chưa đầy 4 tuần",
    SinceVisit.A_WHILE_AGO: "4–11 tuần",
    SinceVisit.LONG_AGO: "từ 12 tuần",
    SinceVisit.NEVER: "chưa có lượt nào",
}
_IN_WORDS = {
    SinceVisit.RECENTLY: "có cán bộ đến cách đây chưa đầy 4 tuần",
    SinceVisit.A_WHILE_AGO: "cách đây 4–11 tuần",
    SinceVisit.LONG_AGO: "cách đây từ 12 tuần trở lên",
    SinceVisit.NEVER: "chưa ghi nhận lượt đi nào",
}
_FILLS = dict(zip(_REACHED, (Fill.DARK, Fill.HATCHED, Fill.LIGHT, Fill.EMPTY), strict=True))
_MARKS = dict(zip(_REACHED, ("recent", "while", "long", "never"), strict=True))
_AGES = ("đến 7 ngày", "8–15 ngày", "16–30 ngày", "hơn 30 ngày")
_AGE_KEYS = [Key(fill, words) for fill, words in zip(STEPS, _AGES, strict=True)]

Picture = tuple[Chart, str]
"""What is drawn, and what it says in words with numbers, for whoever cannot see it."""


def picture_of(facts: AnyPicture) -> Picture | None:
    """None: there is nothing to draw yet."""
    return _DRAWERS[type(facts)](facts)


def weeks(facts: WeeksFacts) -> Picture | None:
    shown_weeks = list(dropwhile(lambda row: row[1] == WeekTally(), facts.weeks))
    every = sum((tally for _, tally in shown_weeks), WeekTally())
    if not every.planned:
        return None
    keys = [
        Key(Fill.DARK, "báo cáo đúng hạn"),
        Key(Fill.HATCHED, "báo cáo trễ"),
        Key(Fill.LIGHT, "được đồng ý vắng"),
        Key(Fill.EMPTY, "chưa báo cáo, chưa đi"),
    ]
    columns = [
        Column(
            f"T{week.number}",
            (tally.in_time, tally.late, tally.allowed, tally.due - tally.done),
            f"{_percent(tally)}%" if tally.due else "",
        )
        for week, tally in shown_weeks
    ]
    first, last = shown_weeks[0][0], shown_weeks[-1][0]
    span = last.label() if first == last else f"từ tuần {first.number} đến {last.label()}"
    note = (
        "Cả cột là số lượt được giao; số phần trăm là đã báo cáo, không tính lượt được đồng ý vắng."
    )
    chart = Columns(Heading(TITLES["v"], _under(facts.view, span), keys, note), columns)
    over = [(week, tally) for week, tally in shown_weeks if tally.due and week < facts.running]
    every_over = sum((tally for _, tally in over), WeekTally())
    more = {"every": every, "percent": _percent, "ends": _lowest_highest(over), "agreed": agreed}
    more["unplanned"] = every.unplanned
    if last == facts.running and every_over.due:  # a week that is not over pulls no share down
        so_far = shown_weeks[-1][1]
        before = last.previous()
        span = before.label() if first == before else f"từ tuần {first.number} đến {before.label()}"
        more |= {"every": every_over, "so_far": so_far}
    words = _words("weeks", facts, span=capital(span), **more)
    return chart, words


def _lowest_highest(over: Sequence[tuple[Week, WeekTally]]) -> list[tuple[str, str, int]]:
    """("Thấp nhất", which weeks, percent), then the highest; [] where all weeks are alike."""
    shares = {week: _percent(tally) for week, tally in over}
    lowest, highest = min(shares.values(), default=0), max(shares.values(), default=0)
    if lowest == highest:
        return []
    return [
        (words, _weeks([week for week, percent in shares.items() if percent == end]), end)
        for words, end in (("Thấp nhất", lowest), ("cao nhất", highest))
    ]


def _weeks(alike: Sequence[Week]) -> str:
    """ "tuần 43", "tuần 43 và 45"; of many, how many they are: to name one would be untrue."""
    if len(alike) > NAMED:
        return f"{len(alike)} tuần"
    *others, last = (str(week.number) for week in alike)
    return f"tuần {', '.join(others)} và {last}" if others else f"tuần {last}"


def _percent(tally: WeekTally) -> int:
    return whole_percent(tally.done, tally.due)


def coverage(facts: ReachFacts) -> Picture | None:
    total = sum(facts.every.values())
    if not total:
        return None
    bars = [
        Bar(
            name,
            [counts.get(kind, 0) for kind in _REACHED],
            f"{number(_lately(counts))}/{number(sum(counts.values()))}",
        )
        for name, counts in facts.units[:MOST_BARS]
    ]
    keys = [Key(_FILLS[kind], words) for kind, words in _REACHED.items()]
    more = len(facts.units) - len(bars)
    note = "Số bên phải: cơ sở có cán bộ đến trong 12 tuần / tổng số."
    if more > 0:
        note += f" Còn {more} đơn vị không vẽ ở đây, tỷ lệ bằng hoặc cao hơn."
    under = _under(facts.view, f"đến {facts.view.week.label()}")
    chart = Bars(Heading(TITLES["c"], under, keys, note), bars, shares=True)
    lowest = [
        (name, _lately(counts), sum(counts.values()))
        for name, counts in facts.units[:NAMED]
        if _lately(counts) < sum(counts.values())
    ]
    words = _words(
        "coverage",
        facts,
        total=total,
        lately=_lately(facts.every),
        never=facts.every.get(SinceVisit.NEVER, 0),
        lowest=lowest if len(facts.units) > 1 else [],
    )
    return chart, words


def _lately(counts: Mapping[SinceVisit, int]) -> int:
    return counts.get(SinceVisit.RECENTLY, 0) + counts.get(SinceVisit.A_WHILE_AGO, 0)


def site_map(facts: MapFacts) -> Picture | None:
    placed = [site for site in facts.sites if site.position]
    if not placed:
        return None
    counts = {kind: sum(reached(site.weeks) is kind for site in facts.sites) for kind in _REACHED}
    keys = [Key(_MARKS[kind], words) for kind, words in _REACHED.items()]
    unionless = sum(site.unionless for site in facts.sites)
    if any(site.unionless for site in placed):
        keys.append(Key(RING, "DN chưa có công đoàn"))
    missing, about = len(facts.sites) - len(placed), sum(not site.exact for site in placed)
    note = " ".join(
        sentence
        for count, sentence in (
            (about, f"{number(about)} cơ sở đặt quanh trung tâm xã, phường."),
            (missing, f"{number(missing)} cơ sở chưa rõ vị trí, không có trên hình."),
        )
        if count
    )
    chart = SiteMap(
        Heading(TITLES["m"], _under(facts.view, f"đến {facts.view.week.label()}"), keys, note),
        [
            Spot(*site.position, _MARKS[reached(site.weeks)], ringed=site.unionless)
            for site in placed
            if site.position
        ],
        [SpotName(*position, _short(name)) for name, position in facts.names[:MOST_NAMES]],
        facts.ground,
    )
    longest = sorted((s for s in facts.sites if s.weeks and s.weeks >= 12), key=_weeks_of)[:NAMED]
    words = _words(
        "map",
        facts,
        counts=[(counts[kind], words) for kind, words in _IN_WORDS.items() if counts[kind]],
        longest=longest,
        missing=missing,
        unionless=unionless,
    )
    return chart, words


def _weeks_of(site: PlacedSite) -> tuple[int, str]:
    return -(site.weeks or 0), site.name


def _short(name: str) -> str:
    """Without what every unit is called, so that it fits on a map."""
    for beginning in ("Công đoàn ", "CĐ "):
        name = name.removeprefix(beginning)
    return capital(name)


def ages(facts: AgesFacts) -> Picture | None:
    if not facts.rows:
        return None
    together = [key for key, _ in facts.rows] == [Category.KHAC]
    bars = [
        Bar(_TOGETHER if together else _category(key), row, number(sum(row)))
        for key, row in facts.rows
    ]
    note = "Không tính phản ánh được bảo mật; lĩnh vực có dưới 3 phản ánh được gộp chung."
    if facts.left_out:
        note += f" {number(facts.left_out)} phản ánh lẻ không vẽ."
    chart = Bars(
        Heading(TITLES["a"], _under(facts.view, "theo lĩnh vực, số ngày đã chờ"), _AGE_KEYS, note),
        bars,
    )
    total = sum(sum(row) for _, row in facts.rows)
    late = sum(row[-1] for _, row in facts.rows)
    words = _words(
        "ages",
        facts,
        total=total,
        late=late,
        limit=AGES[-1],
        rows=[] if together else [(_in_words(key), sum(row)) for key, row in facts.rows[:NAMED]],
    )
    return chart, words


def _category(key: str) -> str:
    return capital(_in_words(key))


def _in_words(key: str) -> str:
    return _OTHER if key == Category.KHAC else CATEGORIES[Category(key)][1]


def waits(facts: WaitsFacts) -> Picture | None:
    total = sum(sum(counts) for _, counts, _ in facts.months)
    if not total:
        return None
    months = list(dropwhile(lambda row: not sum(row[1]), facts.months))
    columns = [
        Column(f"{month}/{year}", counts, f"{middle} ngày" if sum(counts) else "")
        for (year, month), counts, middle in months
    ]
    note = "Số trên cột: một nửa số phản ánh của tháng được giải quyết trong chừng ấy ngày."
    chart = Columns(
        Heading(TITLES["w"], _under(facts.view, "theo tháng giải quyết"), _AGE_KEYS, note), columns
    )
    quick = sum(sum(counts[:2]) for _, counts, _ in facts.months)
    with_any = [row for row in months if sum(row[1])]
    words = _words(
        "waits",
        facts,
        total=total,
        quick=quick,
        percent=whole_percent(quick, total),
        late=sum(counts[-1] for _, counts, _ in facts.months),
        first=with_any[0],
        last=with_any[-1],
        limits=AGES,
    )
    return chart, words


def members(facts: MembersFacts) -> Picture | None:
    months = list(dropwhile(lambda month: not month[1], facts.months))
    if not months:
        return None
    labels = [f"{day.month}/{day:%y}" for day, _ in months]
    heading = Heading(TITLES["d"], _under(facts.view, "cuối mỗi tháng"))
    chart = Lines(heading, labels, [count for _, count in months])
    more = {"first": months[0], "last": months[-1], "listed_since": facts.listed_since}
    return chart, _words("members", facts, **more)


def _under(view: View, words: str) -> str:
    return " · ".join(part for part in (view.name, words) if part)


def _words(template: str, facts: AnyPicture, **more: Any) -> str:
    return render(f"picture/{template}", f=facts, view=facts.view, **more)


_DRAWERS: Mapping[type[AnyPicture], Callable[[Any], Picture | None]] = {
    WeeksFacts: weeks,
    ReachFacts: coverage,
    MapFacts: site_map,
    AgesFacts: ages,
    WaitsFacts: waits,
    MembersFacts: members,
}
