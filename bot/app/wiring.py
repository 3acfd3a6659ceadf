"""The only wiring: config, store, clock, request -> a running program."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    ApplicationBuilder,
    ContextTypes,
    Defaults,
    ExtBot,
    TypeHandler,
)
from telegram.request import HTTPXRequest

from bot import programmes
from bot.app.assembly import make_work
from bot.app.background import Background, Job
from bot.app.backups import NightlyBackup
from bot.app.clock_link import follow_clock
from bot.app.clock_watch import ClockWatch, telegram_time
from bot.app.election import SETTLED_SECONDS, Election
from bot.app.health import HealthWatch
from bot.app.memory import keep_small
from bot.app.routes import ROUTES
from bot.app.schedule import Schedule, table
from bot.cases.services import sight
from bot.channels.mailbox import WebMailbox
from bot.channels.outbox import Dispatcher, Sender
from bot.channels.telegram import failures, menus, redraw
from bot.channels.telegram.answers import WaitingAnswers
from bot.channels.telegram.context import Runtime, TelegramContext
from bot.channels.telegram.door import Handler, TelegramDoor
from bot.channels.telegram.fetching import Polling
from bot.channels.telegram.files import FileKeeper
from bot.channels.telegram.inbox import ChatOrder, Inbox
from bot.channels.telegram.patience import PatientLimiter
from bot.channels.telegram.prepare import prepare
from bot.channels.telegram.rate_limit import LaneLimiter
from bot.channels.telegram.sending import TelegramSender
from bot.channels.telegram.shared_inbox import SWEEP_SECONDS, SharedInbox
from bot.channels.telegram.sharing import share_limit
from bot.channels.telegram.too_late import tell_too_late
from bot.channels.telegram.wire import make_request
from bot.config.keys import open_vault
from bot.config.settings import Settings
from bot.core.clock import Clock
from bot.core.measures import measured
from bot.core.rules.calendar import ZONE
from bot.core.waiting import woken
from bot.core.work import Work
from bot.groups.services import linking
from storage.addresses import EMAIL, TELEGRAM, WEB, ZALO
from storage.locks import ServerLocks
from storage.migrations import upgrade
from storage.store import Store

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from bot.app.serving import HttpServer
    from bot.channels.telegram.webhook import Webhook
    from bot.channels.zalo.door import ZaloDoor

AT_ONCE = 64  # chats handled in parallel
TICK_SECONDS = 20
# Where several programs share the database nobody is woken by what another one owed.
SHARED_PAUSE, SHARED_FILES_PAUSE = 1.0, 5.0
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - who listens so has every address

log = structlog.get_logger()


@dataclass
class Program:
    """Everything that runs. Tests reach in; the command line only starts and stops it."""

    settings: Settings
    work: Work
    clock: Clock
    inbox: Inbox
    application: Application[Any, TelegramContext, Any, Any, Any, Any]
    dispatcher: Dispatcher
    files: FileKeeper
    answers: WaitingAnswers
    schedule: Schedule
    fetching: "Polling | Webhook"
    watch: ClockWatch
    health: HealthWatch
    server: "HttpServer | None"  # none where nobody asks anything of the program
    election: Election
    sharing: Job | None  # of Telegram's limits, where others send by the same bot
    zalo: "ZaloDoor | None"
    health_server: "HttpServer | None"  # where health has a port of its own beside the other
    background: Background = field(default_factory=Background)


async def build(
    settings: Settings, clock: Clock | None = None, locks: ServerLocks | None = None
) -> Program:
    """Put the program together on a database brought to the newest schema. `locks`: those that it
    comes to terms by with others on the same database.
    """
    clock = clock or Clock()
    plans = programmes.load(settings.programmes)
    store = Store(settings.database.url)
    await upgrade(store)
    vault = await open_vault(store, settings, clock.now())
    work = make_work(store, settings, vault, plans)
    inbox = Inbox(store, clock, vault)
    if locks:
        inbox, work = SharedInbox(store, clock, vault, locks), replace(work, holder=locks.holder)
    request = make_request(1)  # to ask for updates, and nothing else
    limiter = LaneLimiter(settings.telegram.messages_per_second)
    application = _application(settings, inbox, request, limiter)
    bot: ExtBot[int] = application.bot
    inbox.bot = bot
    door = TelegramSender(bot, settings.database.files)
    zalo = _zalo(work, clock)
    doors = _doors(settings, {TELEGRAM: door, **({ZALO: zalo.sender} if zalo else {})})
    dispatcher = Dispatcher(store, clock, doors, vault)
    dispatcher.wait = timedelta(minutes=settings.notices.wait_minutes)
    dispatcher.withheld = sight.withheld
    dispatcher.group_lost = partial(linking.lost_while_sending, work)
    store.when_owed = dispatcher.wake
    files = FileKeeper(store, clock, bot, settings.database.files)
    answers = WaitingAnswers(store, clock, vault)
    answers.works = partial(redraw.works, bot)
    answers.send = partial(redraw.send_answer, bot, work, clock)
    answers.repeat = inbox.repeat
    answers.hold = inbox.hold
    inbox.expect = answers.expect
    application.bot_data["runtime"] = Runtime(work, clock, dispatcher, files, answers, inbox)
    application.add_handler(TypeHandler(object, prepare), group=-1)
    application.add_handler(TypeHandler(Update, _measured(Handler(ROUTES))))
    application.add_error_handler(failures.on_error)
    schedule = Schedule(work, clock, dispatcher, table(settings))
    watch = ClockWatch(work, clock, telegram_time(settings.telegram.base_url))
    health = HealthWatch(work, clock)
    zalo_routes = zalo.http_routes if zalo else ()
    polling = Polling(bot, inbox, request, ALLOWED_UPDATES)
    pages = _web(work, clock, bot)
    fetching, server = _coming_in(settings, inbox, polling, health, (*pages, *zalo_routes))
    election = Election(locks)
    health.fetched, health.clock_fault = fetching.works, lambda: watch.fault
    health.acts = lambda: election.leads
    return Program(
        *(settings, work, clock, inbox, application, dispatcher, files, answers, schedule),
        *(fetching, watch, health, server, election),
        partial(share_limit, limiter, locks) if locks else None,
        zalo,
        _health_server(settings, health, server),
    )


def _web(work: Work, clock: Clock, bot: ExtBot[int]) -> "Sequence[BaseRoute]":
    """The pages of the web door, where it is open."""
    if not work.settings.web.is_on:
        return ()
    from bot.channels.web.site import web_routes

    return web_routes(work, clock, ROUTES, TelegramDoor(bot).link)


def _doors(settings: Settings, senders: dict[str, Sender]) -> dict[str, Sender]:
    """By what notices go, in the order in which it is tried."""
    if settings.has_door(WEB):
        senders[WEB] = WebMailbox()
    if settings.has_door(EMAIL):
        from bot.channels.email import EmailSender

        senders[EMAIL] = EmailSender(settings.email, settings.web.address)
    return {channel: senders[channel] for channel in settings.notices.order if channel in senders}


def _zalo(work: Work, clock: Clock) -> "ZaloDoor | None":
    """Zalo's door, where it is open; what it needs is loaded with it."""
    if not work.settings.zalo.enabled:
        return None
    from bot.channels.zalo.door import make_door

    web = work.settings.web
    return make_door(work, clock, ROUTES, web.address if web.is_on else "")


