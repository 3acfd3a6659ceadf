"""Reports that others owe: asking for one, reminding, excusing, moving the deadline."""

from bot.conversation.asking import Decision, asked_first
from bot.conversation.reply import Reply, below, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.conversation.view import STANDS
from bot.core.context import Context
from bot.core.rendering import day
from bot.summaries.cards import obligations
from bot.summaries.facts.obligations import PromptedObligation
from bot.summaries.forms.obligation import EXCUSE_REPORT, MOVE_DEADLINE
from bot.summaries.forms.report_request import REPORT_REQUEST
from bot.summaries.services import follow_up, requests


async def ask(request: Request) -> Reply:
    """/yeucau: a report on the spot."""
    await requests.askable_units(request.context)  # or it is refused
    return await begin(request, REPORT_REQUEST)


async def remind(request: Request) -> Reply:
    """This unit, by one tap."""
    return await _remind(request, everybody=False)


async def ask_to_remind_all(request: Request) -> Decision:
    facts = await follow_up.look_to_remind(request.context, request.number())
    return Decision(
        f"Nhắc tất cả đơn vị chưa gửi {facts.subject}? Lãnh đạo từng đơn vị nhận một tin.",
        "🔔 Nhắc tất cả",
        f"board:open:{request.number()}",
    )


async def remind_all(request: Request) -> Reply:
    """Every unit of the group that has not answered."""
    return await _remind(request, everybody=True)


async def _remind(request: Request, *, everybody: bool) -> Reply:
    work, actor, now = request.work, request.actor, request.now
    facts = await follow_up.look_to_remind(request.context, request.number())
    unit = None if everybody else facts.unit.id
    count = await follow_up.remind(Context(work, actor, now), facts.obligation.group, unit)
    heard_at = work.calendar.next_speaking_moment(now)
    return below(obligations.done_chased(request.number(), count, heard_at, now))


async def excuse(request: Request) -> Reply:
    number = request.number()
    facts = await _look(request)
    about = {"obligation_id": number, "name": facts.unit.name}
    return await begin(request, EXCUSE_REPORT, subject=f"obligation:{number}", about=about)


async def owe_again(request: Request) -> Reply:
    """A unit was excused by mistake."""
    facts = await follow_up.owe_again(request.context, request.number())
    return show(obligations.done_owed_again(facts))


async def move_deadline(request: Request) -> Reply:
    facts = await _look(request)
    group = facts.obligation.group
    stands = {"due": f"trước ngày {day(facts.obligation.due_before)}"}
    about = {"obligation_id": request.number(), "group": group, "name": facts.subject}
    about |= {STANDS: stands}
    return await begin(request, MOVE_DEADLINE, subject=group[:60], about=about)


async def _look(request: Request) -> PromptedObligation:
    return await follow_up.look(request.context, request.number())


ROUTES: tuple[Route, ...] = (
    command("yeucau", ask),
    button(r"obl:ask", ask),
    button(r"obl:remind:(\d{1,9})", remind),
    *asked_first(r"obl:remindall:(\d{1,9})", ask_to_remind_all, remind_all),
    button(r"obl:excuse:(\d{1,9})", excuse),
    button(r"obl:owe:(\d{1,9})", owe_again),
    button(r"obl:move:(\d{1,9})", move_deadline),
)
