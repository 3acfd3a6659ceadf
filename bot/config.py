"""config.toml -> Settings. Every mistake is named: the key, the value, what is allowed."""

import os
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from datetime import time as wall_time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

import holidays
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import ConfigError
from bot.rules.assignment import Weights
from bot.rules.calendar import Calendar
from bot.rules.deadlines import CaseClocks
from bot.rules.reminders import ReminderTimes
from bot.rules.spam import Limits

TOKEN_VARIABLE = "SATCOSO_TELEGRAM_TOKEN"  # noqa: S105 - its name, not its value
HOLD_SECRETS = {
    "telegram",
    "telegram.token",
    "telegram.webhook_secret",
    "database",
    "database.url",
}
TOKEN_FORM = re.compile(r"\d+:[A-Za-z0-9_-]+")
SQLITE, POSTGRESQL = "sqlite+aiosqlite", "postgresql+psycopg"
LONGEST_CODE, LONGEST_NAME = 40, 200
YEARS_OF_HOLIDAYS = range(2020, 2041)

WeekDay = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Count = Annotated[int, Field(ge=1, le=50)]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Telegram(Section):
    token: str = ""
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_listen: str = "0.0.0.0"  # noqa: S104 - behind the operator's reverse proxy
    webhook_port: Annotated[int, Field(ge=1, le=65535)] = 8443
    webhook_secret: str = ""


class Database(Section):
    url: str = "sqlite+aiosqlite:///data/satcoso.db"
    files: Path = Path("data/files")


class Organisation(Section):
    name: str = "LĐLĐ tỉnh"
    code: str = "TINH"
    place: str = ""


class Assignment(Section):
    day: WeekDay = "mon"
    time: wall_time = wall_time(7, 0)
    quota: Count = 1
    weights: Weights = Weights()


class Visits(Section):
    late_weeks: Annotated[int, Field(ge=0, le=52)] = 4
    correction_days: Annotated[int, Field(ge=0, le=90)] = 7
    min_words: Annotated[int, Field(ge=0, le=100)] = 8


class Digest(Section):
    day: WeekDay = "fri"
    time: wall_time = wall_time(16, 30)


class Quiet(Section):
    start: wall_time = wall_time(21, 0)
    end: wall_time = wall_time(6, 30)


class Days(Section):
    """Corrections of the public calendar: swapped days are announced year by year."""

    holidays: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()


class Invitations(Section):
    valid_days: Annotated[int, Field(ge=1, le=365)] = 14


class Cases(Section):
    """How long each step of a case may take, in working days and working hours."""

    clocks: CaseClocks = CaseClocks()


class Alerts(Section):
    """Early warning: what the seasons are and how soon a short report is expected."""

    report_hours: Annotated[int, Field(ge=1, le=48)] = 2
    wage_changes: frozenset[date] = frozenset({date(2026, 1, 1)})


class Concerns(Section):
    """Limits that nobody with a real concern meets; each for one account."""

    limits: Limits = Limits()


class Privacy(Section):
    """`key_file` holds the keys that identities are sealed with; keep a copy apart from backups.

    Months after closing, or after the entry, until words and identities go.
    """

    key_file: Path = Path("data/satcoso.key")
    keep_months: Annotated[int, Field(ge=12, le=24)] = 18
    views_months: Annotated[int, Field(ge=12, le=60)] = 24
    barred_months: Annotated[int, Field(ge=1, le=60)] = 12
    messages_days: Annotated[int, Field(ge=7, le=365)] = 60


