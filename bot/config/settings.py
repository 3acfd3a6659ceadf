"""What the operator can choose: one section of config.toml a class, each with its bounds."""

from collections.abc import Iterable
from datetime import date
from datetime import time as wall_time
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.cases.rules.deadlines import CaseClocks
from bot.cases.rules.early_warning import OwnWords
from bot.cases.rules.spam import Limits
from bot.core.rules import schedules
from bot.core.rules.calendar import Calendar
from bot.core.rules.permissions import only_leads
from bot.core.rules.programmes import ReportDue, recurring
from bot.core.rules.public_holidays import public_years
from bot.core.rules.writing import one_line
from bot.recruitment.rules.steps import StepDays
from bot.summaries.rules.obligations import PromptTimes
from bot.visits.rules.assignment import Weights
from bot.visits.rules.quality import MIN_WORDS
from bot.visits.rules.reminders import ReminderTimes

LONGEST_CODE, LONGEST_NAME = 40, 200
MESSAGES_PER_SECOND = 30  # Telegram takes more only of a bot that pays for it

WeekDay = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK_DAYS: tuple[WeekDay, ...] = get_args(WeekDay)
Count = Annotated[int, Field(ge=1, le=50)]


class SettingsSection(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Telegram(SettingsSection):
    token: str = ""
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_listen: str = "0.0.0.0"  # noqa: S104 - behind the operator's reverse proxy
    webhook_port: Annotated[int, Field(ge=1, le=65535)] = 8443
    webhook_secret: str = ""
    messages_per_second: Annotated[int, Field(ge=1, le=1000)] = MESSAGES_PER_SECOND


class Zalo(SettingsSection):
    """A bot of Zalo's Bot Platform as one more door. Never tried with Zalo itself."""

    enabled: bool = False
    token: str = ""
    base_url: str = "https://bot-api.zaloplatforms.com"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: str = ""


class Database(SettingsSection):
    """`shared`: several bots run on this PostgreSQL, behind one address; each says so."""

    url: str = "sqlite+aiosqlite:///data/satcoso.db"
    files: Path = Path("data/files")
    shared: bool = False


Line = Annotated[str, AfterValidator(one_line)]  # as it is printed: composed letters, one line


class Organisation(SettingsSection):
    """The top unit. `full_name`, `address` and `contact` are said to those whose data is kept."""

    name: Line = "LĐLĐ tỉnh"
    code: Line = "TINH"
    place: Line = ""
    full_name: Annotated[Line, Field(max_length=LONGEST_NAME)] = ""
    address: Annotated[Line, Field(max_length=LONGEST_NAME)] = ""
    contact: Annotated[Line, Field(max_length=LONGEST_NAME)] = ""


class AssignmentSettings(SettingsSection):
    day: WeekDay = "mon"
    time: wall_time = wall_time(7, 0)
    quota: Count = 1
    leader_quota: Annotated[int, Field(ge=0, le=50)] = 0
    weights: Weights = Weights()

    def quota_of(self, own: int | None, roles: Iterable[str], of_unit: int | None = None) -> int:
        """Visits a week of somebody with these roles; `own`: a number set for the person,
        `of_unit`: for their unit, which asks no more of a leader than of all leaders."""
        if own is not None:
            return own
        if only_leads(roles):
            return self.leader_quota if of_unit is None else min(of_unit, self.leader_quota)
        return self.quota if of_unit is None else of_unit


class Visits(SettingsSection):
    """`results`: the office's own kinds of results; the file need not be there."""

    late_weeks: Annotated[int, Field(ge=0, le=52)] = 4
    correction_days: Annotated[int, Field(ge=0, le=90)] = 7
    min_words: Annotated[int, Field(ge=0, le=100)] = MIN_WORDS
    results: Path = Path("results.toml")


class Digest(SettingsSection):
    day: WeekDay = "fri"
    time: wall_time = wall_time(16, 30)


class QuietHours(SettingsSection):
    start: wall_time = Calendar.quiet_from
    end: wall_time = Calendar.quiet_until


class DutyTurn(SettingsSection):
    """Who is on duty for a unit and all below it, from the first to the last day."""

    unit: Annotated[str, Field(max_length=LONGEST_CODE)]
    first: date
    last: date
    name: Annotated[str, Field(max_length=LONGEST_NAME)]
    phone: Annotated[str, Field(max_length=30)] = ""


class CalendarDays(SettingsSection):
    """Corrections of the public calendar: swapped days are announced year by year.

    `confirmed_years`: whose official schedule the operator has compared with these days.
    """

    holidays: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()
    confirmed_years: frozenset[Annotated[int, Field(ge=2020, le=2040)]] = frozenset()
    duty: tuple[DutyTurn, ...] = ()


class Invitations(SettingsSection):
    valid_days: Annotated[int, Field(ge=1, le=365)] = 14


StepLength = Annotated[int, Field(ge=1, le=365)]


class RecruitmentSettings(SettingsSection):
    """Days without anything new after which a step towards a union lies too long."""

    survey: StepLength = StepDays.survey
    owner: StepLength = StepDays.owner
    group: StepLength = StepDays.group
    ready: StepLength = StepDays.ready
    congress: StepLength = StepDays.congress

    @property
    def days(self) -> StepDays:
        return StepDays(**self.model_dump())


class Cases(SettingsSection):
    """How long each step of a case may take, in working days and working hours."""

    clocks: CaseClocks = CaseClocks()


Phrase = Annotated[str, Field(min_length=2, max_length=100)]


class Alerts(SettingsSection):
    """Early warning: what the seasons are and how soon a short report is expected."""

    report_hours: Annotated[int, Field(ge=1, le=48)] = 2
    wage_changes: frozenset[date] = frozenset({date(2026, 1, 1)})
    words: Annotated[tuple[Phrase, ...], Field(max_length=200)] = ()
    harmless_words: Annotated[tuple[Phrase, ...], Field(max_length=200)] = ()

    @property
    def own_words(self) -> OwnWords:
        """What the office added to the word lists."""
        return OwnWords(self.words, self.harmless_words)


class Summaries(SettingsSection):
    """Reports that units owe: when they are prompted, and who hears of those that are late.

    `emulation`: the office's own measures of emulation; the file need not be there.
    """

    remind_days: Annotated[
        tuple[Annotated[int, Field(ge=1, le=60)], ...], Field(min_length=1, max_length=10)
    ] = PromptTimes.days
    remind_time: wall_time = PromptTimes.time
    nudge_day: WeekDay = WEEK_DAYS[PromptTimes.nudge_day]
    chaser: Annotated[str, Field(max_length=LONGEST_CODE)] = ""
    emulation: Path = Path("emulation.toml")

    @property
    def prompts(self) -> PromptTimes:
        nudge = WEEK_DAYS.index(self.nudge_day)
        return PromptTimes(self.remind_days, self.remind_time, nudge)


class Concerns(SettingsSection):
    """Limits that nobody with a real concern meets; each for one account."""

    limits: Limits = Limits()


class Privacy(SettingsSection):
    """`key_file` holds the keys that identities are sealed with; keep a copy apart from backups.

    Months after closing, or after the entry, until words and identities go.
    """

    key_file: Path = Path("data/satcoso.key")
    keep_months: Annotated[int, Field(ge=12, le=24)] = 18
    views_months: Annotated[int, Field(ge=12, le=60)] = 24
    barred_months: Annotated[int, Field(ge=1, le=60)] = 12
    messages_days: Annotated[int, Field(ge=7, le=365)] = 60


class ExtraReport(SettingsSection):
    """A report that a plan asks for again and again without naming days (giao ban, sơ kết).

    `levels`: who owes it, as of a plan's own reports.
    """

    plan: str
    key: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=20)]
    title: Annotated[Line, Field(min_length=1, max_length=150)]
    every: Literal["month", "quarter", "half", "year"]
    before_day: Annotated[int, Field(ge=2, le=28)]
    source: Annotated[Line, Field(min_length=1, max_length=100)]
    levels: Annotated[tuple[Literal["upper", "direct_site"], ...], Field(min_length=1)] = ("upper",)

    def reports(self) -> tuple[ReportDue, ...]:
        """Those of a year, as a plan's own file would name them."""
        sections = ("II", "IV.1", "IV.2", "V", "VI")
        report = ReportDue(
            self.key,
            self.title,
            (1, 1),
            self.source,
            outline="short",
            sections=sections,
            levels=tuple(dict.fromkeys(self.levels)),
        )
        return recurring(report, self.every, self.before_day)


