"""The only wiring: what the areas bring along, put together and run."""

import sys

# Where python-telegram-bot finds APScheduler it loads all of it, a megabyte, for a queue of jobs
# that nobody here uses: `bot.app.schedule` needs its triggers only.
sys.modules.setdefault("apscheduler.executors.asyncio", None)  # type: ignore[arg-type]
