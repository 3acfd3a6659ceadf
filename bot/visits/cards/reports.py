"""Cards about reports: the receipt, one report to read, what to do with a loose message."""

from collections.abc import Sequence

from bot.core.card import Button, Card, Rows
from bot.core.labels import FLAGS, VISIT_KINDS, TopicWords, place_on_checklist
from bot.core.rendering import on_button, render
from bot.core.rules.calendar import Week
from bot.visits.cards import report_notes as note_cards
from bot.visits.cards.visits import (
    fix_button,
    minutes,
    report_button,
    requests_rows,
    to_report_label,
)
from bot.visits.facts.agreements import agreements_of
from bot.visits.facts.report_fields import officer_lines
from bot.visits.facts.visits import ReportFacts, Submitted
from storage.enums import UnitKind
from storage.models import Unit, Visit


def receipt(submitted: Submitted) -> Card:
    """The report is in; what looks thin is said kindly."""
    text = render(
        "visit/receipt",
        site=submitted.site,
        report=submitted.report,
        late=submitted.visit.late,
        cases=[
            (case.code, None if case.settled_at else case.settle_by) for case in submitted.cases
        ],
        troubles=submitted.troubles,
        files=submitted.files,
        alerted=submitted.alert_id is not None,
        requests=submitted.requests,
        thin=any(flag in FLAGS and flag != "quick" for flag in submitted.report.flags),
    )
    fix = fix_button(submitted.visit)
    quick = Button("📝 Lập báo cáo nhanh", f"alert:report:{submitted.alert_id}")
    case_buttons = case_rows(submitted.visit.id or 0, submitted.troubles, submitted.topic_words)
    recruiting = recruitment_row(submitted.site)
    did = requests_rows(submitted.visit.id or 0, submitted.requests)
    rows = (*did, *case_buttons, *recruiting, (fix, Button("« Trang chính", "home")))
    return Card(text, (((quick,), *rows) if submitted.alert_id else rows))


def receipt_words(submitted: Submitted) -> str:
    """The same in a line or two, for the page that a phone keeps."""
    codes = ", ".join(case.code for case in submitted.cases)
    parts = (
        "Tính là báo cáo trễ." if submitted.visit.late else "",
        f"Đã ghi nhận {len(submitted.cases)} kiến nghị: {codes}." if codes else "",
        "Báo cáo có dấu hiệu căng thẳng, hệ thống đã phát cảnh báo. Đề nghị đồng chí điện thoại "
        "báo lãnh đạo phụ trách."
        if submitted.alert_id
        else "",
    )
    return " ".join(part for part in parts if part)


def recruitment_row(site: Unit) -> Rows:
    """From a report on an enterprise without a union to its way to one."""
    if site.kind is not UnitKind.ENTERPRISE:
        return ()
    return ((Button("🌱 Phát triển đoàn viên", f"rec:site:{site.id}"),),)


def case_rows(visit_id: int, troubles: Sequence[str], words: TopicWords) -> Rows:
    """A button for each topic in trouble, making a case of it."""
    return tuple(
        (
            Button(
                on_button(f"➕ Lập kiến nghị: {words[topic][0] if topic in words else topic}"),
                f"report:case:{visit_id}:{topic}",
            ),
        )
        for topic in troubles
    )


def detail(facts: ReportFacts) -> Card:
    """A report as its officer reads it again."""
    report, words = facts.report, facts.topic_words
    topics = sorted(facts.topics, key=lambda t: place_on_checklist(words, t.topic))
    text = render(
        "visit/report",
        site=facts.site,
        report=report,
        kind=VISIT_KINDS.get(report.kind, report.kind),
        good=[words.get(t.topic, ("", t.topic))[1] for t in topics if not t.trouble],
        troubles=[(words.get(t.topic, ("", t.topic))[1], t.words) for t in topics if t.trouble],
        lines=officer_lines(report),
        agreed=[agreement.words for agreement in agreements_of(report.agreements)],
        files=facts.files,
        quick=FLAGS["quick"] if "quick" in report.flags else "",
        notes=note_cards.lines(facts.notes),
        requests=facts.requests,
    )
    answer = Button("↩️ Trả lời lãnh đạo", f"rn:answer:{report.visit_id}")
    back = Button("« Quay lại", f"visit:open:{report.visit_id}")
    case_buttons = case_rows(report.visit_id, facts.troubles, words)
    answering = ((answer,),) if facts.notes and facts.may_answer else ()
    did = requests_rows(report.visit_id, facts.requests)
    return Card(text, (*answering, *did, *case_buttons, (minutes(report),), (back,)))


def to_report(visits: Sequence[tuple[Visit, Unit]], now_in: Week) -> Card:
    """Which visit is to be reported? `now_in`: the present week."""
    text = render("visit/which")
    rows = tuple(
        (report_button(visit, to_report_label(visit, site, now_in)),) for visit, site in visits
    )
    return Card(text, (*rows, (Button("➕ Ngoài kế hoạch", "report:unplanned"),)))
