"""A target's result in words, the same on every card and in every paper: a percentage never without
its numbers, never a number without its days.
"""

from bot.core.rendering import capital, day, number
from bot.core.rules.programmes import Target
from bot.programmes.cards import years_of
from bot.summaries.facts.targets import TargetLine
from bot.summaries.rules.targets import FEW_DAYS, RATES, Outlook, Pace, is_share, whole_goal
from storage.enums import UnitKind

MARKS = {
    Pace.BEHIND: "🔴",
    Pace.ON: "🟢",
    Pace.UNKNOWN: "⚪️",
    Pace.NOTHING: "⚪️",
    Pace.NOT_SET: "▫️",
}
NO_DATA = "chưa có số liệu"
_OF = {
    "visits_kept": "tuần",
    "coverage": "cơ sở",
    "settled_in_time": "phản ánh, kiến nghị đến hạn",
}
_NOTHING = {
    "visits_kept": "chưa qua tuần làm việc nào",
    "coverage": "đơn vị chưa có cơ sở nào",
    "union_share": "không có doanh nghiệp nào thuộc diện này",
    "settled_in_time": "chưa có phản ánh, kiến nghị nào đến hạn",
}
_COUNTED = {
    "visits_kept": "số tuần có ít nhất một lượt đi cơ sở đã báo cáo, trên số tuần làm việc đã qua "
    "từ khi đơn vị có trong danh sách",
    "coverage": "cơ sở đã có cán bộ đơn vị đến ít nhất một lần, trên tổng số cơ sở",
    "members_gained": "đoàn viên mới theo báo cáo đi cơ sở và số liệu của cơ sở, mỗi người tính "
    "một lần; danh sách chưa tách DN ngoài khu vực nhà nước nên tính mọi cơ sở",
    "new_unions": "DN chưa có công đoàn trong danh sách đã thành lập CĐCS",
    "settled_in_time": "phản ánh, kiến nghị giải quyết xong đúng hạn, trên số đã đến hạn",
}


_LEFT = {
    "members_gained": "số lao động chưa vào công đoàn",
    "new_unions": "số doanh nghiệp chưa có công đoàn",
}


def left_name(target: Target) -> str:
    """What a unit can still add to a number that is shared out, by name."""
    return _LEFT[target.counts]


def percent(part: int, whole: int) -> str:
    """85,7%; to a tenth, and 100% only where nothing is missing."""
    tenths = (2000 * part + whole) // (2 * whole)
    if 0 < part < whole:
        tenths = min(max(tenths, 1), 999)
    return (
        f"{number(tenths // 10)}%" if tenths % 10 == 0 else f"{number(tenths // 10)},{tenths % 10}%"
    )


def measured(target: Target, amount: int) -> str:
    """1.204 đoàn viên, 54%"""
    return f"{number(amount)}{'' if target.measure == '%' else ' '}{target.measure}"


def goal(line: TargetLine) -> str:
    """What is asked by when."""
    target = line.target
    if line.wanted is None:
        return "chưa giao số cho đơn vị"
    if target.counts == "visits_kept":
        return "tuần nào cũng có lượt đi cơ sở"
    if target.counts == "settled_in_time":
        return measured(target, line.wanted)
    return f"{measured(target, line.wanted)} đến {day(line.frame.last)}"


def goal_by(line: TargetLine) -> str:
    """Who set it, or how it comes from the plan."""
    if line.wanted is None:
        return ""
    if line.set_at:
        return f"đồng chí {line.set_by} giao {day(line.set_at)}"
    if line.target.per == "span":
        whole = measured(line.target, line.target.value)
        return f"chia đều theo ngày từ mức {whole} của kế hoạch"
    return "theo kế hoạch"


def whole_time(target: Target, all_years: int) -> str:
    """What the plan asks of the whole time, and whether the years as they were set add up to it."""
    years = years_of(target)
    asked_in_all = f"Cả giai đoạn{f' {years}' if years else ''}: {measured(target, target.value)}"
    left = target.value - all_years
    if not left:
        return f"{asked_in_all}; số giao các năm cộng lại vừa đủ."
    words = f"còn thiếu {number(left)}" if left > 0 else f"nhiều hơn {number(-left)}"
    return f"⚠️ {asked_in_all}; số giao các năm cộng lại là {number(all_years)}, {words}."


