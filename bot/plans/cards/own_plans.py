"""Cards of units' own plans, and of what stands in a plan's way."""

from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import render
from bot.core.rules.programmes import Programme
from bot.plans.cards.tasks import HOME, PER_PAGE, turn
from bot.plans.facts.own_plans import OwnPlan, PlanlessUnits, SentDifficulty
from storage.models import Case, Unit


def page(facts: OwnPlan, sentence: str = "") -> Card:
    """A unit's own plan, and how many of those below have one."""
    key, unit, stored = facts.plan.key, facts.unit.id, facts.stored
    label = "✏️ Ghi lại kế hoạch" if stored else "✍️ Ghi nhận kế hoạch"
    register: Rows = ((Button(label, f"uplan:new:{key}:{unit}"),),) if facts.may_register else ()
    with_files: Rows = (
        ((Button(f"📎 Tệp kèm ({len(stored.files)})", f"uplan:files:{stored.id}"),),)
        if stored and stored.files
        else ()
    )
    units: Rows = (
        ((Button(f"🏢 Các đơn vị ({facts.registered}/{facts.units})", f"uplan:units:{key}:0"),),)
        if facts.units > 1
        else ()
    )
    back = (Button("« Kế hoạch", f"plan:open:{key}:0"), HOME)
    text = render("own_plan/one", f=facts, sentence=sentence)
    return Card(text, (*register, *with_files, *units, back))


def units(facts: PlanlessUnits) -> Card:
    """Which units have registered theirs; a number opens one."""
    first, key = facts.page * PER_PAGE + 1, facts.plan.key
    numbers = [
        Button(str(n), f"uplan:open:{key}:{unit.id}")
        for n, (unit, _) in enumerate(facts.rows, first)
    ]
    text = render("own_plan/units", f=facts, first=first)
    back = (Button("« Kế hoạch", f"plan:open:{key}:0"), HOME)
    return Card(
        text, (*grid(numbers, 4), *turn(f"uplan:units:{key}", facts.page, facts.pages), back)
    )


def text_of(plan: Programme, unit: Unit, words: str) -> str:
    """What the case says: which plan, which unit, what stands in the way."""
    return f"Khó khăn khi thực hiện kế hoạch “{plan.short}” tại {unit.name}: {words}"


def difficulty(plan: Programme, case: Case, unit: Unit, author: str) -> Card:
    """To the department that the plan names."""
    text = render("own_plan/difficulty", p=plan, case=case, unit=unit, author=author)
    return Card(text, ((Button("📂 Mở kiến nghị", f"case:open:{case.id}"),),))


def difficulty_sent(sent: SentDifficulty) -> Card:
    """The receipt: where it went, who was told, whom to call."""
    text = render("own_plan/sent", s=sent)
    follow = (Button("📋 Theo dõi", f"ask:open:{sent.case.id}"),)
    return Card(text, (follow, (Button("« Kế hoạch", f"plan:open:{sent.plan.key}:0"), HOME)))