def _coming_in(
    settings: Settings,
    inbox: Inbox,
    polling: Polling,
    health: HealthWatch,
    more: "Sequence[BaseRoute]",
) -> "tuple[Polling | Webhook, HttpServer | None]":
    """How updates come, and the server where somebody asks anything of the program: what serves
    is loaded with it. All on one port: the webhook's, else that of the web, else that of health
    (which answers on its own besides, where it has one).
    `more`: what other channels are asked there.
    """
    there, web = settings.telegram, settings.web
    by_webhook = there.mode == "webhook"
    if not (by_webhook or web.is_on or settings.health.port):
        return polling, None
    from bot.app.serving import HttpServer, about_health

    routes = (*about_health(health), *more)
    if not by_webhook:
        if web.is_on:
            return polling, HttpServer(routes, web.listen, web.port, "web.port")
        place = settings.health
        return polling, HttpServer(routes, place.listen, place.port, "health.port")
    from bot.channels.telegram.webhook import Webhook

    bot = polling.bot
    webhook = Webhook(bot, inbox, there.webhook_url, there.webhook_secret, ALLOWED_UPDATES)
    listen, port = there.webhook_listen, there.webhook_port
    all_routes = (*webhook.routes, *routes)
    return webhook, HttpServer(all_routes, listen, port, "telegram.webhook_port")