class Programmes(SettingsSection):
    """Which plans count, by the names of their files; `folder` holds the operator's own.

    `extra_reports`: what plans without dates ask for periodically.

    `prolonged`: a plan's key and the last day it is kept on beyond its own end.

    `names`: a department or level as the plans write it, and as this office calls it: said so of
    plans, and of levels on every card and paper (`bot/core/rules/levels.py`).
    """

    active: tuple[str, ...] = ("sat-co-so", "viec-lam", "nang-suat", "doan-vien", "ctr-1306")
    folder: Path = Path("programmes")
    prolonged: dict[str, date] = {}
    names: dict[Line, Line] = {}
    extra_reports: Annotated[tuple[ExtraReport, ...], Field(max_length=20)] = ()


class Documents(SettingsSection):
    """`templates`: a folder with the office's own Word templates; it need not be there."""

    templates: Path = Path("templates")


class Logging(SettingsSection):
    level: Literal["debug", "info", "warning", "error"] = "info"
    json_lines: bool = False


Channel = Literal["telegram", "zalo", "email", "web"]


class Notices(SettingsSection):
    """`doors`: the order in which a person's addresses are tried; channels that are not named come
    after. While one is away the next is tried after `wait_minutes`, for what is urgent at once.
    """

    doors: tuple[Channel, ...] = get_args(Channel)
    wait_minutes: Annotated[int, Field(ge=0, le=1440)] = 60

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.doors, *get_args(Channel))))


