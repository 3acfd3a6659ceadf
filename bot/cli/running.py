"""`satcoso run`: from settings to a program that runs until it is told to stop."""

import asyncio
import gc
import signal

import httpx
import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import programmes
from bot.app import logs
from bot.app.background import TaskEnded
from bot.app.clock_link import read_clock
from bot.app.wiring import build, running
from bot.channels.telegram.command_line import refused_token, trouble
from bot.cli import places
from bot.cli.lock import database_held, starting
from bot.cli.operating import prepare_folders, reason
from bot.config.keys import refuse_a_lost_database
from bot.config.settings import Settings
from bot.core.clock import Clock
from bot.core.errors import ConfigError
from bot.summaries.services import emulation_file
from bot.visits.services import result_file

log = structlog.get_logger()


async def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM.

    Raises ConfigError: a plan is wrong, database or Telegram cannot be reached as configured, or
    the program failed.
    """
    logs.set_up(settings.logging, settings.telegram.token)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    programmes.load(settings.programmes)  # a mistake in one is told before anything is made
    result_file.load(settings.visits.results)
    emulation_file.load(settings.summaries.emulation)
    places.check(settings)
    prepare_folders(settings)
    clock = await _clock(settings)
    try:
        shared = settings.database.shared
        async with database_held(settings.database.url, stop.set, shared=shared) as locks:
            async with starting(settings, locks):
                await refuse_a_lost_database(settings)
                program = await build(settings, clock, locks)
            async with running(program):
                gc.freeze()
                gc.enable()
                await program.background.until(stop.wait())
    except ConfigError:
        raise
    except TaskEnded as ended:
        raise ConfigError(_ended(ended)) from None
    except SQLAlchemyError as error:
        raise ConfigError(f"database.url: {reason(error)}") from error
    except OSError as error:
        if error.filename:
            raise  # told by its words: a full disk, a folder that may not be written to
        log.error("program.failed", exc_info=error)
        raise ConfigError("the program failed; the last line of the log says where") from None
    except Exception as error:
        if words := trouble(error):
            raise ConfigError(words) from None
        # Not raised: its words may quote what people wrote.
        log.error("program.failed", exc_info=error)
        raise ConfigError("the program failed; the last line of the log says where") from None


def _ended(ended: TaskEnded) -> str:
    """What ended the program, for the operator; its place is in the log."""
    error = ended.__cause__
    if refused_token(error):
        return "telegram.token: Telegram has refused this token for minutes; was it revoked?"
    if isinstance(error, ConfigError):  # a port that is taken
        return str(error)
    why = type(error).__name__ if error else "by itself"
    return f"the program failed: {ended} ended ({why}); the last lines of the log say where"


async def _clock(settings: Settings) -> Clock:
    """The sandbox's time from the first moment on, where there is a sandbox."""
    clock = Clock()
    if settings.sandbox.clock_url:
        try:
            await read_clock(settings.sandbox.clock_url, clock)
        except (httpx.HTTPError, KeyError, ValueError) as error:
            words = f"sandbox.clock_url: no clock there ({type(error).__name__})"
            raise ConfigError(words) from None
    return clock