def _health_server(
    settings: Settings, health: HealthWatch, server: "HttpServer | None"
) -> "HttpServer | None":
    """The port that the settings name for health, where the other server does not answer there."""
    place = listen, port = settings.health.listen, settings.health.port
    answered = [(host, port) for host in (listen, *EVERYWHERE)]
    if server is None or not port or server.place in answered:
        return None
    from bot.app.serving import HttpServer, about_health

    return HttpServer(about_health(health), *place, "health.port")


def _measured(handler: Handler) -> Callable[[Update, TelegramContext], Coroutine[Any, Any, None]]:
    async def handle(update: Update, context: TelegramContext) -> None:
        with measured("update"):
            await handler(update, context)

    return handle


def _application(
    settings: Settings, inbox: Inbox, request: HTTPXRequest, limiter: LaneLimiter
) -> Application[Any, TelegramContext, Any, Any, Any, Any]:
    return (
        ApplicationBuilder()
        .token(settings.telegram.token)
        .base_url(settings.telegram.base_url)
        .base_file_url(settings.telegram.base_file_url)
        .get_updates_request(request)
        .updater(None)  # updates come by `Program.fetching`
        .job_queue(None)  # what is done by the clock is in `Program.schedule`
        .update_queue(inbox)
        .concurrent_updates(ChatOrder(inbox, AT_ONCE))
        .rate_limiter(PatientLimiter(limiter))
        .context_types(ContextTypes(context=TelegramContext))
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                tzinfo=ZONE,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .request(make_request(AT_ONCE, pool_timeout=30))
        .build()
    )


@asynccontextmanager
async def running(program: Program) -> AsyncIterator[Program]:
    """Run until the block is left, then stop cleanly: what was taken is finished or kept."""
    application = program.application
    async with AsyncExitStack() as stack:
        stack.push_async_callback(program.work.store.close)
        if program.zalo:
            stack.push_async_callback(program.zalo.bot.close)
        await application.initialize()
        stack.push_async_callback(application.shutdown)
        await program.watch.look()
        await _make_up(program)
        await application.start()
        stack.push_async_callback(application.stop)
        stack.enter_context(program.background.watched("handling", _handling(application)))
        stack.callback(program.health.stopped)
        for name, job in _jobs(program).items():
            await stack.enter_async_context(program.background.run(name, job))
        log.info("program.started", mode=program.settings.telegram.mode)
        yield program
    log.info("program.stopped")


async def _make_up(program: Program) -> None:
    """Take up what an earlier run left: updates, cards owed, messages being sent."""
    bot: ExtBot[int] = program.application.bot
    if program.election.leads:  # else others may be sending
        await program.dispatcher.recover()
    for chat in sorted(await program.inbox.replay()):
        await tell_too_late(bot, program.work, program.clock, chat)
    await program.answers.recover()
    await menus.publish_for_strangers(bot)


def _handling(
    application: Application[Any, TelegramContext, Any, Any, Any, Any],
) -> asyncio.Task[Any]:
    """PTB's task that takes updates from the inbox: without it all others would run for nothing."""
    name = f"Application:{application.bot.id}:update_fetcher"
    return next(task for task in asyncio.all_tasks() if task.get_name() == name)


