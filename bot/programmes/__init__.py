"""The plans (kế hoạch): one TOML file each, read at the start.

Those in this folder come with the program; the operator's own lie in the folder that config.toml
names, and replace one of the same name. How to write one: docs/programmes.md.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.config import toml_file
from bot.config.explanations import explanation, written
from bot.config.settings import Programmes
from bot.core.errors import ConfigError
from bot.core.rules.levels import all_names
from bot.core.rules.programmes import Programme
from bot.programmes import checks

OWN = Path(__file__).parent
DAYS = ("before", "first", "last")  # of a report, written "15/12"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    plan: Programme


def load(section: Programmes) -> tuple[Programme, ...]:
    """The active plans, in the order in which config.toml names them.

    Raises:
        ConfigError: a line for each mistake, with the file and the key.
    """
    mistakes: list[str] = []
    plans: dict[str, tuple[Path, Programme]] = {}
    for key in section.active:
        try:
            plans[key] = _read(key, section)
        except ConfigError as error:
            mistakes.append(str(error))
    mistakes += checks.of_all(section, plans)
    if mistakes:
        raise ConfigError("\n".join(mistakes))
    return tuple(_as_set(key, plan, section) for key, (_, plan) in plans.items())


def _as_set(key: str, plan: Programme, section: Programmes) -> Programme:
    """The plan with what config.toml says of it."""
    extra = [report for e in section.extra_reports if e.plan == key for report in e.reports()]
    ends = section.prolonged
    carried_on = _prolonged(plan, ends[key]) if key in ends else plan
    return _called(replace(carried_on, reports=(*plan.reports, *extra)), section)


def _called(plan: Programme, section: Programmes) -> Programme:
    """Departments and levels by the office's own names, the longest first; what the plan is called
    and where it is from stays as it was issued."""
    names = all_names(section.names)
    if not names:
        return plan
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest)))

    def own(words: str) -> str:
        return pattern.sub(lambda match: names[match[0]], words)

    return replace(
        plan,
        responsible=own(plan.responsible),
        difficulties=own(plan.difficulties),
        tasks=tuple(
            replace(task, text=own(task.text), department=own(task.department))
            for task in plan.tasks
        ),
        targets=tuple(replace(t, text=own(t.text), of=own(t.of)) for t in plan.targets),
    )


def _prolonged(plan: Programme, until: date) -> Programme:
    """Carried on, and with it what it asks for until its last year."""
    last = plan.ends.year if plan.ends else None
    targets = tuple(
        replace(t, last_year=until.year) if last and t.last_year == last else t
        for t in plan.targets
    )
    return replace(plan, ends=until, targets=targets)


def file_of(key: str, section: Programmes) -> Path:
    """The operator's file where there is one, else the program's. Raises ConfigError: neither."""
    places = [folder / f"{key}.toml" for folder in (section.folder, OWN)]
    file = next((place for place in places if place.is_file()), None)
    if file is None or Path(key).name != key:
        names = ", ".join(sorted({place.stem for place in _files(section)}))
        raise ConfigError(
            f"programmes.active: there is no plan {key!r}, neither in {section.folder} nor among "
            f"the program's own; there are {names}"
        )
    return file


def _read(key: str, section: Programmes) -> tuple[Path, Programme]:
    file = file_of(key, section)
    values = toml_file.read(file)
    try:
        plan = _File.model_validate({"plan": _with_days(values)}).plan
    except ValidationError as error:
        lines = [_in_words(file, values, dict(mistake)) for mistake in error.errors()]
        raise ConfigError("\n".join(lines)) from None
    if wrong := [f"{file}: {words}" for words in checks.of_one(plan, file.stem)]:
        raise ConfigError("\n".join(wrong))
    return file, plan


def _files(section: Programmes) -> Iterator[Path]:
    for folder in (section.folder, OWN):
        yield from folder.glob("*.toml")


def _with_days(values: dict[str, Any]) -> dict[str, Any]:
    """Days of the year as the rules know them: "15/12" is (15, 12)."""
    reports = values.get("reports")
    if not isinstance(reports, list):
        return values
    return {**values, "reports": [_day_pairs(report) for report in reports]}


def _day_pairs(report: Any) -> Any:
    if not isinstance(report, dict):
        return report
    days = {key: _pair(report[key]) for key in DAYS if key in report}
    return {**report, **days}


def _pair(written: Any) -> Any:
    parts = str(written).split("/")
    return tuple(parts) if len(parts) == len(("day", "month")) else written


def _in_words(file: Path, values: dict[str, Any], mistake: dict[str, Any]) -> str:
    """`reports "nam", before = '31.12': …`: entries of a list go by their own key."""
    path, day = "", False
    inner: Any = values
    for part in mistake["loc"][1:]:
        day = day or part in DAYS
        if isinstance(part, int):
            inner = inner[part] if not day else inner
            path += f" {_name(inner, part)}" if not day else ""
        else:
            inner = inner.get(part, {}) if isinstance(inner, dict) else {}
            path += f", {part}" if path else str(part)
    if mistake["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"{file}: {path}: there is no such key; docs/programmes.md lists them all"
    if mistake["type"] in ("missing", "missing_argument"):
        return f"{file}: {path}: this key is missing"
    if isinstance(inner, dict):
        return f"{file}: {path}: {_brackets(path, mistake)}"
    words = 'a day of the year is written "15/12"' if day else explanation(mistake)
    return f"{file}: {path} = {written(inner)}: {words}"


def _brackets(key: str, mistake: dict[str, Any]) -> str:
    """[reports] where [[reports]] is wanted."""
    if mistake["type"] == "tuple_type":
        return f"each of them begins with [[{key}]], in two pairs of brackets"
    return explanation(mistake)


def _name(entry: Any, position: int) -> str:
    own = entry.get("key") or entry.get("number") if isinstance(entry, dict) else None
    return f'"{own}"' if own else f"no. {position + 1}"
