"""config.toml -> Settings. Every mistake is named: the key, the value, what is allowed."""

import os
import re
from collections.abc import Iterator
from datetime import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.cases.rules.deadlines import CaseClocks
from bot.config import toml_file
from bot.config.explanations import A_TIME, in_words, mistakes_in
from bot.config.settings import LONGEST_CODE, LONGEST_NAME, Email, Settings, Telegram, Web, Zalo
from bot.core.errors import ConfigError

TOKEN_VARIABLE = "SATCOSO_TELEGRAM_TOKEN"  # noqa: S105 - its name, not its value
TOKEN_FORM = re.compile(r"\d+:[A-Za-z0-9_-]+")
NO_DRIVER = (
    "database.url: the driver of PostgreSQL is not installed: run `make install EXTRAS=postgres` "
    "in the program's folder, or build the image with --build-arg EXTRAS=postgres"
)
_WEB_ADDRESS = re.compile(
    r"https://[A-Za-z0-9.-]+(?::\d+)?/?|http://(?:127\.0\.0\.1|localhost)(?::\d+)?/?"
)
SQLITE, POSTGRESQL = "sqlite+aiosqlite", "postgresql+psycopg"


def load(path: Path) -> Settings:
    """Read the settings; the token may come from the environment instead.

    What the file names without a full path lies in the file's own folder.
    Raises:
        ConfigError: the file is missing, is not TOML, or holds a wrong value or an unknown key.
    """
    if not toml_file.is_there(path):
        raise ConfigError(
            f"{path.absolute()}: no such file; if it lies elsewhere, name it with --config; "
            "otherwise copy config.example.toml and fill it in"
        )
    values = toml_file.read(path)
    try:
        settings = parse(values, os.environ.get(TOKEN_VARIABLE, ""))
    except ConfigError as error:
        raise toml_file.naming(path, str(error)) from None
    return _in_folder(settings, path.absolute().parent)


def _in_folder(settings: Settings, folder: Path) -> Settings:
    def placed(path: Path) -> Path:
        return Path(os.path.normpath(folder / path.expanduser()))

    database: dict[str, Any] = {"files": placed(settings.database.files)}
    url = make_url(settings.database.url)
    if url.drivername == SQLITE:
        url = url.set(database=placed(Path(url.database or "")).as_posix())
        database["url"] = url.render_as_string(hide_password=False)
    return settings.model_copy(
        update={
            "database": settings.database.model_copy(update=database),
            "privacy": settings.privacy.model_copy(
                update={"key_file": placed(settings.privacy.key_file)}
            ),
            "documents": settings.documents.model_copy(
                update={"templates": placed(settings.documents.templates)}
            ),
            "health": settings.health.model_copy(update={"file": placed(settings.health.file)}),
            "backup": settings.backup.model_copy(update={"folder": placed(settings.backup.folder)}),
            "visits": settings.visits.model_copy(
                update={"results": placed(settings.visits.results)}
            ),
            "summaries": settings.summaries.model_copy(
                update={"emulation": placed(settings.summaries.emulation)}
            ),
            "programmes": settings.programmes.model_copy(
                update={"folder": placed(settings.programmes.folder)}
            ),
        }
    )


def parse(values: dict[str, Any], token: str = "") -> Settings:
    """Check what the file says. Raises ConfigError with a line for each mistake."""
    mistakes = list(_no_times(values, Settings().model_dump()))
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        mistakes += map(in_words, mistakes_in(error))
    if mistakes:
        raise ConfigError("\n".join(mistakes))
    if token:
        telegram = settings.telegram.model_copy(update={"token": token})
        settings = settings.model_copy(update={"telegram": telegram})
    return _consistent(settings)


def _no_times(values: dict[str, Any], defaults: dict[str, Any], above: str = "") -> Iterator[str]:
    """Numbers where a time is wanted: 7 would be taken for seven seconds after midnight."""
    for key, value in values.items():
        if isinstance(value, dict) and isinstance(defaults.get(key), dict):
            yield from _no_times(value, defaults[key], f"{above}{key}.")
        elif isinstance(defaults.get(key), time) and isinstance(value, int | float):
            yield f"{above}{key} = {value!r}: {A_TIME}"