class Email(SettingsSection):
    """Letters that say there is a notice. `host` empty: none. `sender`: whom they come from."""

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    starttls: bool = True
    user: str = ""
    password: str = ""
    sender: str = ""


class Sandbox(SettingsSection):
    """`clock_url`: where the sandbox tells the time. Empty outside the sandbox."""

    clock_url: str = ""


class Backup(SettingsSection):
    """`nightly`: after `time` each night a copy is made in `folder`, of SQLite and the files."""

    nightly: bool = True
    folder: Path = Path("backups")
    time: wall_time = wall_time(1, 30)
    keep_days: Annotated[int, Field(ge=7, le=365)] = 30


class Health(SettingsSection):
    """`file`: in it the program says how it is, for `satcoso health`.

    `port`: where it answers /healthz and /metrics; 0: nowhere. A webhook's, the web's does anyway.
    """

    file: Path = Path("data/health")
    listen: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 0


class Web(SettingsSection):
    """The web door. `address`: where people find it, https://…, without a path; empty: there is
    none. `onion`: the same by Tor, http://….onion. With a webhook it listens on the webhook's port.
    """

    address: Annotated[str, AfterValidator(lambda address: address.rstrip("/"))] = ""
    onion: str = ""
    listen: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8080

    @property
    def is_on(self) -> bool:
        return bool(self.address)


class Settings(SettingsSection):
    telegram: Telegram = Telegram()
    zalo: Zalo = Zalo()
    database: Database = Database()
    organisation: Organisation = Organisation()
    assignment: AssignmentSettings = AssignmentSettings()
    visits: Visits = Visits()
    reminders: ReminderTimes = ReminderTimes()
    digest: Digest = Digest()
    quiet: QuietHours = QuietHours()
    calendar: CalendarDays = CalendarDays()
    invitations: Invitations = Invitations()
    recruitment: RecruitmentSettings = RecruitmentSettings()
    cases: Cases = Cases()
    alerts: Alerts = Alerts()
    summaries: Summaries = Summaries()
    concerns: Concerns = Concerns()
    privacy: Privacy = Privacy()
    programmes: Programmes = Programmes()
    documents: Documents = Documents()
    logging: Logging = Logging()
    health: Health = Health()
    web: Web = Web()
    notices: Notices = Notices()
    email: Email = Email()
    backup: Backup = Backup()
    sandbox: Sandbox = Sandbox()

    def has_door(self, channel: str) -> bool:
        """Whether people can be reached by it here."""
        doors = {
            "telegram": True,
            "zalo": self.zalo.enabled,
            "email": bool(self.email.host),
            "web": self.web.is_on,
        }
        return doors[channel]

    def make_calendar(self) -> Calendar:
        """Vietnam's calendar, Tết and the swapped days of known years included, with the
        operator's corrections, which count before anything else.
        """
        public, decided = public_years().values(), schedules.official_years().values()
        own = self.calendar
        off = frozenset[date]().union(*(y.off for y in public), *(y.off for y in decided))
        worked = frozenset[date]().union(*(y.worked for y in public), *(y.worked for y in decided))
        worked = (worked - own.holidays) | own.working_days
        return Calendar(
            holidays=(off | own.holidays) - worked,
            extra_working_days=worked,
            quiet_from=self.quiet.start,
            quiet_until=self.quiet.end,
        )
