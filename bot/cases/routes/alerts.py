"""Alerts and short reports: what leaders see and do about them."""

from bot.cases.cards import alerts as alert_cards
from bot.cases.forms.quick_report import QUICK_REPORT, about, prefilled
from bot.cases.services import alerts, quick_reports
from bot.conversation.reply import Reply, document, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.core import messages


async def list_open(request: Request) -> Reply:
    """/canhbao: what is not over yet."""
    return show(alert_cards.list_of(await alerts.open_alerts(request.work, request.actor)))


async def open_alert(request: Request) -> Reply:
    """One alert."""
    alert = await alerts.see(request.work, request.actor, request.number())
    return show(alert_cards.alert(alert))


async def acknowledge(request: Request) -> Reply:
    """The others see that somebody has it in hand."""
    alert = await alerts.know(request.work, request.actor, request.number())
    return show(alert_cards.alert(alert), messages.ALERT_KNOWN)


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
)
