"""/phattrien and the buttons of the recruitment pipeline."""

import asyncio
from datetime import datetime
from typing import Any

from bot.conversation.asking import Decision, asked_first
from bot.conversation.form import Form
from bot.conversation.reply import Attachment, Reply, document, send, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.conversation.view import STANDS
from bot.core import messages
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Action
from bot.recruitment.cards import campaigns as campaign_cards
from bot.recruitment.cards import pipeline as cards
from bot.recruitment.facts.pipeline import RecruitmentList, RecruitmentPage, RecruitmentUnits
from bot.recruitment.forms.pipeline import FOUNDING, GIVE, MOVE, PROGRESS, STOP
from bot.recruitment.forms.survey import SURVEY
from bot.recruitment.rules.campaigns import Month
from bot.recruitment.services import campaigns, founding, pipeline, pipeline_lists, surveys


async def overview(request: Request) -> Reply:
    return show(cards.funnel(await pipeline_lists.funnel(request.context, 0)))


async def open_funnel(request: Request) -> Reply:
    return show(cards.funnel(await pipeline_lists.funnel(request.context, request.number())))


async def list_enterprises(request: Request) -> Reply:
    key, unit, page = request.arguments
    facts = await pipeline_lists.listed(request.context, key, int(unit), int(page))
    return show(cards.listed(facts))


async def list_grown(request: Request) -> Reply:
    key, unit_id, page = request.arguments[0], request.number(1), request.number(2)
    return show(cards.grown(await pipeline_lists.grown(request.context, key, unit_id, page)))


async def list_units(request: Request) -> Reply:
    return show(cards.units(await pipeline_lists.by_unit(request.context, request.number())))


async def download_enterprises(request: Request) -> Reply:
    """A whole list as xlsx."""
    facts = await pipeline_lists.listed(
        request.context, request.arguments[0], request.number(1), None
    )
    return await _workbook(request, facts)


async def download_units(request: Request) -> Reply:
    return await _workbook(request, await pipeline_lists.by_unit(request.context, None))


async def _workbook(request: Request, facts: RecruitmentList | RecruitmentUnits) -> Reply:
    data = await asyncio.to_thread(_written, facts, request.now)
    return document(data, f"phat-trien-doan-vien-{request.now:%Y%m%d}.xlsx")


def _written(facts: RecruitmentList | RecruitmentUnits, now: datetime) -> bytes:
    from bot.recruitment.papers.pipeline_tables import (
        as_xlsx,
    )  # with it comes what writes workbooks

    return as_xlsx(facts, now)


async def open_one(request: Request) -> Reply:
    return show(cards.page(await pipeline.look(request.context, request.number())))


async def ask_to_start(request: Request) -> Decision:
    page = await pipeline.look(request.context, request.number())
    return Decision(
        f"Bắt đầu vận động tại {page.site.name}? Đồng chí sẽ là người phụ trách"
        + (", hoặc bấm “Thôi” rồi chọn “Giao người phụ trách”." if page.may_lead else "."),
        "🌱 Bắt đầu, tôi phụ trách",
        f"rec:site:{page.site.id}",
    )


async def start(request: Request) -> Reply:
    page = await pipeline.begin(request.context, request.number())
    return show(cards.page(page), messages.RECRUITMENT_BEGUN)


async def resume(request: Request) -> Reply:
    page = await pipeline.resume(request.context, request.number())
    return show(cards.page(page), messages.RECRUITMENT_GOES_ON)


async def other_steps(request: Request) -> Reply:
    return show(cards.steps(await _workable(request, request.number())))


async def move(request: Request) -> Reply:
    site, from_step, to, visit = request.arguments
    page = await _workable(request, int(site))
    if page.stored is None or page.stored.step != from_step:
        return show(cards.page(page), messages.RECRUITMENT_MOVED)
    more = {"from_step": from_step, "to": to, "visit_id": int(visit)}
    return await _begin(request, MOVE, page, more)


async def note_progress(request: Request) -> Reply:
    return await _begin(request, PROGRESS, await _workable(request, request.number()))


async def stop(request: Request) -> Reply:
    return await _begin(request, STOP, await _workable(request, request.number()))


async def give(request: Request) -> Reply:
    page = await pipeline.look(request.context, request.number())
    if not page.may_lead:
        raise Refused(messages.NOT_ALLOWED)
    return await _begin(request, GIVE, page)


