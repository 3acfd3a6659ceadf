"""The only wiring: config, store, clock, request -> a running program."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    ApplicationBuilder,
    ContextTypes,
    Defaults,
    ExtBot,
)

from bot import handlers, programmes
from bot.clock import Clock
from bot.clock_link import follow_clock
from bot.context import Context, Runtime
from bot.delivery.answers import Answers
from bot.delivery.fetching import Fetching
from bot.delivery.files import FileKeeper
from bot.delivery.inbox import ChatOrder, Inbox
from bot.delivery.outbox import Dispatcher
from bot.delivery.patience import PatientLimiter
from bot.delivery.rate_limit import LaneLimiter
from bot.keys import open_vault
from bot.rules.calendar import ZONE
from bot.schedule import Schedule, table
from bot.services.work import Work
from bot.settings import Settings
from storage.migrations import upgrade
from storage.store import Store

AT_ONCE = 64  # chats handled in parallel
TICK_SECONDS = 20
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]

log = structlog.get_logger()


@dataclass
class Program:
    """Everything that runs. Tests reach in; the command line only starts and stops it."""

    settings: Settings
    work: Work
    clock: Clock
    inbox: Inbox
    application: Application[Any, Context, Any, Any, Any, Any]
    dispatcher: Dispatcher
    files: FileKeeper
    answers: Answers
    schedule: Schedule
    fetching: Fetching


async def build(settings: Settings, clock: Clock | None = None) -> Program:
    """Put the program together on a database brought to the newest schema."""
    clock = clock or Clock()
    plans = programmes.load(settings.programmes)
    store = Store(settings.database.url)
    await upgrade(store)
    vault = await open_vault(store, settings, clock.now())
    work = Work(store, settings, settings.make_calendar(), vault, plans)
    inbox = Inbox(store, clock, vault)
    fetching = Fetching()
    application = _application(settings, inbox, fetching)
    bot: ExtBot[int] = application.bot
    dispatcher = Dispatcher(store, clock, bot, vault)
    inbox.after_each = dispatcher.wake
    files = FileKeeper(store, clock, bot, settings.database.files)
    answers = Answers(store, clock, vault)
    answers.works = partial(handlers.works, application)
    answers.send = partial(handlers.send_answer, application)
    answers.repeat = partial(inbox.repeat, bot=bot)
    answers.busy = inbox.busy
    application.bot_data["runtime"] = Runtime(work, clock, dispatcher, files, answers)
    handlers.register(application)
    schedule = Schedule(work, clock, dispatcher, table(settings))
    return Program(
        settings, work, clock, inbox, application, dispatcher, files, answers, schedule, fetching
    )


def _application(
    settings: Settings, inbox: Inbox, fetching: Fetching
) -> Application[Any, Context, Any, Any, Any, Any]:
    return (
        ApplicationBuilder()
        .token(settings.telegram.token)
        .base_url(settings.telegram.base_url)
        .base_file_url(settings.telegram.base_file_url)
        .get_updates_request(fetching)
        .update_queue(inbox)
        .concurrent_updates(ChatOrder(inbox, AT_ONCE))
        .rate_limiter(PatientLimiter(LaneLimiter()))
        .context_types(ContextTypes(context=Context))
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                tzinfo=ZONE,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .connection_pool_size(AT_ONCE)
        .pool_timeout(30)
        .build()
    )


@asynccontextmanager
async def running(program: Program) -> AsyncIterator[Program]:
    """Run until the block is left, then stop cleanly: what was taken is finished or kept."""
    application = program.application
    async with AsyncExitStack() as stack:
        stack.push_async_callback(program.work.store.close)
        await application.initialize()
        stack.push_async_callback(application.shutdown)
        await _make_up(program)
        await application.start()
        stack.push_async_callback(application.stop)
        for job in _jobs(program):
            await stack.enter_async_context(_background(job))
        stack.callback(_not_well, program)
        await stack.enter_async_context(_ticking(program))
        await _start_fetching(program)
        if application.updater:
            stack.push_async_callback(application.updater.stop)
        log.info("program.started", mode=program.settings.telegram.mode)
        yield program
    log.info("program.stopped")


async def _make_up(program: Program) -> None:
    """Take up what an earlier run left: updates, cards owed, messages being sent."""
    await program.dispatcher.recover()
    await program.inbox.replay(program.application.bot)
    await program.answers.recover()
    await handlers.publish_commands(program.application)


def _jobs(program: Program) -> list[Callable[[], Coroutine[Any, Any, None]]]:
    jobs: list[Callable[[], Coroutine[Any, Any, None]]] = [
        program.dispatcher.run,
        program.files.run,
        program.answers.run,
    ]
    url = program.settings.sandbox.clock_url
    if url:
        jobs.append(lambda: follow_clock(url, program.schedule.advance, program.clock))
    return jobs


@asynccontextmanager
async def _background(job: Callable[[], Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    task = asyncio.create_task(job())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def _ticking(program: Program) -> AsyncIterator[None]:
    scheduler = AsyncIOScheduler(timezone=ZONE)
    scheduler.add_job(
        _tick,
        "interval",
        args=(program,),
        seconds=TICK_SECONDS,
        next_run_time=datetime.now(ZONE),  # at once: the start makes up what was missed
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def _tick(program: Program) -> None:
    await program.schedule.run_due()
    if program.settings.health.file and _fetches(program):
        program.settings.health.file.touch()


def _fetches(program: Program) -> bool:
    if program.settings.telegram.mode == "webhook":
        return bool(program.application.updater and program.application.updater.running)
    return program.fetching.works()


def _not_well(program: Program) -> None:
    """A program that stopped is not taken for one that runs."""
    if program.settings.health.file:
        program.settings.health.file.unlink(missing_ok=True)


async def _start_fetching(program: Program) -> None:
    updater, telegram = program.application.updater, program.settings.telegram
    if updater is None:
        raise RuntimeError("the application was built without an updater")
    if telegram.mode == "polling":
        await updater.start_polling(
            allowed_updates=ALLOWED_UPDATES,
            bootstrap_retries=-1,
            error_callback=program.fetching.failed,
        )
        return
    await updater.start_webhook(
        listen=telegram.webhook_listen,
        port=telegram.webhook_port,
        url_path="telegram",
        webhook_url=telegram.webhook_url,
        secret_token=telegram.webhook_secret,
        allowed_updates=ALLOWED_UPDATES,
        bootstrap_retries=-1,
    )
