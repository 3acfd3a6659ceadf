"""The board of reports: groups, one group, one unit; every card leads back."""

from collections.abc import Sequence

from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import day, number, on_button, render
from bot.summaries.facts.board import BoardFacts, BoardRow, GroupLine, GroupsFacts, UnitFacts
from bot.summaries.rules.board import MISSING, NEVER_SENT, ORDER, Standing
from bot.visits.facts.overview import ListPage
from storage.enums import Outcome

HOME = Button("🏠 Trang chính", "home")
OWN = Button("✍️ Báo cáo đơn vị phải nộp", "sum:list")
MARKS = {
    Standing.LATE: "🔴",
    Standing.NOT_BEGUN: "⚪️",
    Standing.WRITING: "✍️",
    Standing.RETURNED: "↩️",
    Standing.SENT: "📨",
    Standing.ACCEPTED: "✅",
    Standing.EXCUSED: "➖",
}
WORDS = {
    Standing.LATE: "trễ hạn, chưa gửi",
    Standing.NOT_BEGUN: "chưa lập báo cáo",
    Standing.WRITING: "đang viết",
    Standing.RETURNED: "đã trả lại",
    Standing.SENT: "đã gửi, chờ xem xét",
    Standing.ACCEPTED: "đã tiếp nhận",
    Standing.EXCUSED: "được miễn",
}
OUTCOMES = {
    Outcome.UNDECIDED: "chờ xem xét",
    Outcome.ACCEPTED: "đã tiếp nhận",
    Outcome.RETURNED: "đã trả lại",
}


def choice() -> Card:
    """For somebody who both owes reports and receives them."""
    rows = ((OWN,), (Button("📥 Báo cáo các đơn vị gửi đến", "board:groups:0"),), (HOME,))
    return Card(render("board/choice"), rows)


def nothing() -> Card:
    """Nothing is owed by one's own units, and nothing to them."""
    return Card(render("board/nothing"), ((HOME,),))


def groups(facts: GroupsFacts) -> Card:
    """Reports that units owe, each opening its board."""
    first = facts.page.number * 10 + 1
    text = render("board/groups", f=facts, lines=[_line(line) for line in facts.lines], first=first)
    opened = [
        Button(
            f"{n}. {_beginning(line.title)} · {day(line.due_before)}",
            f"board:open:{line.obligation_id}:0",
        )
        for n, line in enumerate(facts.lines, first)
    ]
    own = ((OWN,),) if facts.owes else ()
    rows = (*grid(opened, 1), *_pages("board:groups", facts.page), *own, (HOME,))
    return Card(text, rows)


def _beginning(title: str) -> str:
    """Its first words: many titles begin alike, so a button ends with the day."""
    return title if len(title) <= 20 else title[:20].rsplit(" ", 1)[0] + "…"


def _line(line: GroupLine) -> tuple[GroupLine, str]:
    counts = ((line.undecided, "có báo cáo chờ xem xét"), (line.late, "trễ hạn"))
    more = [f"{number(count)} đơn vị {words}" for count, words in counts if count]
    return line, ", ".join([f"{number(line.sent)}/{number(line.units)} đơn vị đã gửi", *more])


def board(facts: BoardFacts) -> Card:
    """One report: the counts, then the units, the most pressing first."""
    first = facts.page.number * 10 + 1
    counts = [
        (MARKS[standing], number(facts.counts[standing]), WORDS[standing])
        for standing in ORDER
        if facts.counts.get(standing)
    ]
    lines = [(MARKS[row.standing], row, words(row)) for row in facts.rows]
    text = render("board/board", f=facts, counts=counts, lines=lines, first=first)
    back = facts.page.number
    opened = [
        Button(on_button(f"{n}. {row.unit}"), f"board:unit:{row.obligation_id}:{back}")
        for n, row in enumerate(facts.rows, first)
    ]
    pages = _pages(f"board:open:{facts.obligation_id}", facts.page)
    download = Button("📥 Tải xlsx", f"board:x:{facts.obligation_id}")
    return Card(text, (*grid(opened, 2), *pages, (download,), *_acts(facts)))


