"""Handling cases: lists, the card, and every button on it."""

import asyncio

from bot.cases.cards import cases as case_cards
from bot.cases.cards import lists as case_list_cards
from bot.cases.facts.cases import Sheet
from bot.cases.forms.handling import BY_ACTION, FIND
from bot.cases.forms.law import LAW, about, answers
from bot.cases.services import (
    export as case_export,
)
from bot.cases.services import (
    handling,
    merging,
    staff,
)
from bot.cases.services import (
    lists as case_lists,
)
from bot.cases.services import (
    view as case_view,
)
from bot.conversation.asking import Decision, asked_first
from bot.conversation.reply import Reply, document, send, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.conversation.stored_files import attachments
from bot.core import messages
from bot.core.errors import Refused
from bot.core.rules.permissions import Action

FIELDS = {"c": "category", "s": "severity", "k": "kind"}


async def start(request: Request) -> Reply:
    """/kiennghi, with words after it: a search."""
    if words := " ".join(request.arguments):
        return await _search(request, words, 0)
    whole = request.actor.may_any(Action.LEAD_CASES, Action.WATCH_CASES)
    kind = "unit" if whole else "mine"
    return await _list(request, kind, 0)


async def list_cases(request: Request) -> Reply:
    """A page of one of the lists."""
    return await _list(request, request.arguments[0], request.number(1))


async def search(request: Request) -> Reply:
    """A page of what fits some words."""
    return await _search(request, request.arguments[1], request.number(0))


async def ask_what_to_find(request: Request) -> Reply:
    """The form for the words to search for."""
    case_lists.eyes_of(request.actor)
    return await begin(request, FIND)


async def open_case(request: Request) -> Reply:
    """The card of a case."""
    return await _card(request)


async def show_log(request: Request) -> Reply:
    """A page of what happened to a case."""
    facts = await case_view.look(request.context, request.number())
    return show(case_cards.log(facts, request.number(1)))


async def identify(request: Request) -> Reply:
    """Who a named reporter is; written down."""
    named = await case_view.identity(request.context, request.number())
    return show(case_cards.named(named))


async def send_files(request: Request) -> Reply:
    """What came with a case, always as our own copy: a channel's id would lead to who sent it."""
    case, stored = await case_view.files(request.work, request.actor, request.number())
    copies = attachments(request.work, stored, copies_only=True)
    return send(*copies, then=case_cards.below_files(case, len(stored)))


async def print_sheet(request: Request) -> Reply:
    """The hand-over sheet of a khiếu nại or tố cáo, as a document."""
    facts = await case_view.sheet(request.context, request.number())
    data = await asyncio.to_thread(_sheet, facts)
    return document(data, f"phieu-chuyen-{facts.case.code}.docx")


def _sheet(facts: Sheet) -> bytes:
    from bot.cases.papers.complaint_sheet import make  # with it comes what writes Word files

    return make(facts)


async def export(request: Request) -> Reply:
    """The table of the supervisor's cases."""
    table = await case_export.table_for(request.context)
    return document(table, f"kien-nghi-{request.now:%Y%m%d}.xlsx")


async def download_list(request: Request) -> Reply:
    """One of the lists as a table."""
    table = await case_export.list_as_xlsx(request.context, request.arguments[0])
    return document(table, f"kien-nghi-{request.now:%Y%m%d}.xlsx")


async def take(request: Request) -> Reply:
    """The case is now in the hands of whoever presses."""
    await handling.take(request.context, request.number())
    return await _card(request, messages.CASE_TAKEN)


async def ask_to_close(request: Request) -> Decision:
    case = (await case_view.to_do(request.context, request.number(), "close")).case
    return Decision(
        f"Kết thúc {case.code}? Sau đó vẫn mở lại được.", "✅ Kết thúc", f"case:open:{case.id}"
    )


async def close(request: Request) -> Reply:
    """The case is over."""
    await handling.close(request.context, request.number())
    return await _card(request, messages.CASE_CLOSED)


async def ask_words(request: Request) -> Reply:
    """An action that needs words: its form."""
    action, case_id = request.arguments[0], request.number(1)
    facts = await case_view.to_do(request.context, case_id, action)
    return await begin(
        request,
        BY_ACTION[action],
        subject=f"case:{case_id}",
        about={"case_id": case_id, "name": f"{facts.case.code} · {facts.site}"},
    )


async def classify(request: Request) -> Reply:
    """The fields of a case that can be set."""
    facts = await case_view.to_do(request.context, request.number(), "classify")
    return show(case_cards.classify(facts))


async def ask_law(request: Request) -> Reply:
    """The form for the days that the law counts from, what is known already answered."""
    facts = await case_view.to_do(request.context, request.number(), "law")
    if not facts.procedures:
        return await _card(request)
    return await begin(
        request,
        LAW,
        subject=f"case:{facts.case.id}",
        about=about(facts, request.context),
        answers=answers(facts),
        anew=True,
    )


