"""Alerts and short reports: what leaders see and do about them."""

from bot.cases.cards import alerts as alert_cards
from bot.cases.forms.quick_report import QUICK_REPORT, about, prefilled
from bot.cases.forms.raise_alert import RAISE_ALERT
from bot.cases.services import alerts, false_alarms, quick_reports
from bot.conversation.reply import Reply, document, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.core import messages, search
from bot.core.access import require
from bot.core.errors import Refused
from bot.core.rules.permissions import Action


async def list_open(request: Request) -> Reply:
    """/canhbao: what is not over yet."""
    listed = await alerts.open_alerts(request.work, request.actor)
    may_raise = request.actor.may(Action.RAISE_ALERT)
    may_mend = request.actor.may(Action.SEE_FALSE_ALARMS)
    return show(alert_cards.list_of(listed, may_raise=may_raise, may_mend=may_mend))


async def begin_alert(request: Request) -> Reply:
    """Say that a stoppage is coming: where, and what is known."""
    require(request.actor, Action.RAISE_ALERT)
    return await begin(request, RAISE_ALERT)


async def begin_alert_at(request: Request) -> Reply:
    """The same from a visit's card, where the place is known."""
    site = request.number()
    name = await search.site_name(request.work, request.actor, Action.RAISE_ALERT, site)
    if not name:
        raise Refused(messages.SITE_NOT_YOURS)
    chosen = {"site": {"id": site, "query": name}}
    about = {"name": name}  # forms left lying are told apart by it
    return await begin(request, RAISE_ALERT, subject=f"alert:{site}", about=about, answers=chosen)


async def judge_wrong(request: Request) -> Reply:
    """ "Không phải": it was none."""
    facts = await false_alarms.judge(request.context, request.number(), wrong=True)
    return show(alert_cards.alert(facts, request.now), messages.ALERT_WRONG)


async def judge_right(request: Request) -> Reply:
    """It is one after all."""
    facts = await false_alarms.judge(request.context, request.number(), wrong=False)
    return show(alert_cards.alert(facts, request.now))


async def list_words(request: Request) -> Reply:
    """The words that rang for nothing."""
    return show(alert_cards.false_words(await false_alarms.words(request.work, request.actor)))


async def words_table(request: Request) -> Reply:
    """The same as a table to work on."""
    name, data = await false_alarms.table(request.context)
    return document(data, name)


async def open_alert(request: Request) -> Reply:
    """One alert."""
    alert = await alerts.see(request.work, request.actor, request.number())
    return show(alert_cards.alert(alert, request.now))


async def acknowledge(request: Request) -> Reply:
    """The others see that somebody has it in hand."""
    alert = await alerts.know(request.work, request.actor, request.number())
    return show(alert_cards.alert(alert, request.now), messages.ALERT_KNOWN)


async def begin_report(request: Request) -> Reply:
    """Begin the short report, or an update of it."""
    facts = await quick_reports.begin(request.work, request.actor, request.number())
    return await begin(
        request,
        QUICK_REPORT,
        subject=f"alert:{facts.alert.id}",
        about=about(facts),
        answers=prefilled(facts),
    )


async def print_report(request: Request) -> Reply:
    """The short report as a paper to sign."""
    name, data = await quick_reports.paper(request.work, request.actor, request.number())
    return document(data, name)


ROUTES: tuple[Route, ...] = (
    command("canhbao", list_open),
    button(r"alert:list", list_open),
    button(r"alert:open:(\d{1,9})", open_alert),
    button(r"alert:seen:(\d{1,9})", acknowledge),
    button(r"alert:report:(\d{1,9})", begin_report),
    button(r"alert:docx:(\d{1,9})", print_report),
    button(r"alert:raise", begin_alert),
    button(r"alert:at:(\d{1,9})", begin_alert_at),
    button(r"alert:wrong:(\d{1,9})", judge_wrong),
    button(r"alert:right:(\d{1,9})", judge_right),
    button(r"alert:words", list_words),
    button(r"alert:table", words_table),
)