class Logging(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"
    json_lines: bool = False


class Sandbox(Section):
    """`clock_url`: where the sandbox tells the time. Empty outside the sandbox."""

    clock_url: str = ""


class Health(Section):
    """A file touched while the program is well, for the container's health check."""

    file: Path | None = None


class Settings(Section):
    telegram: Telegram = Telegram()
    database: Database = Database()
    organisation: Organisation = Organisation()
    assignment: Assignment = Assignment()
    visits: Visits = Visits()
    reminders: ReminderTimes = ReminderTimes()
    digest: Digest = Digest()
    quiet: Quiet = Quiet()
    calendar: Days = Days()
    invitations: Invitations = Invitations()
    cases: Cases = Cases()
    alerts: Alerts = Alerts()
    concerns: Concerns = Concerns()
    privacy: Privacy = Privacy()
    logging: Logging = Logging()
    health: Health = Health()
    sandbox: Sandbox = Sandbox()

    def make_calendar(self) -> Calendar:
        """Vietnam's calendar, Tết included, with the operator's corrections."""
        public = holidays.country_holidays("VN", years=YEARS_OF_HOLIDAYS)
        return Calendar(
            holidays=(frozenset(public) | self.calendar.holidays) - self.calendar.working_days,
            extra_working_days=self.calendar.working_days,
            quiet_from=self.quiet.start,
            quiet_until=self.quiet.end,
        )


def load(path: Path) -> Settings:
    """Read the settings; the token may come from the environment instead.

    What the file names without a full path lies in the file's own folder.
    Raises:
        ConfigError: the file is missing, is not TOML, or holds a wrong value or an unknown key.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: no such file; copy config.example.toml and fill it in"
        ) from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: this is not TOML: {error}") from None
    return _in_folder(parse(values, os.environ.get(TOKEN_VARIABLE, "")), path.absolute().parent)


def _in_folder(settings: Settings, folder: Path) -> Settings:
    def placed(path: Path) -> Path:
        return Path(os.path.normpath(folder / path.expanduser()))

    database: dict[str, Any] = {"files": placed(settings.database.files)}
    url = make_url(settings.database.url)
    if url.drivername == SQLITE:
        url = url.set(database=placed(Path(url.database or "")).as_posix())
        database["url"] = url.render_as_string(hide_password=False)
    health = settings.health.file and placed(settings.health.file)
    return settings.model_copy(
        update={
            "database": settings.database.model_copy(update=database),
            "privacy": settings.privacy.model_copy(
                update={"key_file": placed(settings.privacy.key_file)}
            ),
            "health": settings.health.model_copy(update={"file": health}),
        }
    )


def parse(values: dict[str, Any], token: str = "") -> Settings:
    """Check what the file says. Raises ConfigError with a line for each mistake."""
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigError("\n".join(_in_words(dict(e)) for e in error.errors())) from None
    if token:
        telegram = settings.telegram.model_copy(update={"token": token})
        settings = settings.model_copy(update={"telegram": telegram})
    return _consistent(settings)


def _consistent(settings: Settings) -> Settings:
    if mistakes := [*_telegram(settings.telegram), *_elsewhere(settings)]:
        raise ConfigError("\n".join(mistakes))
    return settings


def _telegram(telegram: Telegram) -> Iterator[str]:
    if not telegram.token:
        yield f"telegram.token is empty: write the token from @BotFather, or set {TOKEN_VARIABLE}"
    elif not TOKEN_FORM.fullmatch(telegram.token):
        yield (
            "telegram.token (or "
            f"{TOKEN_VARIABLE}): this is no token; one from @BotFather is digits, a colon, and "
            "letters, digits, _ or -, with nothing around it"
        )
    for key in ("base_url", "base_file_url"):
        address = getattr(telegram, key)
        if not re.fullmatch(r"https?://.+/bot", address):
            yield f"telegram.{key} = {address!r}: it must begin with http and end in /bot"
    if telegram.mode == "webhook" and not telegram.webhook_url.startswith("https://"):
        yield "telegram.webhook_url: mode is 'webhook', so an https:// address is needed"
    if telegram.mode == "webhook" and not telegram.webhook_secret:
        yield "telegram.webhook_secret: mode is 'webhook', so a secret is needed"


def _elsewhere(settings: Settings) -> Iterator[str]:
    if not _is_database(settings.database.url):
        yield (
            f"database.url: it must be {SQLITE}:///FILE or "
            f"{POSTGRESQL}://USER:PASSWORD@HOST/DATABASE"
        )
    for key, longest in (("name", LONGEST_NAME), ("code", LONGEST_CODE)):
        words = getattr(settings.organisation, key)
        if not words.strip() or len(words) > longest:
            yield f"organisation.{key} = {words!r}: it must have 1 to {longest} characters"
    weights = settings.assignment.weights
    for key, value in vars(weights).items():
        if isinstance(value, int) and value < 0:
            yield f"assignment.weights.{key} = {value}: it must be 0 or more"
    if not set(weights.campaign_months) <= set(range(1, 13)):
        months = list(weights.campaign_months)
        yield f"assignment.weights.campaign_months = {months}: months are 1 to 12"
    if settings.quiet.start == settings.quiet.end:
        yield (
            f"quiet.start and quiet.end are both {settings.quiet.start:%H:%M}: "
            "quiet hours must have an end"
        )


def _is_database(url: str) -> bool:
    """Whether it is an address the program can work with; its words are never shown."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return False
    return parsed.drivername in (SQLITE, POSTGRESQL) and parsed.database not in (
        None,
        "",
        ":memory:",
    )


def _in_words(mistake: dict[str, Any]) -> str:
    key = ".".join(str(part) for part in mistake["loc"])
    if mistake["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"{key}: there is no such key{_meant(key)}; config.example.toml lists them all"
    value = "" if key in HOLD_SECRETS else f" = {mistake['input']!r}"
    return f"{key}{value}: {mistake['msg'][0].lower()}{mistake['msg'][1:]}"


def _meant(key: str) -> str:
    """A key beside it, or of that name in another section, that looks like it."""
    known = list(_keys(Settings().model_dump()))
    above, _, own = key.rpartition(".")
    names = {known_key.rpartition(".")[2]: known_key for known_key in reversed(known)}
    beside = {k.rpartition(".")[2]: k for k in known if k.rpartition(".")[0] == above}
    for among in (beside, names):
        if found := get_close_matches(own, among, n=1, cutoff=0.7):
            return f"; did you mean {among[found[0]]}?"
    return ""


def _keys(values: dict[str, Any], above: str = "") -> Iterator[str]:
    for name, value in values.items():
        yield f"{above}{name}"
        inner = value if isinstance(value, dict) else getattr(value, "__dataclass_fields__", {})
        yield from _keys(inner, f"{above}{name}.")