def _consistent(settings: Settings) -> Settings:
    zalo = _zalo(settings.zalo, settings) if settings.zalo.enabled else ()
    if mistakes := [
        *_telegram(settings.telegram),
        *_web(settings.web),
        *zalo,
        *(_email(settings.email, settings) if settings.email.host else ()),
        *_elsewhere(settings),
    ]:
        raise ConfigError("\n".join(mistakes))
    return settings


def _web(web: Web) -> Iterator[str]:
    if web.address and not _WEB_ADDRESS.fullmatch(web.address):
        yield (
            f"web.address = {web.address!r}: it must be https:// and a name, without a path; "
            "http:// only for 127.0.0.1 and localhost"
        )
    if web.onion and not re.fullmatch(r"http://[a-z2-7]{56}\.onion", web.onion):
        yield f"web.onion = {web.onion!r}: it must be http://, 56 letters and .onion"
    if web.onion and not web.address:
        yield "web.onion: without web.address the pages are not served at all"


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
    allowed: tuple[str, ...] = ("https://",)
    if telegram.base_url.startswith("http://"):  # a Bot API server of one's own may call like that
        allowed = ("https://", "http://")
    if telegram.mode == "webhook" and not telegram.webhook_url.startswith(allowed):
        yield "telegram.webhook_url: mode is 'webhook', so an https:// address is needed"
    if telegram.mode == "webhook" and not telegram.webhook_secret:
        yield "telegram.webhook_secret: mode is 'webhook', so a secret is needed"


def _zalo(zalo: Zalo, settings: Settings) -> Iterator[str]:
    if not zalo.token.strip():
        yield "zalo.token is empty: write the token from Zalo Bot Manager"
    if not re.fullmatch(r"https?://[^/]+", zalo.base_url):
        yield f"zalo.base_url = {zalo.base_url!r}: it must be an address without a path"
    if zalo.mode != "webhook":
        return
    if not zalo.webhook_url.startswith("https://"):
        yield "zalo.webhook_url: mode is 'webhook', so an https:// address is needed"
    if not 8 <= len(zalo.webhook_secret) <= 256:
        yield "zalo.webhook_secret: mode is 'webhook', so a secret of 8 to 256 characters is needed"
    there_is_a_port = settings.telegram.mode == "webhook" or settings.web.is_on
    if not (there_is_a_port or settings.health.port):
        yield "zalo.mode: a webhook needs a port: set web.address or health.port"


def _email(email: Email, settings: Settings) -> Iterator[str]:
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", email.sender):
        yield f"email.sender = {email.sender!r}: it must be an address such as congdoan@example.vn"
    if not settings.web.is_on:
        yield "email.host: a letter names the page where the notice is read: set web.address too"


def _elsewhere(settings: Settings) -> Iterator[str]:
    if not _is_database(settings.database.url):
        yield (
            f"database.url: it must be {SQLITE}:///FILE or "
            f"{POSTGRESQL}://USER:PASSWORD@HOST/DATABASE"
        )
    elif settings.database.url.startswith(POSTGRESQL) and find_spec("psycopg") is None:
        yield NO_DRIVER
    elif settings.database.shared and not settings.database.url.startswith(POSTGRESQL):
        yield "database.shared: only a PostgreSQL can be shared by several bots"
    if settings.database.shared and settings.telegram.mode != "webhook":
        yield (
            "database.shared: telegram.mode must be 'webhook': Telegram gives updates to one bot "
            "that asks, and brings them to any of several"
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
    yield from _clocks(settings.cases.clocks)
    if settings.quiet.start == settings.quiet.end:
        yield (
            f"quiet.start and quiet.end are both {settings.quiet.start:%H:%M}: "
            "quiet hours must have an end"
        )


def _clocks(clocks: CaseClocks) -> Iterator[str]:
    for key, value in vars(clocks).items():
        least = int(key.endswith(("take_days", "settle_days")))
        if isinstance(value, int) and value < least:
            yield f"cases.clocks.{key} = {value}: it must be {least} or more"


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
