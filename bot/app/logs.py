"""Logs: one line an event, ids and types of exceptions only, never texts, names or the token.

What libraries say is not shown: they quote what people wrote, in their arguments or already in
their sentences. Shown is where they said it, and the types of the exception.
"""

import logging
import re
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from bot.config.settings import Logging
from bot.core.measures import MEASURES

TROUBLES = ("warning", "error", "exception", "critical")
OWN = ("bot", "storage")  # the loggers of this program
_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{20,}")
_NEAREST = 3  # frames shown with an exception

log = structlog.get_logger()


def set_up(logging_: Logging, token: str = "") -> None:
    """Send structlog's and the libraries' logs to stderr as key=value or JSON lines."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words_of_exceptions,
    ]
    structlog.configure(
        processors=[
            _counted,
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = _Handler(sys.stderr)
    handler.setFormatter(_formatter(logging_.json_lines, token, shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Libraries only warn, whatever the level: where they say something at INFO helps nobody.
    level = logging.getLevelNamesMapping()[logging_.level.upper()]
    root.setLevel(max(logging.WARNING, level))
    for name in OWN:
        logging.getLogger(name).setLevel(level)
    catch_all()


def catch_all() -> None:
    """Log what Python itself would write to stderr with the words of exceptions."""
    warnings.showwarning = _warned  # type: ignore[assignment]
    sys.excepthook = _not_caught
    sys.unraisablehook = lambda args: _not_caught(args.exc_type, args.exc_value, None)
    threading.excepthook = lambda args: _not_caught(args.exc_type, args.exc_value, None)


class _Handler(logging.StreamHandler[Any]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Python would write the record's arguments."""
        kind = type(sys.exc_info()[1]).__name__
        with suppress(OSError, ValueError):  # stderr is closed or full: nobody reads it
            self.stream.write(f"log.failed {_place(record.pathname, record.lineno)} {kind}\n")


class _Formatter(structlog.stdlib.ProcessorFormatter):
    def format(self, record: logging.LogRecord) -> str:
        """Records of libraries without what they say."""
        own = record.name.partition(".")[0] in OWN
        return super().format(record if own else _without_words(record))


def _without_words(record: logging.LogRecord) -> logging.LogRecord:
    place = f"{_place(record.pathname, record.lineno)} {record.funcName}"
    attributes = {"name": record.name, "levelno": record.levelno, "levelname": record.levelname}
    return logging.makeLogRecord(
        {**attributes, "msg": f"{record.name} at {place}", "exc_info": record.exc_info}
    )


def _warned(
    _message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object
) -> None:
    log.warning("library.warning", kind=category.__name__, place=_place(filename, lineno))


def _not_caught(
    kind: type[BaseException], error: BaseException | None, _frames: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.error("exception.not_caught", kind=kind.__name__, exc_info=error)


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

    return _Formatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, without_token],
    )


def _counted(_logger: Any, method: str, event: EventDict) -> EventDict:
    """Troubles are counted whether the level shows them or not; events are names in the code."""
    if method in TROUBLES:
        MEASURES.troubles[str(event["event"])] += 1
    return event


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
        event["exception"] = " < ".join(_traced(error))
    return event


def _traced(error: BaseException) -> list[str]:
    """The exception, then its causes: type and the nearest places, the innermost first."""
    lines: list[str] = []
    seen_ids: set[int] = set()
    here: BaseException | None = error
    while here is not None and id(here) not in seen_ids:
        seen_ids.add(id(here))
        frames = traceback.extract_tb(here.__traceback__)[-_NEAREST:]
        places = ", ".join(_place(f.filename, f.lineno) for f in reversed(frames))
        lines.append(f"{type(here).__name__} ({places})" if places else type(here).__name__)
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
    return lines


def _place(filename: str, line: int | None) -> str:
    return f"{'/'.join(filename.replace(chr(92), '/').split('/')[-3:])}:{line}"