async def set_field(request: Request) -> Reply:
    """One of the fields gets another value."""
    _, letter, value = request.arguments
    await handling.classify(request.context, request.number(), FIELDS[letter], value)
    facts = await case_view.look(request.context, request.number())
    return show(case_cards.classify(facts), messages.CASE_CHANGED)


async def ask_colleague(request: Request) -> Reply:
    """To whom is it passed on?"""
    facts = await case_view.to_do(request.context, request.number(), "pass")
    people = await staff.colleagues(request.context, request.number())
    return show(case_cards.colleagues(facts, people))


async def pass_on(request: Request) -> Reply:
    """A colleague handles it from now on."""
    case_id, person = request.number(), request.number(1)
    name = await handling.give(request.context, case_id, person)
    done = messages.CASE_PASSED.format(name=name)
    try:
        return await _card(request, done)
    except Refused:  # a confidential one is open to nobody but who handles it
        return show(case_cards.gone_up(""), done)


async def list_alike(request: Request) -> Reply:
    """Cases that may be about the same."""
    facts = await case_view.look(request.context, request.number())
    return show(case_cards.alike(facts))


async def link(request: Request) -> Reply:
    """Two cases are about the same, and stay two."""
    case_id, other = request.number(), request.number(1)
    await merging.link(request.context, case_id, other)
    return await _card(request, messages.CASE_LINKED)


async def ask_to_merge(request: Request) -> Decision:
    case = (await case_view.look(request.context, request.number())).case
    into = (await case_view.look(request.context, request.number(1))).case
    return Decision(
        f"Gộp {case.code} vào {into.code}? Gộp rồi thì không tách lại được.",
        f"Gộp vào {into.code}",
        f"case:alike:{case.id}",
    )


async def merge(request: Request) -> Reply:
    """This case becomes a part of another one."""
    case_id, other = request.number(), request.number(1)
    await merging.merge(request.context, case_id, other)
    return await _card(request, messages.CASE_MERGED.format(count=1))


async def ask_to_gather(request: Request) -> Decision:
    facts = await case_view.look(request.context, request.number())
    return Decision(
        f"Gộp cả {len(facts.alike)} mã vào {facts.case.code}? Gộp rồi thì không tách lại được.",
        f"Gộp vào {facts.case.code}",
        f"case:alike:{facts.case.id}",
    )


async def gather(request: Request) -> Reply:
    """All that are alike become parts of this one."""
    count = await merging.gather(request.context, request.number())
    return await _card(request, messages.CASE_MERGED.format(count=count))


async def _list(request: Request, kind: str, page: int) -> Reply:
    cases = await case_lists.listed(request.context, kind, page)
    return show(case_list_cards.listed(cases))


async def _search(request: Request, words: str, page: int) -> Reply:
    cases = await case_lists.search(request.context, words[:100], page)
    return show(case_list_cards.listed(cases))


async def _card(request: Request, toast: str = "") -> Reply:
    facts = await case_view.look(request.context, request.number())
    return show(case_cards.detail(facts), toast)


_ID = r"(\d{1,9})"
_PAGE = r"(\d{1,3})"
_ASKING = "|".join(BY_ACTION)

ROUTES: tuple[Route, ...] = (
    command("kiennghi", start),
    button(rf"case:list:([a-z]+):{_PAGE}", list_cases),
    button(rf"case:found:{_PAGE}:(.+)", search),
    button(r"case:find", ask_what_to_find),
    button(r"case:export", export),
    button(r"case:x:([a-z]+)", download_list),
    button(rf"case:open:{_ID}", open_case),
    button(rf"case:log:{_ID}:{_PAGE}", show_log),
    button(rf"case:who:{_ID}", identify),
    button(rf"case:files:{_ID}", send_files),
    button(rf"case:sheet:{_ID}", print_sheet),
    button(rf"case:take:{_ID}", take),
    *asked_first(rf"case:close:{_ID}", ask_to_close, close),
    button(rf"case:({_ASKING}):{_ID}", ask_words),
    button(rf"case:classify:{_ID}", classify),
    button(rf"case:law:{_ID}", ask_law),
    button(rf"case:set:{_ID}:([csk]):(\w{{1,16}})", set_field),
    button(rf"case:pass:{_ID}", ask_colleague),
    button(rf"case:give:{_ID}:{_ID}", pass_on),
    button(rf"case:alike:{_ID}", list_alike),
    button(rf"case:link:{_ID}:{_ID}", link),
    *asked_first(rf"case:merge:{_ID}:{_ID}", ask_to_merge, merge),
    *asked_first(rf"case:gather:{_ID}", ask_to_gather, gather),
)
