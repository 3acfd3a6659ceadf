"""What Prometheus asks for, in its text format; written by hand: it is shorter than a library is.

Numbers only, labelled by names that stand in the code: no ids of people, no words.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.app.health import HealthFacts
from bot.core.measures import BOUNDS, Durations, Measures

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Metric:
    """`samples`: (labels, value), or (ending of the name, labels, value) of a histogram."""

    name: str
    kind: Literal["gauge", "counter", "histogram"]
    help: str
    samples: tuple[tuple[str, Mapping[str, str], float], ...]


def exposition(facts: HealthFacts, measures: Measures) -> str:
    """All of them, as text."""
    return "".join(f"{line}\n" for metric in metrics(facts, measures) for line in _lines(metric))


def metrics(facts: HealthFacts, measures: Measures) -> Iterator[Metric]:
    """How the program is now, and what it counted since it started."""
    waits = facts.waiting
    yield _gauge("well", "1 while nothing keeps the program from working", not facts.faults())
    yield _gauge("database_writable", "1 while the database takes what is written", facts.writable)
    yield _gauge(
        "telegram_fetched", "1 while Telegram is asked or knows the webhook", facts.fetched
    )
    yield _gauge("acts", "1 where this process does what is due", facts.acts)
    yield _gauge("clock_wrong", "1 while the machine's clock is doubted", bool(facts.clock_fault))
    if facts.ticked_seconds is not None:
        yield _gauge("tick_age_seconds", "Since what is due was looked at", facts.ticked_seconds)
    if facts.backed_up_at:
        age = _age(facts.backed_up_at, facts)
        yield _gauge("backup_age_seconds", "Since the last backup was made", age)
    yield _gauge(
        "outbox_oldest_seconds", "Age of the oldest due message", _age(waits.due_since, facts)
    )
    yield Metric(
        "outbox_due",
        "gauge",
        "Messages that should have gone out, by lane",
        tuple(("", {"lane": lane.name.lower()}, n) for lane, n in sorted(waits.due.items())),
    )
    yield _gauge("answers_owed", "Updates whose answer could not be given yet", waits.answers)
    yield _gauge("updates_waiting", "Updates taken and not over", waits.updates)
    yield Metric(
        "updates_set_aside",
        "gauge",
        "Updates of the last days that were not handled, by why",
        tuple(("", {"why": why}, n) for why, n in sorted(waits.set_aside.items())),
    )
    yield _gauge("cases_overdue", "Open cases past their day", waits.overdue)
    yield _gauge(
        "cases_overdue_ownerless", "Those that nobody can be reached about", waits.ownerless
    )
    yield Metric(
        "step_seconds", "histogram", "How long steps took", tuple(_histograms(measures.steps))
    )
    yield Metric(
        "troubles_total",
        "counter",
        "Lines of the log of level warning and above, by event; telegram.busy is a 429",
        tuple(("", {"event": event}, n) for event, n in sorted(measures.troubles.items())),
    )
    if memory := _memory():
        yield _gauge("memory_bytes", "Resident memory", memory)


def _gauge(name: str, help_: str, value: float) -> Metric:
    return Metric(name, "gauge", help_, (("", {}, float(value)),))


def _age(moment: datetime | None, facts: HealthFacts) -> float:
    return max(0.0, (facts.at - moment).total_seconds()) if moment else 0.0


def _histograms(steps: Mapping[str, Durations]) -> Iterator[tuple[str, Mapping[str, str], float]]:
    for step, durations in sorted(steps.items()):
        total = 0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), durations.counts, strict=True):
            total += count
            yield "_bucket", {"step": step, "le": bound}, total
        yield "_sum", {"step": step}, durations.seconds
        yield "_count", {"step": step}, total


def _lines(metric: Metric) -> Iterable[str]:
    name = f"satcoso_{metric.name}"
    yield f"# HELP {name} {metric.help}"
    yield f"# TYPE {name} {metric.kind}"
    for ending, labels, value in metric.samples:
        inner = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"{name}{ending}{f'{{{inner}}}' if inner else ''} {value:g}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


def _memory() -> int:
    """Of this process; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
