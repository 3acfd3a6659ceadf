"""Cards about reminding officers: who would be told what, what came of it, and the reminder."""

from collections.abc import Sequence

from bot.core.card import Button, Card
from bot.core.rendering import brief, render, weekday_marked
from bot.core.rules.calendar import Week, local
from bot.visits.cards.visits import report_button, to_report_label
from bot.visits.facts.nudges import THE_WEEK, Nudge, Nudges
from bot.visits.facts.supervision import Decided
from storage.enums import OPEN_STATUSES

OFFICERS_NAMED, LEFT_OUT_NAMED = 10, 4  # names on a card, and of each kind of those left out
NAME_LENGTH = 60  # letters of a name: however long all of them are, the card is one message
VISITS_NAMED = 6  # of one officer in a message; hardly anybody is given more a week


def reminder(all_nudges: Nudges, nudge: Nudge) -> Card:
    """To the officer: which visits, in one message."""
    text = render("nudge/told", **_words(all_nudges, nudge))
    if len(nudge.visits) == 1:
        visit = nudge.visits[0].visit
        look = Button("Xem lượt đi", f"visit:open:{visit.id}")
        return Card(text, ((report_button(visit), look),))
    week = Week.containing(all_nudges.now)
    return Card(
        text,
        tuple(
            (report_button(late.visit, to_report_label(late.visit, late.site, week)),)
            for late in nudge.visits[:VISITS_NAMED]
        ),
    )


def _words(all_nudges: Nudges, nudge: Nudge) -> dict[str, object]:
    return {
        "leader": all_nudges.sent_by,
        "reader": nudge.officer.name,
        "week": all_nudges.week.label(),
        "is_over": all_nudges.week < Week.containing(all_nudges.now),
        "late": [(late.site.name, _state(all_nudges, late)) for late in nudge.visits][
            :VISITS_NAMED
        ],
    }


def _state(all_nudges: Nudges, late: Decided) -> str:
    visit = late.visit
    if visit.status not in OPEN_STATUSES:
        return "chưa báo cáo"
    return f"hẹn {weekday_marked(visit.day, all_nudges.calendar)}" if visit.day else "chưa hẹn ngày"


def preview(facts: Nudges) -> Card:
    """Who gets which words, before anything is sent."""
    first = facts.to_remind[0] if facts.to_remind else None
    text = render(
        "nudge/preview",
        f=facts,
        rows=[(nudge, _places(nudge), _hour(nudge)) for nudge in facts.to_remind[:OFFICERS_NAMED]],
        more=max(0, len(facts.to_remind) - OFFICERS_NAMED),
        left_out=_left_out(facts),
        only=_only_one(facts),
        **(_words(facts, first) if first else {}),
    )
    go = (Button("📨 Gửi", f"nud:send:{facts.meant.key}"),) if first else ()
    return Card(text, ((*go, _back(facts)),))


def outcome(facts: Nudges) -> Card:
    """How many were told, and who could not be."""
    heard_at = facts.calendar.next_speaking_moment(facts.now)
    text = render(
        "nudge/sent",
        names=[brief(nudge.officer.name, NAME_LENGTH) for nudge in facts.to_remind],
        shown=OFFICERS_NAMED,
        at=heard_at if heard_at > facts.now else None,
        left_out=_left_out(facts),
    )
    return Card(text, ((_back(facts), Button("🏠 Trang chính", "home")),))


def _places(nudge: Nudge) -> str:
    names = [late.site.name for late in nudge.visits]
    return ", ".join(names[:2]) + (f" và {len(names) - 2} cơ sở khác" if len(names) > 2 else "")


def _hour(nudge: Nudge) -> str:
    return f"{local(nudge.reminded_at):%H:%M}" if nudge.reminded_at else ""


def _only_one(facts: Nudges) -> dict[str, str | bool] | None:
    """Where a single officer is meant and is not told: who, why, and whether to ring them."""
    left_out = [*facts.just_reminded, *facts.on_leave, *facts.ended, *facts.unreachable]
    if facts.to_remind or len(left_out) != 1:
        return None
    (nudge,) = left_out
    why = nudge.why
    if facts.just_reminded:
        why = f"vừa được nhắc lúc {_hour(nudge)}, chưa quá 1 giờ"
    elif facts.on_leave:
        why = "đang nghỉ phép"
    elif facts.ended:
        why = "đã thôi nhiệm vụ"
    name = brief(nudge.officer.name, NAME_LENGTH)
    return {"name": name, "why": why, "to_call": bool(facts.unreachable)}


def _left_out(facts: Nudges) -> list[tuple[str, str]]:
    """(why, names) of those who are not told."""
    groups: Sequence[tuple[str, Sequence[Nudge]]] = (
        ("Vừa được nhắc trong vòng 1 giờ", facts.just_reminded),
        ("Đang nghỉ phép", facts.on_leave),
        ("Không nhắn được", facts.unreachable),
        ("Đã thôi nhiệm vụ", facts.ended),
    )
    return [(words, _named(nudges)) for words, nudges in groups if nudges]


def _named(nudges: Sequence[Nudge]) -> str:
    names = [_name(nudge) for nudge in nudges[:LEFT_OUT_NAMED]]
    rest = len(nudges) - LEFT_OUT_NAMED
    return ", ".join(names) + (f" và {rest} đồng chí khác" if rest > 0 else "")


def _name(nudge: Nudge) -> str:
    name, why = brief(nudge.officer.name, NAME_LENGTH), nudge.why or _hour(nudge)
    return f"{name} ({why})" if why else name


def _back(facts: Nudges) -> Button:
    """To where one came from: the week, the list of visits without a report, or the visit with the
    list that it was opened from."""
    meant, view = facts.meant, f"{facts.week.monday:%Y%m%d}:{facts.meant.unit_id}"
    if meant.where == THE_WEEK:
        return Button("« Quay lại", f"ov:w:{view}")
    missing = f"open:{view}:0"
    if meant.visit_id:
        return Button("« Quay lại", f"ov:v:{meant.visit_id}:0:0:{meant.where or missing}")
    return Button("« Quay lại", f"ov:l:{missing}")
