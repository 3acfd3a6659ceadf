"""/nhiemvu and the buttons about the plans' tasks."""

import asyncio
from datetime import datetime

from bot.conversation.form import Form
from bot.conversation.reply import Reply, document, send, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.conversation.stored_files import attachments
from bot.conversation.view import STANDS
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rendering import day
from bot.core.rules.permissions import Action
from bot.plans.cards import tasks as task_cards
from bot.plans.facts.tasks import OwnTasks, Taking, UnitCounts, UnitTasks
from bot.plans.forms.tasks import GIVE, MOVE, REPORTS
from bot.plans.services import task_lists, tasks


async def overview(request: Request) -> Reply:
    return show(task_cards.overview(await task_lists.overview(request.context)))


async def list_of_unit(request: Request) -> Reply:
    key, unit, year, page = request.arguments
    facts = await task_lists.of_unit(request.context, key, int(unit), int(year), int(page))
    return show(task_cards.of_unit(facts))


async def list_units(request: Request) -> Reply:
    facts = await task_lists.by_unit(request.context, request.arguments[0], request.number(1))
    return show(task_cards.units(facts))


async def list_own(request: Request) -> Reply:
    return show(task_cards.own(await task_lists.own(request.context, request.number())))


async def list_late(request: Request) -> Reply:
    return show(task_cards.late(await task_lists.late(request.context, request.number())))


async def open_one(request: Request) -> Reply:
    return show(task_cards.page(await tasks.look(request.context, request.number())))


async def open_untaken(request: Request) -> Reply:
    return show(task_cards.page(await tasks.look_untaken(request.context, _taking(request))))


async def take(request: Request) -> Reply:
    page = await tasks.take(request.context, _taking(request))
    return show(task_cards.page(page), "Đã nhận. Đồng chí giao người thực hiện và đặt hạn.")


async def reopen(request: Request) -> Reply:
    return show(task_cards.page(await tasks.reopen(request.context, request.number())))


async def send_files(request: Request) -> Reply:
    page, files = await tasks.files_of(request.context, request.number())
    return send(*attachments(request.work, files), then=task_cards.page(page))


async def download_unit(request: Request) -> Reply:
    key, unit_id, year = request.arguments[0], request.number(1), request.number(2)
    facts = await task_lists.of_unit(request.context, key, unit_id, year, None)
    return await _workbook(request, facts)


async def download_units(request: Request) -> Reply:
    facts = await task_lists.by_unit(request.context, request.arguments[0], None)
    return await _workbook(request, facts)


async def download_across(request: Request) -> Reply:
    which = request.arguments[0]
    lists = {"mine": task_lists.own, "late": task_lists.late}
    return await _workbook(request, await lists[which](request.context, None), which)


async def _workbook(
    request: Request, facts: UnitTasks | UnitCounts | OwnTasks, which: str = ""
) -> Reply:
    """A whole list as xlsx."""
    data = await asyncio.to_thread(_written, facts, task_cards.TITLES.get(which, ""), request.now)
    return document(data, f"nhiem-vu-{request.now:%Y%m%d}.xlsx")


def _written(facts: UnitTasks | UnitCounts | OwnTasks, title: str, now: datetime) -> bytes:
    from bot.plans.papers.task_tables import as_xlsx  # with it comes what writes workbooks

    return as_xlsx(facts, title, now)


async def give(request: Request) -> Reply:
    return await _begin(request, GIVE)


async def move(request: Request) -> Reply:
    return await _begin(request, MOVE)


async def report(request: Request) -> Reply:
    what, number = request.arguments
    return await _begin(request, REPORTS[what], int(number))


async def _begin(request: Request, form: Form, number: int = 0) -> Reply:
    task_id = number or request.number()
    page = await tasks.look(request.context, task_id)
    stored = page.row.stored
    stands = {"due": day(stored.due), "owner": page.row.owner} if stored else {}
    about = {"task_id": task_id, "name": page.unit.name, STANDS: stands}
    return await begin(request, form, subject=f"task:{task_id}", about=about)


def _taking(request: Request) -> Taking:
    key, position, unit, year = request.arguments
    return Taking(key, int(position), int(unit), int(year))


async def tasks_part(context: Context) -> Card | None:
    """What was given to somebody, on their home card."""
    if not context.actor.may(Action.WORK_TASK):
        return None
    return task_cards.home(*await task_lists.own_counts(context))


_KEY = r"([a-z0-9-]{1,30})"
_UNTAKEN = rf"{_KEY}:(\d{{1,3}}):(\d{{1,9}}):(20\d{{2}})"

ROUTES: tuple[Route, ...] = (
    command("nhiemvu", overview),
    button(r"task:all", overview),
    button(rf"task:list:{_KEY}:(\d{{1,9}}):(0|20\d{{2}}):(\d{{1,3}})", list_of_unit),
    button(rf"task:units:{_KEY}:(\d{{1,3}})", list_units),
    button(r"task:mine:(\d{1,3})", list_own),
    button(r"task:late:(\d{1,3})", list_late),
    button(rf"task:x:list:{_KEY}:(\d{{1,9}}):(0|20\d{{2}})", download_unit),
    button(rf"task:x:units:{_KEY}", download_units),
    button(r"task:x:(mine|late)", download_across),
    button(r"task:open:(\d{1,9})", open_one),
    button(rf"task:new:{_UNTAKEN}", open_untaken),
    button(rf"task:take:{_UNTAKEN}", take),
    button(r"task:again:(\d{1,9})", reopen),
    button(r"task:files:(\d{1,9})", send_files),
    button(r"task:give:(\d{1,9})", give),
    button(r"task:move:(\d{1,9})", move),
    button(r"task:(progress|done|dropped):(\d{1,9})", report),
)
