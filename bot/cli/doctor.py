"""`satcoso doctor`: what works, what should be looked at, what has to be mended, and how.

It asks Telegram, the disk and the database, and changes nothing. Its sentences are Vietnamese: who
reads them is the one who looks after the server.
"""

from collections.abc import AsyncIterator
from pathlib import Path

from bot.cli import doctor_data, doctor_machine
from bot.cli.finding import Finding
from bot.config.settings import Settings
from bot.core.clock import Clock


async def findings(
    config: Path, settings: Settings, clock: Clock, deep: bool
) -> AsyncIterator[Finding]:
    """Everything, one after another. `deep`: all rows, files and the newest copy as well."""
    now = clock.machine()
    for finding in doctor_machine.quick_looks(config, settings, now):
        yield finding
    async for finding in doctor_machine.telegram(settings, now):
        yield finding
    async for finding in doctor_machine.zalo(settings):
        yield finding
    async for finding in doctor_machine.email(settings):
        yield finding
    async for finding in doctor_machine.machine_clock(settings, now):
        yield finding
    async for finding in doctor_data.database(settings, now, deep):
        yield finding
