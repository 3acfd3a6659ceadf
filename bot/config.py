"""config.toml -> Settings. Every mistake is named: the key, the value, what is allowed."""

import os
import tomllib
from datetime import date
from datetime import time as wall_time
from pathlib import Path
from typing import Annotated, Any, Literal

import holidays
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ConfigError
from bot.rules.assignment import Weights
from bot.rules.calendar import Calendar
from bot.rules.deadlines import CaseClocks
from bot.rules.reminders import ReminderTimes
from bot.rules.spam import Limits

TOKEN_VARIABLE = "SATCOSO_TELEGRAM_TOKEN"  # noqa: S105 - its name, not its value
HOLD_SECRETS = {"telegram", "telegram.token", "telegram.webhook_secret"}
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

    Raises:
        ConfigError: the file is missing, is not TOML, or holds a wrong value or an unknown key.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: no such file; copy config.example.toml and fill it in"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: this is not TOML: {error}") from None
    return parse(values, os.environ.get(TOKEN_VARIABLE, ""))


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
    telegram = settings.telegram
    if not telegram.token:
        raise ConfigError(
            f"telegram.token is empty: write the token from @BotFather, or set {TOKEN_VARIABLE}"
        )
    if telegram.mode == "webhook" and not telegram.webhook_url.startswith("https://"):
        raise ConfigError(
            "telegram.webhook_url: mode is 'webhook', so an https:// address is needed"
        )
    if telegram.mode == "webhook" and not telegram.webhook_secret:
        raise ConfigError("telegram.webhook_secret: mode is 'webhook', so a secret is needed")
    return settings


def _in_words(mistake: dict[str, Any]) -> str:
    key = ".".join(str(part) for part in mistake["loc"])
    if mistake["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"{key}: there is no such key; config.example.toml lists them all"
    value = "" if key in HOLD_SECRETS else f" = {mistake['input']!r}"
    return f"{key}{value}: {mistake['msg'][0].lower()}{mistake['msg'][1:]}"
