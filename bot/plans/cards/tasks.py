"""Cards of the plans' tasks: a unit's list, one task, one's own, the messages about them."""

from collections.abc import Sequence

from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import on_button, render
from bot.plans.facts.tasks import (
    OwnTasks,
    PlanCounts,
    TaskPage,
    TaskRow,
    TaskUpdate,
    UnitCounts,
    UnitTasks,
)
from storage.enums import TaskState
from storage.models import Unit

HOME = Button("🏠 Trang chính", "home")
PER_PAGE = 8  # numbers in two rows
TITLES = {"mine": "Việc tôi được giao", "late": "Nhiệm vụ quá hạn"}


def overview(facts: PlanCounts) -> Card:
    """How the unit stands with each plan; one's own tasks and the overdue ones below."""
    own = (
        ((Button(f"👤 Việc tôi được giao ({facts.own_open})", "task:mine:0"),),)
        if facts.own_open
        else ()
    )
    late = (
        ((Button(f"⏰ Nhiệm vụ quá hạn ({facts.late_below})", "task:late:0"),),)
        if facts.late_below > 0
        else ()
    )
    plans = tuple(
        (Button(on_button(f"📌 {plan.short}"), f"task:list:{plan.key}:0:0:0"),)
        for plan, _ in facts.counts
    )
    return Card(render("task/overview", f=facts), (*own, *late, *plans, (HOME,)))


def of_unit(facts: UnitTasks) -> Card:
    """A unit's tasks of one plan; a number opens one."""
    first = facts.page * PER_PAGE + 1
    numbers = [
        Button(str(n), _opens(row, facts.unit, facts.year))
        for n, row in enumerate(facts.rows, first)
    ]
    key, unit = facts.plan.key, facts.unit.id
    data = f"task:list:{key}:{unit}:{facts.year}"
    last_year, back = facts.this_year - 1, facts.year != facts.this_year
    other_year = (
        Button("Năm nay", f"task:list:{key}:{unit}:{facts.this_year}:0")
        if back
        else Button(f"Năm {last_year}", f"task:list:{key}:{unit}:{last_year}:0")
    )
    units = (Button("🏢 Các đơn vị", f"task:units:{key}:0"),) if facts.other_units else ()
    return Card(
        render("task/list", f=facts, first=first),
        (
            *grid(numbers, 4),
            *turn(data, facts.page, facts.pages),
            *_download(facts.rows, f"list:{key}:{unit}:{facts.year}"),
            (*units, other_year),
            (Button("« Kế hoạch", f"plan:open:{key}:0"), HOME),
        ),
    )


def units(facts: UnitCounts) -> Card:
    """The units below with their counts; a number opens its list."""
    first = facts.page * PER_PAGE + 1
    key = facts.plan.key
    numbers = [
        Button(str(n), f"task:list:{key}:{unit.id}:0:0")
        for n, (unit, _) in enumerate(facts.rows, first)
    ]
    return Card(
        render("task/units", f=facts, first=first),
        (
            *grid(numbers, 4),
            *turn(f"task:units:{key}", facts.page, facts.pages),
            *_download(facts.rows, f"units:{key}"),
            (Button("« Nhiệm vụ của đơn vị", f"task:list:{key}:0:0:0"),),
        ),
    )


def own(facts: OwnTasks) -> Card:
    """What was given to somebody."""
    return _across(facts, TITLES["mine"], "task:mine", "Đồng chí không còn việc nào đang làm.")


def late(facts: OwnTasks) -> Card:
    """What is overdue at the units that somebody leads."""
    return _across(facts, TITLES["late"], "task:late", "Không có nhiệm vụ nào quá hạn.")


def home(open_: int, late_: int) -> Card | None:
    """On the home card, for whoever was given one."""
    if not open_:
        return None
    label = f"📌 Nhiệm vụ kế hoạch ({open_}{f', quá hạn {late_}' if late_ else ''})"
    return Card("", ((Button(label, "task:mine:0"),),))


def page(facts: TaskPage, sentence: str = "") -> Card:
    """One task with what may be done about it; `sentence` heads it."""
    return Card(render("task/one", f=facts, sentence=sentence), _doing(facts))


