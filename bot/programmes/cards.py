"""The plans: which there are, what one asks for, who does what in it."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from bot.core.card import Button, Card, Rows
from bot.core.rendering import day, number, render
from bot.core.rules.programmes import ReportDue, Target
from bot.programmes.facts import PlanFacts

PAGE_SIZE = 2600  # letters below the heading, which is bounded by what a plan may hold
EACH = 6  # what surrounds a line
LINE = 600

Line = tuple[str, str]  # heading and words
Group = tuple[str, list[str]]


def listed(plans: Sequence[PlanFacts]) -> Card:
    """Every active plan, with a button each."""
    rows = tuple((Button(f"📘 {f.plan.short}", f"plan:open:{f.plan.key}:0"),) for f in plans)
    home = (Button("🏠 Trang chính", "home"),)
    return Card(render("programme/list", plans=plans), (*rows, home))


def plan(facts: PlanFacts, page: int) -> Card:
    """One plan: who, when, targets, reports, months, topics. Pages from 0."""
    pages = _paged(list(_lines(facts)))
    current = min(page, len(pages) - 1)
    text = render(
        "programme/plan",
        f=facts,
        p=facts.plan,
        groups=pages[current],
        page=current,
        pages=len(pages),
    )
    key = facts.plan.key
    tasks = Button(f"📋 Toàn bộ nhiệm vụ ({len(facts.plan.tasks)})", f"plan:tasks:{key}:0")
    trouble = Button("🆘 Nêu khó khăn", f"diff:new:{key}")
    own = Button("📌 Nhiệm vụ của đơn vị", f"task:list:{key}:0:0:0")
    goals = Button("🎯 Chỉ tiêu của đơn vị", f"tgt:plan:{key}:0:0")
    return Card(
        text,
        (
            *_turn(f"plan:open:{key}", current, len(pages)),
            *(((own,),) if facts.plan.tasks else ()),
            *(((goals,),) if facts.progress else ()),
            (Button("📄 Kế hoạch của đơn vị", f"uplan:open:{key}:0"),),
            *(((trouble,),) if facts.may_raise else ()),
            *(((tasks,),) if facts.plan.tasks else ()),
            (Button("« Các kế hoạch", "plan:list"),),
        ),
    )


def tasks(facts: PlanFacts, page: int) -> Card:
    """The plan's tasks under the departments that have them. Pages from 0."""
    departments = list(dict.fromkeys(task.department for task in facts.plan.tasks))
    ordered = sorted(facts.plan.tasks, key=lambda task: departments.index(task.department))
    lines = [(t.department, f"{t.number}. {t.text} (mục {t.source})") for t in ordered]
    pages = _paged(lines)
    current = min(page, len(pages) - 1)
    text = render(
        "programme/tasks", p=facts.plan, groups=pages[current], page=current, pages=len(pages)
    )
    back = (Button("« Quay lại", f"plan:open:{facts.plan.key}:0"),)
    return Card(text, (*_turn(f"plan:tasks:{facts.plan.key}", current, len(pages)), back))


def _lines(facts: PlanFacts) -> Iterator[Line]:
    plan = facts.plan
    for name in facts.units:
        yield "Đơn vị thực hiện", name
    for target in plan.targets:
        yield _targets_of(facts), f"{_target(target)}{_reached(facts, target)}"
    for report in plan.reports:
        yield "Báo cáo", _report(report)
    if plan.campaign_months:
        yield "Tháng cao điểm", ", ".join(f"tháng {month}" for month in plan.campaign_months)
    topics = [facts.topic_words[topic.key][1] for topic in plan.topics]
    for words in _joined(topics):
        yield "Nội dung nắm khi đi cơ sở", words


def _joined(words: Sequence[str]) -> Iterator[str]:
    """Short words as one line, or as a few where there are many."""
    line = ""
    for each in words:
        if line and len(line) + len(each) > LINE:
            yield line
            line = ""
        line = f"{line}; {each}" if line else each
    if line:
        yield line


def _targets_of(facts: PlanFacts) -> str:
    """Whose results stand beside the targets, as of which day."""
    progress = facts.progress
    if progress is None or not progress.lines:
        return "Chỉ tiêu"
    return f"Chỉ tiêu; thực hiện của {progress.unit} đến {day(progress.day)}"


def _reached(facts: PlanFacts, target: Target) -> str:
    words = facts.progress.lines.get(target.key) if facts.progress else None
    return f" → {words}" if words else ""


def _target(target: Target) -> str:
    """At least so much; "at least 100%" would be odd."""
    gap = "" if target.measure == "%" else " "
    amount = f"{number(target.value)}{gap}{target.measure}"
    least = "" if (target.value, target.measure) == (100, "%") else "ít nhất "
    years = f"{covered_years}, " if (covered_years := years_of(target)) else ""
    return f"{target.text}: {least}{amount} ({years}mục {target.source})"


def years_of(target: Target) -> str:
    """The years that a target spans, in words; "" where the plan names none."""
    first, last = target.first_year, target.last_year
    if first and last:
        return f"{first}–{last}"
    return f"đến năm {last}" if last else f"từ năm {first}" if first else ""


def _report(report: ReportDue) -> str:
    (due, month), (d1, m1), (d2, m2) = report.before, report.first, report.last
    return (
        f"{report.title}: trước ngày {_day(due, month)} hằng năm, "
        f"số liệu từ {_day(d1, m1)} đến {_day(d2, m2)} (mục {report.source})"
    )


def _day(of_month: int, month: int) -> str:
    return f"{of_month:02}/{month:02}"


def _paged(lines: Sequence[Line]) -> list[list[Group]]:
    """Lines under their headings, as many to a page as fit; at least one page."""
    pages: list[list[Line]] = [[]]
    size = 0
    for line in lines:
        length = sum(len(escape(part)) for part in line) + EACH
        if pages[-1] and size + length > PAGE_SIZE:
            pages.append([])
            size = 0
        pages[-1].append(line)
        size += length
    return [
        [(head, [words for _, words in grouped]) for head, grouped in groupby(page, lambda x: x[0])]
        for page in pages
    ]


def _turn(data: str, page: int, pages: int) -> Rows:
    buttons = [Button("‹ Trước", f"{data}:{page - 1}")] if page else []
    buttons += [Button("Tiếp ›", f"{data}:{page + 1}")] if page + 1 < pages else []
    return (tuple(buttons),) if buttons else ()
