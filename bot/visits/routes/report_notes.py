"""Asking about a report, thanking for it, answering."""

from bot.conversation.form import Form
from bot.conversation.reply import Reply
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.conversation.routes import begin
from bot.visits.facts.supervision import Decided
from bot.visits.forms.report_note import ANSWER_ON_REPORT, ASK_ON_REPORT, THANK_FOR_REPORT
from bot.visits.services import report_notes


async def ask(request: Request) -> Reply:
    decided = await report_notes.look(request.context, request.number())
    return await _begin(request, ASK_ON_REPORT, decided)


async def thank(request: Request) -> Reply:
    decided = await report_notes.look(request.context, request.number())
    return await _begin(request, THANK_FOR_REPORT, decided)


async def answer(request: Request) -> Reply:
    decided = await report_notes.look_to_answer(request.context, request.number())
    return await _begin(request, ANSWER_ON_REPORT, decided)


async def _begin(request: Request, form: Form, decided: Decided) -> Reply:
    visit = decided.visit
    about = {"visit_id": visit.id, "name": f"{decided.site.name} · {decided.officer.name}"}
    return await begin(request, form, subject=f"visit:{visit.id}", about=about, anew=True)


ROUTES: tuple[Route, ...] = (
    button(r"rn:ask:(\d{1,9})", ask),
    button(r"rn:thank:(\d{1,9})", thank),
    button(r"rn:answer:(\d{1,9})", answer),
)
