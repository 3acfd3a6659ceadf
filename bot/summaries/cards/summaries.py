"""The page of a summary, for those who write and those who receive, and what leads to it."""

from collections.abc import Sequence

from bot.core.card import Button, Card, Rows, grid
from bot.core.rendering import brief, capital, moment, on_button, render
from bot.core.rules.calendar import local
from bot.summaries.facts.summaries import OwedLine, SectionFacts, SummaryFacts
from bot.summaries.rules.summaries import Section
from storage.enums import Outcome, SummaryState

LIST = Button("« Các báo cáo", "sum:list")
HOME = Button("🏠 Trang chính", "home")
ON_HOME = 3
NEAR = 45
"""Days before the deadline from which the home card names a report."""
STATES = {
    SummaryState.WRITING: "✍️ Đang viết",
    SummaryState.SENT: "📨 Đã gửi, chờ tiếp nhận",
    SummaryState.RETURNED: "↩️ Trả lại để bổ sung",
    SummaryState.ACCEPTED: "✅ Đã được tiếp nhận",
}
OUTCOMES = {
    Outcome.UNDECIDED: "⏳ chờ xem xét",
    Outcome.ACCEPTED: "✅ đã tiếp nhận",
    Outcome.RETURNED: "↩️ đã trả lại",
}


def page(facts: SummaryFacts, written: str = "") -> Card:
    """How far it is, and everything that can be done about it. `written`: the part just written."""
    is_request = facts.obligation.request_id is not None
    text = render(
        "summary/page",
        f=facts,
        late_words=_late(facts) if facts.editable else "",
        left=_left(facts.days_left) if facts.editable else "",
        state=_state(facts),
        parts="Câu hỏi" if is_request else "Phần đơn vị viết",
        is_request=is_request,
        lines=[
            (_mark(section_facts), section_facts, _who(section_facts))
            for section_facts in facts.sections
        ],
        corrected=len(facts.paper.corrections),
        written=section_facts.section.short if (section_facts := facts.section(written)) else "",
    )
    rows = (*_decide(facts), *_parts(facts), *_papers(facts), *_send(facts), _leave(facts))
    return Card(text, rows)


def _leave(facts: SummaryFacts) -> tuple[Button, ...]:
    """A list of one report leads nowhere."""
    if facts.may_receive and not facts.mine:
        return (_board(facts), HOME)
    return (LIST, HOME) if facts.several else (HOME,)


def _parts(facts: SummaryFacts) -> Rows:
    buttons = [
        Button(_short(section_facts), _to(facts, section_facts.section))
        for section_facts in facts.sections
    ]
    if facts.takes_proposals:
        label = f"📮 VI. Đề xuất ({len(facts.proposals)})"
        buttons.append(Button(label, f"sum:props:{facts.id}"))
    if facts.paper.figures:
        buttons.append(Button("📊 Số liệu", f"sum:figs:{facts.id}"))
        buttons.append(Button("📎 Phụ lục", f"sum:annex:{facts.id}"))
    return grid(buttons, 2)


def _short(section_facts: SectionFacts) -> str:
    """Two labels stand in a row of a narrow screen: what is not written needs no mark."""
    mark = f"{_mark(section_facts)} " if section_facts.revision else ""
    return on_button(f"{mark}{section_facts.section.short}")


def _papers(facts: SummaryFacts) -> Rows:
    label = "👁 Xem trước (docx)" if facts.editable else "📄 Bản đã gửi (docx)"
    files = (Button("📊 xlsx", f"paper:xlsx:{facts.id}"), Button("📕 pdf", f"paper:pdf:{facts.id}"))
    rows: Rows = ((Button(label, f"paper:docx:{facts.id}"),), files)
    if not facts.versions:
        return rows
    sent = f"🗂 Các bản đã gửi ({len(facts.versions)})"
    return (*rows, (Button(sent, f"sum:vers:{facts.id}"),))


def _send(facts: SummaryFacts) -> Rows:
    if not (facts.may_send and facts.editable):
        return ()
    label = "📨 Gửi thay đơn vị" if _for_the_unit(facts) else "📨 Gửi báo cáo"
    return ((Button(label, f"sum:ask:{facts.id}"),),)


def _for_the_unit(facts: SummaryFacts) -> bool:
    """The receiver sends what the unit does not."""
    return facts.may_receive and not facts.mine


def _decide(facts: SummaryFacts) -> Rows:
    """For the receiver, while a version waits."""
    if not (facts.may_receive and facts.state is SummaryState.SENT and facts.last):
        return ()
    data = f"{facts.id}:{facts.last.number}"
    mark = "⚠️" if facts.doubts else "✅"
    return (
        (
            Button(f"{mark} Tiếp nhận", f"sum:accept:{data}"),
            Button("↩️ Trả lại", f"sum:return:{data}"),
        ),
    )


