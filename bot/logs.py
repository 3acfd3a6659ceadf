"""Logs: one line an event, ids and types of exceptions only, never texts, names or the token."""

import logging
import re
import sys
import traceback
from collections.abc import Callable
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from bot.settings import Logging

OWN = ("bot", "storage")  # the loggers of this program
_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{20,}")
_NEAREST = 3  # frames of our own shown with an exception


def set_up(logging_: Logging, token: str = "") -> None:
    """Send structlog's and the libraries' logs to stderr as key=value or JSON lines."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words_of_exceptions,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(logging_.json_lines, token, shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Libraries only warn, whatever the level: httpx writes addresses, which hold the token, at
    # INFO, and aiosqlite what people wrote at DEBUG.
    level = logging.getLevelNamesMapping()[logging_.level.upper()]
    root.setLevel(max(logging.WARNING, level))
    for name in OWN:
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)


def _formatter(
    json_lines: bool, token: str, shared: list[Processor]
) -> structlog.stdlib.ProcessorFormatter:
    line: Callable[[Any, str, EventDict], str]
    if json_lines:
        line = structlog.processors.JSONRenderer(ensure_ascii=False)  # type: ignore[assignment]
    else:
        line = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])

    def without_token(logger: Any, method: str, event: EventDict) -> str:
        text = str(line(logger, method, event))
        return _TOKEN.sub("***", text.replace(token, "***") if token else text)

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, without_token],
    )


def _without_words_of_exceptions(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """An exception by its types and places: its words may quote what people wrote."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    record = event.get("_record")
    if record is not None and record.exc_info:
        error, record.exc_info, record.exc_text = record.exc_info[1], None, None
    if isinstance(error, BaseException):
        event["exception"] = " < ".join(_told(error))
    return event


def _told(error: BaseException) -> list[str]:
    """The exception, then its causes: type and the nearest places, the innermost first."""
    found: list[str] = []
    seen: set[int] = set()
    here: BaseException | None = error
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        frames = traceback.extract_tb(here.__traceback__)[-_NEAREST:]
        places = ", ".join(f"{_short(f.filename)}:{f.lineno}" for f in reversed(frames))
        found.append(f"{type(here).__name__} ({places})" if places else type(here).__name__)
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
    return found


def _short(filename: str) -> str:
    return "/".join(filename.replace("\\", "/").split("/")[-2:])