def _jobs(program: Program) -> dict[str, Job]:
    """What runs as long as the program, by name; the last to start is the first to stop."""
    jobs: dict[str, Job] = {"inbox": program.inbox.run}
    if isinstance(program.inbox, SharedInbox):
        jobs["leading"] = partial(_leading, program)
        jobs["sweeping"] = partial(_sweeping, program, program.inbox)
    else:
        jobs["dispatcher"] = program.dispatcher.run
        jobs["files"] = program.files.run
        jobs["answers"] = program.answers.run
        jobs["backup"] = NightlyBackup(program.work, program.clock).run
        jobs["menus"] = partial(_menus, program)
        jobs |= _zalo_jobs(program)
    if program.sharing:
        jobs["sharing"] = program.sharing
    url = program.settings.sandbox.clock_url
    if url:
        advance, leads = program.schedule.advance, lambda: program.election.leads
        jobs["clock"] = lambda: follow_clock(url, advance, program.clock, leads)
    jobs["schedule"] = partial(_ticking, program)
    jobs["health"] = program.health.run
    jobs["memory"] = keep_small
    if program.server:
        jobs["server"] = program.server.run
    if program.health_server:
        jobs["health server"] = program.health_server.run
    jobs["fetching"] = program.fetching.run
    return jobs


def _zalo_jobs(program: Program, *pauses: float) -> dict[str, Job]:
    """What only one program may do: ask Zalo, answer what came."""
    if program.zalo is None:
        return {}
    return {
        "zalo": partial(program.zalo.inbox.run, *pauses),
        "zalo coming in": program.zalo.coming_in.run,
    }


async def _leading(program: Program) -> None:
    """Until cancelled: once this program is the one, do what only one may."""
    await program.election.won()
    jobs: dict[str, Job] = {
        "dispatcher": partial(program.dispatcher.run, SHARED_PAUSE),
        "recovering": partial(_recovering, program),
        "files": partial(program.files.run, SHARED_FILES_PAUSE),
        "answers": partial(program.answers.run, beside_others=True),
        "backup": NightlyBackup(program.work, program.clock).run,
        "menus": partial(_menus, program),
        **_zalo_jobs(program, SHARED_PAUSE),
    }
    async with AsyncExitStack() as stack:
        for name, job in jobs.items():
            await stack.enter_async_context(program.background.run(name, job))
        await asyncio.Event().wait()


async def _recovering(program: Program) -> None:
    """What whoever led before was sending is settled when they cannot be sending any more."""
    await asyncio.sleep(SETTLED_SECONDS)
    await program.dispatcher.recover()
    await asyncio.Event().wait()


async def _sweeping(program: Program, inbox: SharedInbox) -> None:
    """Until cancelled: take up what another program left."""
    bot: ExtBot[int] = program.application.bot
    while True:
        try:
            for chat in sorted(await inbox.sweep()):
                await tell_too_late(bot, program.work, program.clock, chat)
        except Exception:
            log.exception("inbox.not_swept")
        await asyncio.sleep(SWEEP_SECONDS)


async def _menus(program: Program) -> None:
    """Until cancelled: see `menus.keep_current`. A fault there holds up nothing else."""
    try:
        await menus.keep_current(program.application.bot, program.work, program.clock)
    except Exception:
        log.exception("menus.failed")
    await asyncio.Event().wait()


async def _ticking(program: Program) -> None:
    """Until cancelled: do what is due, at once and every so many seconds, whatever the calendar."""
    while True:
        try:
            await _tick(program)
        except Exception:  # a database that is away for a while, for one
            log.exception("tick.failed")
        await woken(program.election.woken, TICK_SECONDS)


async def _tick(program: Program) -> None:
    await program.watch.look()
    if program.election.leads:
        with measured("tick"):
            await program.schedule.run_due()
    program.health.ticked()