async def note_survey(request: Request) -> Reply:
    return await _begin(request, SURVEY, await _workable(request, request.number()))


async def print_sheet(request: Request) -> Reply:
    file = await surveys.sheet_file(request.context, request.number())
    page = await pipeline.look(request.context, request.number())
    return send(Attachment("document", file.name, data=file.data), then=cards.page(page))


async def note_founding(request: Request) -> Reply:
    page = await founding.to_found(request.context, request.number())
    held = page.congress_held
    return await _begin(request, FOUNDING, page, answers={"day": held.isoformat()} if held else {})


async def ask_to_undo(request: Request) -> Reply:
    page = await pipeline.look(request.context, request.number())
    if not page.may_undo:
        return show(cards.page(page), messages.FOUNDED_NOT_UNDONE)
    return show(cards.sure_to_undo(page))


async def undo(request: Request) -> Reply:
    page = await founding.unfound(request.context, request.number())
    return show(cards.page(page, "Đã hủy ghi nhận thành lập."))


async def campaign(request: Request) -> Reply:
    """A month of the campaign: 202705, or 0 for the one that runs or ran last."""
    key, unit = request.arguments
    month = Month(int(key[:4]), int(key[4:])) if key != "0" else None
    return show(campaign_cards.page(await campaigns.look(request.context, month, int(unit))))


async def _workable(request: Request, site_id: int) -> RecruitmentPage:
    page = await pipeline.look(request.context, site_id)
    if not page.may_work:
        raise Refused(messages.NOT_ALLOWED)
    return page


async def _begin(
    request: Request,
    form: Form,
    page: RecruitmentPage,
    more: dict[str, Any] | None = None,
    answers: dict[str, Any] | None = None,
) -> Reply:
    site, stored = page.site, page.stored
    present = {
        "workers": site.workers,
        "willing": stored.willing if stored else None,
        "applications": stored.applications if stored else None,
        "members": stored.applications if stored else None,
    }
    stands = {"owner": page.owner} if page.owner else {}
    about = {"site_id": site.id, "name": site.name, "present": present, STANDS: stands}
    about |= more or {}
    subject = f"rec:{site.id}:{(more or {}).get('to', '')}"
    return await begin(request, form, subject=subject, about=about, answers=answers)


async def recruitment_part(context: Context) -> Card | None:
    """What lies too long where one leads, and one's own, on the home card."""
    if not context.actor.may_any(Action.WORK_RECRUITMENT, Action.LEAD_RECRUITMENT):
        return None
    leads = context.actor.may(Action.LEAD_RECRUITMENT)
    return cards.home(*await pipeline_lists.still_and_own(context), leads=leads)


_STEP = r"(survey|owner|group|ready|congress)"
_LIST = r"(survey|owner|group|ready|congress|still|none|stopped|mine|hint)"

ROUTES: tuple[Route, ...] = (
    command("phattrien", overview),
    button(r"rec:funnel:(\d{1,9})", open_funnel),
    button(rf"rec:list:{_LIST}:(\d{{1,9}}):(\d{{1,3}})", list_enterprises),
    button(r"rec:grown:(founded|members):(\d{1,9}):(\d{1,3})", list_grown),
    button(r"rec:units:(\d{1,3})", list_units),
    button(rf"rec:x:{_LIST}:(\d{{1,9}})", download_enterprises),
    button(r"rec:xu", download_units),
    button(r"rec:camp:(0|20\d{2}(?:0[1-9]|1[0-2])):(\d{1,9})", campaign),
    button(r"rec:site:(\d{1,9})", open_one),
    *asked_first(r"rec:begin:(\d{1,9})", ask_to_start, start),
    button(r"rec:resume:(\d{1,9})", resume),
    button(r"rec:steps:(\d{1,9})", other_steps),
    button(rf"rec:move:(\d{{1,9}}):{_STEP}:{_STEP}:(\d{{1,9}})", move),
    button(r"rec:news:(\d{1,9})", note_progress),
    button(r"rec:stop:(\d{1,9})", stop),
    button(r"rec:give:(\d{1,9})", give),
    button(r"rec:survey:(\d{1,9})", note_survey),
    button(r"rec:sheet:(\d{1,9})", print_sheet),
    button(r"rec:found:(\d{1,9})", note_founding),
    button(r"rec:unfound:(\d{1,9})", ask_to_undo),
    button(r"rec:sure:(\d{1,9})", undo),
)