def reached(line: TargetLine) -> str:
    """640/1.204 đoàn viên (53,2%); 12/14 tuần (85,7%)"""
    got, target = line.reached, line.target
    if got is None:
        return NO_DATA
    if got.of == 0:
        return _NOTHING.get(target.counts, "chưa phát sinh")
    if got.of is not None and _is_average(line):
        units = line.units_known
        return (
            f"bình quân {average(got.value, units)}/{average(got.of, units)} tuần mỗi đơn vị "
            f"({percent(got.value, got.of)}; {number(units)} đơn vị)"
        )
    if got.of is not None:
        # Those that had a union before are in neither number.
        which = " chưa có công đoàn đầu kỳ" if target.counts == "union_share" else ""
        share = percent(got.value, got.of)
        return f"{number(got.value)}/{number(got.of)} {of_what(target)}{which} ({share})"
    if is_share(target) or not line.wanted:
        return measured(target, got.value)
    share = percent(got.value, line.wanted)
    return f"{number(got.value)}/{number(line.wanted)} {target.measure} ({share})"


def attained(line: TargetLine) -> str:
    """Đã đạt 12/14 tuần (85,7%); in a year that asked for nothing yet, only that it did not."""
    words = reached(line)
    is_known = line.reached is not None and line.reached.of != 0
    return f"Đã đạt {words}" if is_known else capital(words)


def _is_average(line: TargetLine) -> bool:
    """Whether weeks of several units stand behind it: those are never added up, for no year has 99
    weeks."""
    return line.target.counts == "visits_kept" and line.units_known > 1


