"""Cards of targets: a unit's, one target, the units below, what is declared and decided."""

from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import number, render
from bot.summaries.cards import target_words as words
from bot.summaries.facts.targets import (
    PlansWithTargets,
    SplitPreview,
    TargetLine,
    TargetPage,
    UnitsOfTarget,
    UnitTargets,
)
from bot.summaries.rules.targets import Pace
from storage.models import Declaration, Unit

HOME = Button("🏠 Trang chính", "home")
MOST_IN_PREVIEW = 40
NO_PICTURE = "Chưa có số liệu để vẽ nội dung này."
PACES = (
    (Pace.BEHIND, "chậm"),
    (Pace.ON, "kịp tiến độ"),
    (Pace.UNKNOWN, "chưa có số liệu"),
    (Pace.NOT_SET, "chưa giao số"),
    (Pace.NOTHING, "chưa phát sinh"),
)


def overview(facts: PlansWithTargets) -> Card:
    """/chitieu: the plans with targets of one's unit."""
    plans = [
        Button(f"🎯 {plan.short}", f"tgt:plan:{plan.key}:{facts.unit.id}:{facts.day.year}")
        for plan, _, _ in facts.plans
    ]
    return Card(render("target/overview", f=facts), (*grid(plans, 1), (HOME,)))


def unit(facts: UnitTargets) -> Card:
    """A unit's targets of one plan, with what is reached of each."""
    key, unit_id = facts.plan.key, facts.unit.id
    numbers = [
        Button(str(n), f"tgt:one:{key}:{line.position}:{unit_id}:{facts.year}")
        for n, line in enumerate(facts.lines, 1)
    ]
    years = tuple(
        Button(f"Năm {year}", f"tgt:plan:{key}:{unit_id}:{year}")
        for year in (facts.this_year - 1, facts.this_year, facts.this_year + 1)
        if year != facts.year
    )
    text = render("target/unit", f=facts, w=words, marks=words.MARKS)
    back = (Button("« Kế hoạch", f"plan:open:{key}:0"), Button("🎯 Chỉ tiêu", "tgt:list"))
    return Card(text, (*grid(numbers, 4), years, back, (HOME,)))


def target_card(facts: TargetPage, sentence: str = "") -> Card:
    """One target of one unit: all about it, and what can be done."""
    line = facts.line
    at = _at(line)
    rows: list[tuple[Button, ...]] = []
    if facts.decides:
        rows.append(
            (
                Button("✅ Chấp nhận", f"tgt:ok:{facts.decides}"),
                Button("↩️ Trả lại", f"tgt:back:{facts.decides}"),
            )
        )
    if facts.may_declare:
        rows.append((Button("✍️ Khai kết quả", f"tgt:tell:{at}"),))
    if facts.declared and facts.declared[0].stored.files:
        stored = facts.declared[0].stored
        rows.append((Button(f"📎 Tệp kèm ({len(stored.files)})", f"tgt:files:{stored.id}"),))
    if line.target.counts == "members_gained" and line.wanted and line.reached:
        rows.append((Button("🖼 Biểu đồ", f"tgt:pic:{at}"),))
    if facts.below:
        rows.append((Button(f"🏢 Các đơn vị ({facts.below})", f"tgt:units:{at}:0"),))
    if facts.may_split:
        rows.append((Button("➗ Chia cho các đơn vị", f"tgt:split:{at}"),))
    if facts.may_set:
        rows.append((Button("✏️ Đặt số khác", f"tgt:set:{at}"),))
    back = Button("« Các chỉ tiêu", f"tgt:plan:{line.plan.key}:{line.unit.id}:{line.year}")
    text = render(
        "target/one",
        f=facts,
        line=line,
        w=words,
        marks=words.MARKS,
        sentence=sentence,
    )
    return Card(text, (*rows, (back, HOME)))


def units(facts: UnitsOfTarget, sentence: str = "") -> Card:
    """One target at the units below: those that lag first; a number opens one."""
    whole = facts.whole
    first = facts.page * 8 + 1
    numbers = [Button(str(n), f"tgt:one:{_at(line)}") for n, line in enumerate(facts.lines, first)]
    counts = [(facts.counts[pace], words_) for pace, words_ in PACES if facts.counts.get(pace)]
    text = render(
        "target/units",
        f=facts,
        line=whole,
        counts=counts,
        first=first,
        w=words,
        marks=words.MARKS,
        sentence=sentence,
    )
    turn = [
        Button(label, f"tgt:units:{_at(whole)}:{page}")
        for label, page in (("‹ Trước", facts.page - 1), ("Tiếp ›", facts.page + 1))
        if 0 <= page < facts.pages
    ]
    turning: Rows = (tuple(turn),) if turn else ()
    back = (Button("« Chỉ tiêu này", f"tgt:one:{_at(whole)}"), HOME)
    return Card(text, (*grid(numbers, 4), *turning, back))


def preview(facts: SplitPreview) -> Card:
    """What each unit would get; nothing is set yet."""
    at = f"{facts.position}:{facts.unit.id}:{facts.year}"
    confirm = Button(
        f"✅ Giao {number(len(facts.parts))} đơn vị",
        f"tgt:give:{facts.place}:{at}:{facts.total}:{facts.stamp}",
    )
    other = Button("✏️ Số khác", f"tgt:split:{facts.plan.key}:{at}")
    drop = Button("« Không giao", f"tgt:one:{facts.plan.key}:{at}")
    text = render(
        "target/preview",
        f=facts,
        parts=facts.parts[:MOST_IN_PREVIEW],
        more=max(0, len(facts.parts) - MOST_IN_PREVIEW),
        total=words.measured(facts.target, facts.total),
        w=words,
    )
    return Card(text, ((confirm,), (other, drop)))


def assigned(facts: SplitPreview, to: Unit, value: int, by: str) -> Card:
    """To whoever leads a unit: it has a number now."""
    text = render(
        "target/given", f=facts, unit=to, amount=words.measured(facts.target, value), by=by
    )
    at = f"{facts.plan.key}:{facts.position}:{to.id}:{facts.year}"
    return Card(text, ((Button("🎯 Xem chỉ tiêu", f"tgt:one:{at}"),),))


def to_decide(facts: TargetPage, by: str) -> Card:
    """To the level above: a result was declared."""
    text = render("target/to_decide", line=facts.line, d=facts.declared[0], w=words, by=by)
    return Card(text, ((Button("📂 Xem và quyết định", f"tgt:one:{_at(facts.line)}"),),))


def decided(facts: TargetPage, row: Declaration, by: str) -> Card:
    """To whoever declared: accepted, or sent back and why."""
    text = render("target/decided", line=facts.line, row=row, w=words, by=by)
    return Card(text, ((Button("🎯 Xem chỉ tiêu", f"tgt:one:{_at(facts.line)}"),),))


def brief(line: TargetLine) -> str:
    """On the card of the plan: reached, and how that stands to an even pace."""
    if line.reached is None:
        return words.NO_DATA
    standing = words.standing(line)
    mark = words.MARKS[line.pace]
    return f"{mark} {words.reached(line)}{f', {standing}' if standing else ''}"


def _at(line: TargetLine) -> str:
    return f"{line.plan.key}:{line.position}:{line.unit.id}:{line.year}"