def _acts(facts: BoardFacts) -> Rows:
    key = facts.obligation_id
    rows: list[tuple[Button, ...]] = []
    if facts.reminds and facts.missing:
        label = f"🔔 Nhắc {number(facts.missing)} đơn vị chưa gửi"
        rows.append((Button(label, f"obl:remindall:{key}"),))
    files = [Button("📄 Tổng hợp (docx)", f"paper:all:docx:{key}")]
    files.append(Button("📊 Tổng hợp (xlsx)", f"paper:all:xlsx:{key}"))
    files.append(Button("📕 Tổng hợp (pdf)", f"paper:all:pdf:{key}"))
    if not facts.whole:  # one paper over all units is the receiver's
        files = []
    if facts.has_questions:
        files = [Button("📊 Bảng trả lời (xlsx)", f"board:answers:{key}")]
    rows += grid(files, 2)
    if facts.targets_of:
        data = f"tgt:plan:{facts.targets_of}:{facts.receiver_id}:{facts.year}"
        rows.append((Button("🎯 Chỉ tiêu của các đơn vị", data),))
    if facts.receives and facts.missing:
        rows.append((Button("📅 Đổi hạn", f"obl:move:{key}"),))
    rows.append((Button("« Các báo cáo", "board:groups:0"), HOME))
    return tuple(rows)


def words(row: BoardRow) -> str:
    """Where a unit stands, in words: "đang viết 2/4 mục", "đã gửi, trễ hạn"."""
    text = WORDS[row.standing]
    if row.standing in (Standing.WRITING, Standing.LATE) and row.needed and row.done:
        text = f"{text} (đã viết {row.done}/{row.needed} mục)"
    elif row.standing is Standing.WRITING:
        text = f"{text} {row.done}/{row.needed} mục"
    text = f"{text}, trễ hạn" if row.late else text
    text = f"{text}, 🎯 chậm {number(row.targets_behind)} chỉ tiêu" if row.targets_behind else text
    return f"{text}, ⚠️ số liệu cần xem lại" if row.doubtful else text


def unit(facts: UnitFacts) -> Card:
    """One unit: what is written, what was sent, what looks wrong; then the decisions."""
    versions = [(v, OUTCOMES.get(v.outcome, v.outcome)) for v in facts.versions]
    text = render(
        "board/unit",
        f=facts,
        state=words(facts.row),
        mark=MARKS[facts.row.standing],
        versions=versions,
        counting=facts.row.standing is Standing.SENT,
    )
    return Card(text, _unit_rows(facts))


def _unit_rows(facts: UnitFacts) -> Rows:
    row, key = facts.row, facts.row.obligation_id
    rows: list[tuple[Button, ...]] = []
    if facts.receives and row.standing is Standing.SENT:
        data = f"{key}:{row.version}:{facts.back}"
        mark = "⚠️ " if facts.doubts else "✅ "
        rows.append(
            (
                Button(f"{mark}Tiếp nhận", f"board:accept:{data}"),
                Button("↩️ Trả lại", f"sum:return:{key}:{row.version}"),
            )
        )
    look = "📝 Xem câu trả lời" if facts.has_questions else "📝 Xem nội dung, số liệu"
    rows.append((Button(look, f"sum:open:{key}"),))
    rows += _papers(facts)
    if facts.reminds and row.standing in MISSING:
        chase = [Button("🔔 Nhắc đơn vị", f"obl:remind:{key}")]
        if facts.receives and row.standing in NEVER_SENT:
            chase.append(Button("➖ Miễn báo cáo", f"obl:excuse:{key}"))
        rows.append(tuple(chase))
    if facts.receives and row.standing is Standing.EXCUSED and facts.excused_by:
        rows.append((Button("↩️ Hủy miễn", f"obl:owe:{key}"),))
    rows.append((Button("« Quay lại", f"board:open:{key}:{facts.back}"), HOME))
    return tuple(rows)


def _papers(facts: UnitFacts) -> list[tuple[Button, ...]]:
    key = facts.row.obligation_id
    sent = [
        Button(f"📄 Bản {v.number} (docx)", f"paper:v:{key}:{v.number}") for v in facts.versions[:3]
    ]
    tables = Button("📊 Số liệu (xlsx)", f"paper:xlsx:{key}")
    if not sent:
        return [(Button("📄 Bản hiện nay (docx)", f"paper:docx:{key}"), tables)]
    return [*grid(sent, 2), (tables,)]


def brief(lines: Sequence[GroupLine]) -> Card | None:
    """The receiver's part of the home card: what is near or late, nothing else."""
    if not lines:
        return None
    text = render("board/brief", lines=[_line(line) for line in lines])
    return Card(text, ((Button("📥 Báo cáo các đơn vị", "board:groups:0"),),))


def _pages(where: str, page: ListPage) -> Rows:
    turn = []
    if page.number:
        turn.append(Button("‹ Trước", f"{where}:{page.number - 1}"))
    if page.more:
        turn.append(Button("Tiếp ›", f"{where}:{page.number + 1}"))
    return (tuple(turn),) if turn else ()
