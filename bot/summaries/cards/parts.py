"""The parts of a summary: a section, its history, proposals, figures by part, annex tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cases.cards.labels import CATEGORIES
from bot.core.card import Button, Card, Rows, grid
from bot.core.labels import RATINGS
from bot.core.rendering import number, on_button, render
from bot.summaries.cards.summaries import back
from bot.summaries.facts.summaries import EditFacts, ProposalFacts, SectionFacts, SummaryFacts
from bot.summaries.rules.figures import PARTS, Sort
from bot.summaries.rules.papers import FigureLine
from bot.summaries.rules.summaries import addressees
from storage.enums import Addressee, Category, Rating

SHOWN_LETTERS = 2500  # letters of a section on its card
EDITS_A_PAGE = 6
NOT_KNOWN = "—"


def section(facts: SummaryFacts, section_facts: SectionFacts) -> Card:
    """What is there, who wrote it and when; adding, replacing, listening."""
    text = render(
        "summary/section",
        f=facts,
        section_facts=section_facts,
        shown=section_facts.text[:SHOWN_LETTERS],
        more=len(section_facts.text) > SHOWN_LETTERS,
    )
    return Card(
        text, (*_writing(facts, section_facts), *_reading(facts, section_facts), (back(facts),))
    )


def _writing(facts: SummaryFacts, section_facts: SectionFacts) -> Rows:
    key = f"{facts.id}:{section_facts.section.key}"
    if not (facts.editable and facts.may_write):
        return ()
    if section_facts.question in ("number", "yes_no"):
        return (
            (
                Button(
                    "✏️ Sửa câu trả lời" if section_facts.done else "✍️ Trả lời", f"sum:write:{key}:r"
                ),
            ),
        )
    buttons = [Button("➕ Viết tiếp" if section_facts.done else "✍️ Viết", f"sum:write:{key}:a")]
    if section_facts.done:
        buttons.append(Button("✏️ Viết lại", f"sum:write:{key}:r"))
    rows = [tuple(buttons)]
    if section_facts.voices:
        rows.insert(0, (Button("⌨️ Ghi tin thoại thành chữ", f"sum:write:{key}:w"),))
        rows.insert(0, (_play(key),))
    return tuple(rows)


def _reading(facts: SummaryFacts, section_facts: SectionFacts) -> Rows:
    key, buttons = f"{facts.id}:{section_facts.section.key}", []
    waiting = section_facts.voices and facts.editable and facts.may_write
    if section_facts.spoken and not waiting:
        buttons.append(_play(key))
    if len(section_facts.text) > SHOWN_LETTERS:
        buttons.append(Button("📖 Đọc cả phần", f"sum:read:{key}:{section_facts.revision}"))
    if section_facts.revision > 1:
        buttons.append(Button("🕘 Các lần sửa", f"sum:hist:{key}:0"))
    return grid(buttons, 2)


def _play(key: str) -> Button:
    return Button("🎧 Nghe tin thoại", f"sum:play:{key}")


def history(facts: SummaryFacts, key: str, edits: Sequence[EditFacts], page: int) -> Card:
    """Every edit, the newest first; each can be read whole."""
    part = edits[page * EDITS_A_PAGE : (page + 1) * EDITS_A_PAGE]
    section_facts = facts.section(key)
    short = section_facts.section.short if section_facts else key
    opened = [
        Button(f"📖 Lần {e.revision}", f"sum:read:{facts.id}:{key}:{e.revision}")
        for e in part
        if e.text
    ]
    turn = []
    if page:
        turn.append(Button("‹ Mới hơn", f"sum:hist:{facts.id}:{key}:{page - 1}"))
    if len(edits) > (page + 1) * EDITS_A_PAGE:
        turn.append(Button("Cũ hơn ›", f"sum:hist:{facts.id}:{key}:{page + 1}"))
    rows = (*grid(opened, 3), *((tuple(turn),) if turn else ()))
    text = render("summary/history", short=short, edits=part)
    return Card(text, (*rows, (Button("« Quay lại", f"sum:sec:{facts.id}:{key}"),)))


# ---- Proposals -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Numbered:
    n: int
    p: ProposalFacts


def proposals(facts: SummaryFacts, removed: str = "") -> Card:
    """Section VI by addressee, each to be taken out again. `removed`: what was just taken out."""
    numbered: dict[Addressee, list[_Numbered]] = {}
    ordered = sorted(facts.proposals, key=lambda p: list(Addressee).index(p.addressee))
    for n, proposal in enumerate(ordered, 1):
        numbered.setdefault(proposal.addressee, []).append(_Numbered(n, proposal))
    groups = [(addressees()[to], entries) for to, entries in numbered.items()]
    rows: list[tuple[Button, ...]] = []
    if facts.editable and facts.may_write:
        rows.append((Button("➕ Thêm đề xuất", f"sum:propose:{facts.id}"),))
        drop = [
            Button(f"🗑 Bỏ {n}", f"sum:unprop:{facts.id}:{proposal.id}")
            for n, proposal in enumerate(ordered[:24], 1)
        ]
        rows += grid(drop, 4)
    text = render("summary/proposals", f=facts, groups=groups, removed=removed)
    return Card(text, (*rows, (back(facts),)))


# ---- Numbers -------------------------------------------------------------------------------


def figures(facts: SummaryFacts) -> Card:
    """The parts that have numbers."""
    parts = [
        (key, PARTS[key], sum(1 for line in facts.paper.lines(key) if line.corrected))
        for key in facts.paper.figures
    ]
    opened = [
        Button(on_button(f"{key}. {title}{f' · ✏️ {n}' if n else ''}"), f"sum:part:{facts.id}:{key}")
        for key, title, n in parts
    ]
    text = render("summary/figures", f=facts, corrected=len(facts.paper.corrections))
    return Card(text, (*grid(opened, 1), (back(facts),)))


def part(facts: SummaryFacts, key: str, note: str = "", doubts: Sequence[str] = ()) -> Card:
    """The numbers of one part with last year's; each opens what it was counted from.

    `note`: what was just done; `doubts`: what it made look wrong.
    """
    lines = facts.paper.known_lines(key)
    rows = tuple(
        (Button(on_button(f"🔎 {_named(line)}"), f"fig:{facts.id}:{line.figure.key}:0"),)
        for line in lines
    )
    last = (Button("« Số liệu", f"sum:figs:{facts.id}"), back(facts))
    others = _others(facts, key)
    fix: Rows = ()
    if facts.editable and facts.may_write:
        fix = ((Button("✏️ Sửa số", f"sum:fixes:{facts.id}:{key}"),),)
    text = _part_text(facts, key, note=note, doubts=doubts)
    return Card(text, (*rows, *fix, *others, last))


def fixing(facts: SummaryFacts, key: str) -> Card:
    """The same numbers, each to be corrected or put back; a row a number, for one thumb."""
    lines = facts.paper.lines(key)
    rows: list[tuple[Button, ...]] = []
    for line in lines:
        figure = line.figure
        if figure.sort is not Sort.SHARE:
            rows.append(
                (Button(on_button(f"✏️ {_named(line)}"), f"sum:fix:{facts.id}:{figure.key}"),)
            )
        if line.corrected:
            label = on_button(f"↩️ Bỏ sửa: {figure.label}")
            rows.append((Button(label, f"sum:unfix:{facts.id}:{figure.key}"),))
    leave = Button("« Quay lại", f"sum:part:{facts.id}:{key}")
    return Card(_part_text(facts, key, fixing=True), (*rows, (leave,)))


def _part_text(
    facts: SummaryFacts,
    key: str,
    *,
    fixing: bool = False,
    note: str = "",
    doubts: Sequence[str] = (),
) -> str:
    rows = [
        (line, _value(line.value), _before(facts, line)) for line in facts.paper.known_lines(key)
    ]
    more = {"fixing": fixing, "note": note, "doubts": doubts}
    return render("summary/part", f=facts, part=key, title=PARTS[key], lines=rows, **more)


def _named(line: FigureLine) -> str:
    sign = "%" if line.figure.measure == "%" and line.value is not None else ""
    return f"{line.figure.label}: {_value(line.value)}{sign}"


def _others(facts: SummaryFacts, key: str) -> Rows:
    """To the part before and the one after."""
    keys = list(facts.paper.figures)
    place = keys.index(key)
    buttons = []
    if place:
        buttons.append(Button(f"‹ {keys[place - 1]}", f"sum:part:{facts.id}:{keys[place - 1]}"))
    if place + 1 < len(keys):
        buttons.append(Button(f"{keys[place + 1]} ›", f"sum:part:{facts.id}:{keys[place + 1]}"))
    return (tuple(buttons),) if buttons else ()


def annex(facts: SummaryFacts) -> Card:
    """The tables: topics, concerns by category, changes of rating."""
    numbers, words = facts.paper.numbers, facts.paper.topics
    text = render(
        "summary/annex",
        f=facts,
        topics=[
            (words.get(key, key), topic_count)
            for key, topic_count in numbers.topics.items()
            if topic_count.guided or topic_count.trouble
        ],
        categories=[
            (CATEGORIES[category][1], numbers.categories[category])
            for category in Category
            if category in numbers.categories and numbers.categories[category].received
        ],
        ratings=[(_move(key), count) for key, count in numbers.ratings.items() if count],
    )
    return Card(text, ((back(facts),),))


def _move(key: str) -> str:
    """ "KHT>HT" in words."""
    before, _, after = key.partition(">")
    first = RATINGS[Rating(before)] if before else "chưa xếp loại"
    return f"{first} → {RATINGS[Rating(after)]}"


def _value(value: int | None) -> str:
    return NOT_KNOWN if value is None else number(value)


def _before(facts: SummaryFacts, line: FigureLine) -> str:
    """Empty where nothing is known of last year at all."""
    return _value(line.before) if facts.paper.before else ""
