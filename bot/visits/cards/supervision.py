"""Cards about a supervisor's decisions: what there is to decide, and who is told what."""

from datetime import datetime

from bot.core import messages
from bot.core.card import Button, Card, Rows
from bot.core.rendering import brief, moment, on_button, render
from bot.visits.cards.overview import capital
from bot.visits.cards.site_page import to_page
from bot.visits.cards.visits import reason_words
from bot.visits.facts.supervision import Candidate, Decided, Handing
from storage.enums import VisitStatus
from storage.models import Person, Visit

HOME = Button("🏠 Trang chính", "home")


def told_directed(d: Decided, supervisor: str, why: str) -> Card:
    """To the officer: a visit on top of the plan."""
    return _visit_notice("directed", d, supervisor=supervisor, why=why)


def told_given(d: Decided, former: str) -> Card:
    """To the officer who takes a visit over."""
    return _visit_notice("given", d, former=former, reasons=reason_words(d.visit.reasons))


def told_taken_over(d: Decided, officer: str) -> Card:
    """To the officer whose visit somebody else takes over."""
    return Card(render("supervision/taken_over", d=d, officer=officer), ((HOME,),))


def told_swapped(d: Decided, former_site: str) -> Card:
    """To the officer: another site, as asked for."""
    return _visit_notice("swapped", d, former=former_site, reasons=reason_words(d.visit.reasons))


def told_kept(d: Decided, supervisor: str) -> Card:
    """To the officer: the site stays."""
    return _visit_notice("kept", d, supervisor=supervisor)


def told_excused(d: Decided, supervisor: str) -> Card:
    """To the officer: this visit need not take place."""
    return Card(render("supervision/excused", d=d, supervisor=supervisor), ((HOME,),))


def _visit_notice(template: str, d: Decided, **facts: object) -> Card:
    look = Button(on_button(f"📍 {d.site.name}"), f"visit:open:{d.visit.id}")
    return Card(render(f"supervision/{template}", d=d, **facts), ((look,),))


def decided_already(name: str, words: str, at: datetime) -> str:
    """Over the button of whoever comes second."""
    return messages.REQUEST_DECIDED.format(words=f"đồng chí {name} {words}, {moment(at)}")


def swap(d: Decided) -> Card:
    """An officer's wish for another site, with the three answers to it."""
    text = render("supervision/swap", d=d, reasons=reason_words(d.visit.reasons))
    agree = Button("✅ Đồng ý, đổi cơ sở khác", f"sup:other:{shown_on(d.visit)}")
    refuse = "✖️ Không đổi"
    if d.visit.wants_next_week:
        refuse = "✖️ Không chuyển"
        agree = Button("✅ Đồng ý, chuyển tuần sau", f"def:ok:{shown_on(d.visit)}")
    return Card(
        text,
        (
            (agree,),
            (Button("🔁 Giao cho người khác", f"sup:reassign:{d.visit.id}"),),
            (Button(refuse, f"sup:keep:{shown_on(d.visit)}"),),
            (to_page(d.site.id), _to_week(d)),
        ),
    )


def shown_on(visit: Visit) -> str:
    """A visit in a button that decides about it: with the officer and the place on the card."""
    return f"{visit.id}:{visit.officer_id}:{visit.site_id}"


def handing(facts: Handing) -> Card:
    """Who takes the visit over? One tap."""
    d = facts.now
    text = render("supervision/handing", d=d, some=bool(facts.candidates))
    swap_asked = "s" if d.visit.swap_asked else "n"
    rows: Rows = tuple(
        (
            Button(
                _candidate(candidate),
                f"sup:to:{shown_on(d.visit)}:{candidate.person.id}:{swap_asked}",
            ),
        )
        for candidate in facts.candidates
    )
    turn = []
    if facts.page:
        turn.append(Button("‹ Trước", f"sup:reassign:{d.visit.id}:{facts.page - 1}"))
    if facts.more:
        turn.append(Button("Tiếp ›", f"sup:reassign:{d.visit.id}:{facts.page + 1}"))
    back = Button("« Quay lại", _considered(d))
    return Card(text, (*rows, *((tuple(turn),) if turn else ()), (_to_week(d), back)))


def _considered(d: Decided) -> str:
    """Where a leader considers the visit: what its officer asks for, else the visit."""
    if d.visit.swap_asked:
        return f"sup:swap:{d.visit.id}"
    if d.visit.excuse_asked:
        return f"exc:open:{d.visit.id}"
    return f"ov:v:{d.visit.id}:0:0:open:{d.week.monday:%Y%m%d}:0:0"


def sure_to_give(d: Decided, taking: Decided, choice: str) -> Card:
    """Asked once; `taking`: as it would be; `choice`: what the pressed button carries."""
    text = render("supervision/sure", d=d, officer=taking.officer.name) + to_call(taking)
    give, leave = Button("Giao", f"sup:give:{choice}"), Button("Thôi", f"sup:reassign:{d.visit.id}")
    return Card(text, ((give, leave),))


def _candidate(candidate: Candidate) -> str:
    if candidate.open:
        notes = [f"{candidate.open} lượt chưa đi"]
    elif VisitStatus.REPORTED in candidate.fates:
        notes = ["đã xong lượt tuần này"]
    else:
        notes = [] if VisitStatus.EXCUSED in candidate.fates else ["chưa có lượt nào"]
    if VisitStatus.EXCUSED in candidate.fates:
        notes.append("đang báo không đi được")
    if candidate.on_leave:
        notes.append("nghỉ phép")
    if not candidate.reached:
        notes.append("📵 không nhận tin")
    return f"{brief(candidate.person.name, 34)} · {', '.join(notes)}"


def directed(d: Decided, why: str) -> Card:
    """To the supervisor: the visit is given."""
    return _done("done_directed", d, why=why)


def reassigned(d: Decided, before: Decided) -> Card:
    """`before`: whose visit it was."""
    return _done("done_reassigned", d, before, before=before)


def swapped(d: Decided, former_site: str) -> Card:
    return _done("done_swapped", d, former=former_site, reasons=reason_words(d.visit.reasons))


def site_kept(d: Decided) -> Card:
    return _done("done_kept", d)


def excused(d: Decided) -> Card:
    return _done("done_excused", d)


def refused(sentence: str) -> Card:
    """What the form asked for is no longer possible; the sentence is ours, not a person's."""
    return Card(sentence, ((HOME,),))


def _done(template: str, d: Decided, *others: Decided, **facts: object) -> Card:
    """Whoever does not get messages is not said to be told: somebody has to call; `others` are
    told of it too."""
    text = render(f"supervision/{template}", d=d, **facts)
    calls = "".join(map(to_call, (d, *others)))
    return Card(f"{text}{calls}", ((_to_week(d), HOME),))


def to_call(d: Decided) -> str:
    """A sentence below what is said of an officer who gets no messages; else nothing."""
    return "" if d.reached else f"\n\n{call(d.officer)}"


def call(person: Person) -> str:
    """Of whoever gets no messages."""
    return render("supervision/to_call", officer=person)


def _to_week(d: Decided) -> Button:
    return Button(f"📊 {capital(f'tuần {d.week.number}')}", f"ov:w:{d.week.monday:%Y%m%d}:0")