def average(whole: int, count: int) -> str:
    """24; 23,7; never 0 of something"""
    tenths = max((20 * whole + count) // (2 * count), int(whole > 0))
    return f"{number(tenths // 10)},{tenths % 10}" if tenths % 10 else number(tenths // 10)


def of_what(target: Target) -> str:
    """What a share is a share of."""
    if target.counts == "union_share":
        return f"DN từ {target.from_workers} lao động"
    return _OF.get(target.counts) or target.of or "đơn vị"


def standing(line: TargetLine) -> str:
    """chậm 458; chậm bình quân 25 tuần mỗi đơn vị; kịp tiến độ; hoàn thành chỉ tiêu"""
    if line.pace is Pace.BEHIND and line.reached and line.due is not None:
        late = line.due - line.reached.value
        if _is_average(line):
            return f"chậm bình quân {average(late, line.units_known)} tuần mỗi đơn vị"
        return f"chậm {number(late)}"
    if _is_fulfilled(line):
        return "hoàn thành chỉ tiêu"
    return "kịp tiến độ" if line.pace is Pace.ON else ""


def _is_fulfilled(line: TargetLine) -> bool:
    """Whether what is asked for in the end is there already. A rate is asked of every day to come,
    and of a share nobody knows while units are without data."""
    if line.pace is not Pace.ON or not line.wanted or line.reached is None:
        return False
    if line.target.counts in RATES or (is_share(line.target) and line.units_known < line.units):
        return False
    return line.reached.value >= whole_goal(line.target, line.wanted, line.reached)


def due(line: TargetLine) -> str:
    """What an even pace would have by the day."""
    if not line.due or line.pace in (Pace.UNKNOWN, Pace.NOTHING):
        return ""
    if _is_average(line):
        weeks = average(line.due, line.units_known)
        return f"Đến {day(line.day)} cần bình quân {weeks} tuần mỗi đơn vị"
    if line.target.counts in RATES:
        return f"Đến {day(line.day)} cần {number(line.due)} {of_what(line.target)}"
    what = of_what(line.target) if is_share(line.target) else line.target.measure
    return f"Làm đều thì đến {day(line.day)} cần {number(line.due)} {what}"


def outlook(line: TargetLine) -> str:
    """Where the pace leads; why nobody can say; "" where it has led to the goal already."""
    if _is_fulfilled(line):
        return ""
    if line.outlook is Outlook.FEW:
        return f"Dự báo: chưa đủ số liệu (cần ít nhất {FEW_DAYS // 7} tuần)"
    if line.outlook is Outlook.CLOSE and line.reached and line.wanted is not None:
        needed = whole_goal(line.target, line.wanted, line.reached)
        what = of_what(line.target) if is_share(line.target) else line.target.measure
        until = day(line.frame.last)
        return f"Dự báo: sát tiến độ, chưa chắc đạt; đến {until} cần đủ {number(needed)} {what}"
    if line.outlook is None or isinstance(line.outlook, Outlook):
        return ""
    whole = line.reached.of if line.reached and line.reached.of else line.wanted
    share = f" ({percent(line.outlook, whole)})" if whole else ""
    what = of_what(line.target) if is_share(line.target) else line.target.measure
    if not line.outlook:
        return f"Giữ nhịp này thì đến {day(line.frame.last)} chưa thêm được {what} nào"
    return (
        f"Giữ nhịp này, đến {day(line.frame.last)} được khoảng {number(line.outlook)} {what}{share}"
    )


def counted(line: TargetLine) -> str:
    """What counts, of which units, from which day to which."""
    target, days = line.target, f"từ {day(line.frame.first)}"
    if line.frame.first <= line.day:  # a year to come has no end yet
        days += f" đến {day(line.day)}"
    if target.counts == "declared":
        if line.unit.kind is UnitKind.FEDERATION:
            of_units = f"{number(line.units_known)}/{number(line.units)}"
            return f"cộng số khai đã được chấp nhận của {of_units} đơn vị, {days}"
        return f"số lãnh đạo đơn vị khai và cấp trên đã chấp nhận, {days}"
    if target.counts == "union_share":
        return (
            f"các DN trong danh sách chưa có công đoàn ngày {day(line.frame.first)} và có từ "
            f"{target.from_workers} lao động: số đã có CĐCS đến {day(line.day)}"
        )
    everywhere = ""
    if _is_average(line):
        everywhere = f"; bình quân của {number(line.units_known)}/{number(line.units)} đơn vị"
    return f"{_COUNTED[target.counts]}; {days}{everywhere}"


def source(line: TargetLine) -> str:
    """For a paper: where the number is from, as of which day."""
    if line.target.counts == "declared":
        if line.accepted is not None and line.accepted.decided_at is not None:
            return f"đơn vị khai, cấp trên chấp nhận {day(line.accepted.decided_at)}"
        if line.units:
            of_units = f"{number(line.units_known)}/{number(line.units)}"
            return f"cộng số khai của {of_units} đơn vị, tính đến {day(line.day)}"
        return f"đơn vị khai, tính đến {day(line.day)}"
    return f"theo báo cáo đi cơ sở và số liệu của cơ sở, tính đến {day(line.day)}"


def result(line: TargetLine) -> str:
    """For the column "Thực hiện" of a paper."""
    if line.reached is None:
        return NO_DATA
    return f"{reached(line)}; {source(line)}"


def level(line: TargetLine) -> str:
    """For a paper of the province: what is asked of this year, where that is not the plan's own."""
    if line.wanted is None or line.unit.kind is not UnitKind.FEDERATION or _is_the_plans(line):
        return ""
    return f"năm {line.year}: {measured(line.target, line.wanted)}"


def own_level(line: TargetLine) -> str:
    """For a paper of a unit below the province: what is asked of it, with the plan's number, which
    is all units' together; "" where the plan asks the same of everybody."""
    if line.unit.kind is UnitKind.FEDERATION or _is_the_plans(line):
        return ""
    own = "chưa giao số" if line.wanted is None else measured(line.target, line.wanted)
    whole = measured(line.target, line.target.value)
    return f"{own} (năm {line.year}; mức chung của kế hoạch: {whole})"


def _is_the_plans(line: TargetLine) -> bool:
    target = line.target
    if target.counts == "visits_kept":
        return True
    return line.wanted == target.value and target.per == "year"