def handed_over(facts: TaskPage, by: str) -> Card:
    """To who has it now."""
    return Card(render("task/given", f=facts, by=by), (_answer(facts.row), _open(facts.row)))


def moved(facts: TaskPage, by: str) -> Card:
    """To who does it: another last day."""
    return Card(render("task/moved", f=facts, by=by), (_answer(facts.row), _open(facts.row)))


def reported(facts: TaskPage, by: str, update: TaskUpdate) -> Card:
    """To who took it: what its owner said."""
    return Card(render("task/reported", f=facts, by=by, u=update), (_open(facts.row),))


def reminder(row: TaskRow, unit: Unit) -> Card:
    """A week before, on the last day, and when it is over."""
    return Card(render("task/reminder", row=row, unit=unit), (_answer(row), _open(row)))


def _doing(facts: TaskPage) -> Rows:
    stored = facts.row.stored
    key = facts.row.plan.key
    back = (
        Button("« Các nhiệm vụ", f"task:list:{key}:{facts.unit.id}:{facts.year}:0"),
        HOME,
    )
    if stored is None:
        data = f"{key}:{facts.row.position}:{facts.unit.id}:{facts.year}"
        take = ((Button("📌 Nhận nhiệm vụ", f"task:take:{data}"),),) if facts.may_lead else ()
        return (*take, back)
    files = sum(event.files for event in facts.events)
    show_files: Rows = (
        ((Button(f"📎 Tệp kèm ({files})", f"task:files:{stored.id}"),),) if files else ()
    )
    if stored.state is not TaskState.OPEN:
        again = ((Button("↩️ Mở lại", f"task:again:{stored.id}"),),) if facts.may_lead else ()
        return (*show_files, *again, back)
    work: Rows = (
        (
            _answer(facts.row),
            (
                Button("✍️ Báo tiến độ", f"task:progress:{stored.id}"),
                Button("🚫 Không thực hiện", f"task:dropped:{stored.id}"),
            ),
        )
        if facts.may_work
        else ()
    )
    lead: Rows = (
        (
            (
                Button("👤 Giao cho…", f"task:give:{stored.id}"),
                Button("📅 Đổi hạn", f"task:move:{stored.id}"),
            ),
        )
        if facts.may_lead
        else ()
    )
    return (*work, *lead, *show_files, back)


def _answer(row: TaskRow) -> tuple[Button, ...]:
    return (Button("✅ Đã xong, báo kết quả", f"task:done:{row.stored.id if row.stored else 0}"),)


def _open(row: TaskRow) -> tuple[Button, ...]:
    return (Button("📌 Xem nhiệm vụ", f"task:open:{row.stored.id if row.stored else 0}"),)


def _opens(row: TaskRow, unit: Unit, year: int) -> str:
    if row.stored:
        return f"task:open:{row.stored.id}"
    return f"task:new:{row.plan.key}:{row.position}:{unit.id}:{year}"


def _across(facts: OwnTasks, title: str, data: str, nothing: str) -> Card:
    first = facts.page * PER_PAGE + 1
    text = render("task/across", f=facts, title=title, nothing=nothing, first=first)
    numbers = [
        Button(str(n), f"task:open:{row.stored.id if row.stored else 0}")
        for n, (row, _) in enumerate(facts.rows, first)
    ]
    pages = facts.page + 1 + facts.more
    back = Button("« Nhiệm vụ kế hoạch", "task:all")
    turned = turn(data, facts.page, pages)
    download = _download(facts.rows, data.removeprefix("task:"))
    return Card(text, (*grid(numbers, 4), *turned, *download, (back, HOME)))


def _download(rows: Sequence[object], which: str) -> Rows:
    """All of a list as xlsx, where it has rows."""
    return ((Button("📥 Tải xlsx", f"task:x:{which}"),),) if rows else ()


def turn(data: str, number: int, pages: int) -> Rows:
    """Before and after, where there is any."""
    buttons = [Button("‹ Trước", f"{data}:{number - 1}")] if number else []
    buttons += [Button("Tiếp ›", f"{data}:{number + 1}")] if number + 1 < pages else []
    return (tuple(buttons),) if buttons else ()
