"""What a plan must not be, beyond the types of its values."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.config.settings import Programmes
from bot.core.labels import TOPICS
from bot.core.rules.programmes import (
    ALL_COUNTS,
    ALL_FIGURES,
    ALL_LEVELS,
    ALL_SECTIONS,
    ALL_SPANS,
    OWING,
    Programme,
    ReportDue,
    Target,
    Topic,
)

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TOPIC_KEY = re.compile(r"[a-z][a-z0-9_]{0,14}")  # it travels in the data of a button
LONGEST_KEY, LONGEST_SHORT, LONGEST_TITLE = 30, 40, 200
LONGEST_TOPIC, LONGEST_TEXT = 20, 500
OUTLINES = ("full", "short")
NO_LEAP_YEAR = 2023


def of_one(plan: Programme, name: str) -> Iterator[str]:
    """Lines about one plan; `name` is that of its file."""
    if plan.key != name:
        yield f"key = {plan.key!r}: it must be the name of the file, {name!r}"
    yield from _key("key", plan.key)
    for key in ("title", "short", "issuer", "source", "responsible", "difficulties"):
        most = LONGEST_SHORT if key == "short" else LONGEST_TITLE
        yield from _words(key, getattr(plan, key), most)
    for key, most in (
        ("number", LONGEST_SHORT),
        ("about", LONGEST_TEXT),
        ("difficulties_phone", LONGEST_SHORT),
    ):
        if len(getattr(plan, key)) > most:
            yield f"{key}: it must have at most {most} characters"
    if plan.ends and plan.ends < plan.starts:
        yield f"ends = {plan.ends}: it lies before starts"
    if not set(plan.campaign_months) <= set(range(1, 13)):
        yield f"campaign_months = {list(plan.campaign_months)}: months are 1 to 12"
    for part, keys in (
        ("tasks", [task.number for task in plan.tasks]),
        ("targets", [target.key for target in plan.targets]),
        ("topics", [topic.key for topic in plan.topics]),
        ("reports", [report.key for report in plan.reports]),
        ("units", plan.units),
        ("campaign_months", plan.campaign_months),
    ):
        for twice, times in Counter(keys).items():
            if times > 1:
                yield f"{part}: {twice!r} is there {times} times"
    yield from _parts(plan)


def _parts(plan: Programme) -> Iterator[str]:
    for task in plan.tasks:
        at = f'tasks "{task.number}"'
        for key in ("number", "text", "department", "source"):
            yield from _words(f"{at}, {key}", getattr(task, key), LONGEST_TEXT)
        if len(task.number) > LONGEST_SHORT:
            yield f"{at}, number: it must have at most {LONGEST_SHORT} characters"
        for wrong in [name for name in task.levels if name not in ALL_LEVELS]:
            yield f"{at}, levels: there is no {wrong!r}; there are {', '.join(ALL_LEVELS)}"
        if not task.levels:
            yield f"{at}, levels: it needs one of {', '.join(ALL_LEVELS)}"
    for target in plan.targets:
        at = f'targets "{target.key}"'
        yield from _key(f"{at}, key", target.key)
        for key in ("text", "measure", "source"):
            yield from _words(f"{at}, {key}", getattr(target, key), LONGEST_TEXT)
        if target.value < 0:
            yield f"{at}, value = {target.value}: it must be 0 or more"
        if target.first_year and target.last_year and target.last_year < target.first_year:
            yield f"{at}, last_year = {target.last_year}: it lies before first_year"
        yield from _counted(at, target, plan)
    for topic in plan.topics:
        yield from _topic(topic)
    for report in plan.reports:
        yield from _report(report)


SHARES = ("coverage", "union_share", "settled_in_time")


def _counted(at: str, target: Target, plan: Programme) -> Iterator[str]:
    for key, allowed in (("counts", ALL_COUNTS), ("per", ALL_SPANS)):
        if (name := getattr(target, key)) not in allowed:
            yield f"{at}, {key} = {name!r}: it is one of {', '.join(allowed)}"
    if target.counts in SHARES and target.measure != "%":
        yield f'{at}, measure = {target.measure!r}: what counts {target.counts} is in "%"'
    if target.counts in ("members_gained", "new_unions") and target.measure == "%":
        yield f'{at}, measure = "%": {target.counts} counts heads and unions, not a share'
    if target.counts == "visits_kept" and target.value != 1:
        yield f"{at}, value = {target.value}: weeks with one visit are counted, so it is 1"
    if target.counts == "union_share" and target.from_workers < 1:
        yield f"{at}, from_workers: union_share needs how many workers an enterprise has at least"
    if target.per == "span" and not (target.last_year or plan.ends):
        yield f"{at}, last_year: a target of the whole time needs its end, and the plan has none"
    if len(target.of) > LONGEST_TITLE:
        yield f"{at}, of: it must have at most {LONGEST_TITLE} characters"


def _topic(topic: Topic) -> Iterator[str]:
    at = f'topics "{topic.key}"'
    if topic.key in TOPICS:
        if topic.short or topic.words:
            yield f"{at}: this topic has words already; only its key is written"
        return
    if not TOPIC_KEY.fullmatch(topic.key):
        yield f"{at}, key: a new topic's is 1 to 15 of a-z, 0-9 and _, a letter first"
    if not (topic.short.strip() and topic.words.strip()):
        keys = ", ".join(TOPICS)
        yield f"{at}: a new topic needs short and words; known are {keys}"
    if len(topic.short) > LONGEST_TOPIC:
        yield f"{at}, short = {topic.short!r}: it must have 1 to {LONGEST_TOPIC} characters"
    if len(topic.words) > LONGEST_TITLE:
        yield f"{at}, words: it must have 1 to {LONGEST_TITLE} characters"


def _report(report: ReportDue) -> Iterator[str]:
    at = f'reports "{report.key}"'
    yield from _key(f"{at}, key", report.key)
    yield from _words(f"{at}, title", report.title, LONGEST_TITLE)
    yield from _words(f"{at}, source", report.source, LONGEST_TEXT)
    days = {}
    for key in ("before", "first", "last"):
        day, month = getattr(report, key)
        try:
            days[key] = date(NO_LEAP_YEAR, month, day)
        except ValueError:
            yield f"{at}, {key} = '{day}/{month}': not every year has this day"
    if len(days) == len(("before", "first", "last")) and days["last"] < days["first"]:
        yield f"{at}, last: it lies before first"
    same_year = not report.of_last_year and {"before", "first"} <= days.keys()
    if same_year and days["before"] <= days["first"]:
        yield f"{at}, before: nothing is covered by then, first is later; write of_last_year = true"
    if report.outline not in OUTLINES:
        yield f"{at}, outline = {report.outline!r}: it is one of {', '.join(OUTLINES)}"
    for key, chosen, allowed in (
        ("figures", report.figures, ALL_FIGURES),
        ("sections", report.sections, ALL_SECTIONS),
        ("levels", report.levels, OWING),
    ):
        for wrong in [name for name in chosen if name not in allowed]:
            yield f"{at}, {key}: there is no {wrong!r}; there are {', '.join(allowed)}"
    if not report.figures and not report.sections:
        yield f"{at}: it needs figures or sections"
    if not report.levels:
        yield f"{at}, levels: it needs one of {', '.join(OWING)}"
    if "direct_site" in report.levels and not report.sections:
        yield f"{at}, levels: direct_site writes sections, for it no figures are counted"


def _key(at: str, key: str) -> Iterator[str]:
    if not KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        yield f"{at} = {key!r}: it is 1 to {LONGEST_KEY} of a-z, 0-9 and single hyphens between"


def _words(at: str, words: str, most: int) -> Iterator[str]:
    if not words.strip() or len(words) > most:
        yield f"{at} = {words[:60]!r}: it must have 1 to {most} characters"


def of_all(section: Programmes, plans: Mapping[str, tuple[Path, Programme]]) -> Iterator[str]:
    """Lines about the plans together and about what config.toml says of them."""
    yield from _twice(section.active)
    yield from _prolonged(section, plans)
    yield from _extra_reports(section, plans)
    new: dict[str, tuple[Path, Topic]] = {}
    for file, plan in plans.values():
        for topic in plan.topics:
            other, first_topic = new.setdefault(topic.key, (file, topic))
            if first_topic != topic:
                yield f'{file}: topics "{topic.key}": {other} has other words for it'


def _twice(active: Collection[str]) -> Iterable[str]:
    for key, times in Counter(active).items():
        if times > 1:
            yield f"programmes.active: {key!r} is there {times} times"


def _extra_reports(
    section: Programmes, plans: Mapping[str, tuple[Path, Programme]]
) -> Iterator[str]:
    keys = {(key, report.key) for key, (_, plan) in plans.items() for report in plan.reports}
    for extra in section.extra_reports:
        at = f'programmes.extra_reports "{extra.key}"'
        if extra.plan not in section.active:
            yield f"{at}, plan = {extra.plan!r}: this plan is not in programmes.active"
        own = {(extra.plan, report.key) for report in extra.reports()}
        if own & keys:
            yield f"{at}, key: the plan {extra.plan!r} has a report of this key already"
        keys |= own


def _prolonged(section: Programmes, plans: Mapping[str, tuple[Path, Programme]]) -> Iterator[str]:
    for key, until in section.prolonged.items():
        if key not in section.active:
            yield f"programmes.prolonged.{key}: this plan is not in programmes.active"
        elif key in plans and not (ends := plans[key][1].ends):
            yield f"programmes.prolonged.{key}: this plan has no end"
        elif key in plans and ends and until <= ends:
            yield f"programmes.prolonged.{key} = {until}: the plan runs until {ends} anyway"