def confirm(facts: SummaryFacts) -> Card:
    """Before sending: what is missing, what looks wrong, whether it is late."""
    text = render(
        "summary/confirm",
        f=facts,
        missing=names_of(facts.missing),
        late_words=_late(facts),
        instead=_for_the_unit(facts),
        voices=[
            section_facts.section.short for section_facts in facts.sections if section_facts.voices
        ],
        proposals=sum(1 for proposal in facts.proposals if not proposal.case),
        corrected=len(facts.paper.corrections),
    )
    back = Button("« Xem lại", f"sum:open:{facts.id}")
    if facts.missing:
        parts = [
            Button(on_button(f"✍️ {section.short}"), _to(facts, section))
            for section in facts.missing
        ]
        return Card(text, (*grid(parts, 2), (back,)))
    number = len(facts.versions) + 1
    return Card(text, ((Button("📨 Gửi", f"sum:send:{facts.id}:{number}"),), (back,)))


def versions(facts: SummaryFacts) -> Card:
    """Everything that was sent, the newest first, each to be opened as it was."""
    lines = [
        (version, OUTCOMES.get(version.outcome, version.outcome)) for version in facts.versions
    ]
    opened = [
        Button(f"📄 Bản lần {version.number}", f"paper:v:{facts.id}:{version.number}")
        for version in facts.versions[:10]
    ]
    text = render("summary/versions", f=facts, lines=lines)
    return Card(text, (*grid(opened, 2), (back(facts),)))


def listed(owed_reports: Sequence[OwedLine]) -> Card:
    """What the units owe where one's own role sits, the nearest deadline first."""
    nearest = owed_reports[:20]
    lines = [
        (report, _listed_state(report), _left(report.days_left) if report.open else "")
        for report in nearest
    ]
    opened = [
        Button(
            _listed_label(n, report, several=len({report.unit for report in nearest}) > 1),
            f"sum:open:{report.obligation.id}",
        )
        for n, report in enumerate(nearest, 1)
    ]
    return Card(render("summary/list", lines=lines), (*grid(opened, 1), (HOME,)))


def _listed_label(n: int, report: OwedLine, *, several: bool) -> str:
    if several:
        return f"{n}. {brief(report.unit, 30)}, trước {report.obligation.due_before:%d/%m}"
    return f"{n}. Báo cáo trước {report.obligation.due_before:%d/%m/%Y}"


def home(owed_reports: Sequence[OwedLine]) -> Card | None:
    """The part of the home card: what is still to be sent and near; None where nothing is."""
    near = [report for report in owed_reports if report.open and report.days_left <= NEAR]
    if not near:
        return None
    nearest = near[:ON_HOME]
    several = len({report.obligation.unit_id for report in near}) > 1
    text = render(
        "summary/home",
        lines=[(report, _left(report.days_left)) for report in nearest],
        more=len(near) - len(nearest),
        several=several,
    )
    to = f"sum:open:{near[0].obligation.id}" if len(near) == 1 else "sum:list"
    return Card(text, ((Button("📝 Báo cáo đơn vị phải nộp", to),),))


def refused(sentence: str, obligation_id: int) -> Card:
    """A form that came too late; the sentence is ours."""
    return Card(render("case/refused", sentence=sentence), ((_open(obligation_id),),))


def back(facts: SummaryFacts) -> Button:
    return Button("« Báo cáo", f"sum:open:{facts.id}")


def _open(obligation_id: int) -> Button:
    return Button("📝 Mở báo cáo", f"sum:open:{obligation_id}")


def names_of(sections: Sequence[Section]) -> list[str]:
    return [section.short for section in sections]


def _to(facts: SummaryFacts, section: Section) -> str:
    return f"sum:sec:{facts.id}:{section.key}"


def _board(facts: SummaryFacts) -> Button:
    return Button("« Bảng theo dõi", f"board:open:{facts.id}")


def _who(section_facts: SectionFacts) -> str:
    """ "An 10/12": short, for a line of a narrow screen; the section's own card says it in full."""
    return (
        f"{section_facts.author.split(' ')[-1]} {local(section_facts.at):%d/%m}"
        if section_facts.at
        else ""
    )


def _mark(section_facts: SectionFacts) -> str:
    if section_facts.done:
        return "✅"
    return "🎙" if section_facts.voices else "▫️"


def _state(facts: SummaryFacts) -> str:
    words, last = STATES[facts.state], facts.last
    if last is None:
        anything_written = any(section_facts.revision for section_facts in facts.sections)
        return (
            words
            if anything_written or facts.state is not SummaryState.WRITING
            else "▫️ Chưa lập báo cáo"
        )
    times = f" (lần {last.number})" if last.number > 1 else ""
    if facts.editable:
        return f"{words}{times}"
    late = ", trễ hạn" if last.late else ""
    return f"{words}{times}{late} · {last.sent_by} gửi {moment(last.sent_at)}"


def _listed_state(report: OwedLine) -> str:
    if report.obligation.excused_at is not None and report.state is SummaryState.WRITING:
        return "➖ Được miễn"
    written = f"đã viết {report.done}/{report.needed} phần"
    if report.state is SummaryState.WRITING:
        return f"✍️ {capital(written)}"
    if report.open:
        return f"{STATES[report.state]} · {written}"
    return STATES[report.state] + (", trễ hạn" if report.late else "")


def _left(days: int) -> str:
    """`days` until the first late day."""
    if days > 1:
        return f"còn {days} ngày"
    return "hôm nay là ngày cuối" if days == 1 else f"trễ hạn {1 - days} ngày"


def _late(facts: SummaryFacts) -> str:
    return f"Trễ hạn {1 - facts.days_left} ngày" if facts.days_left < 1 else ""
