"""config.toml -> Settings. Every mistake is named: the key, the value, what is allowed."""

import os
import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import ConfigError
from bot.settings import LONGEST_CODE, LONGEST_NAME, Settings, Telegram

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
_DATE = "a date is written 2026-11-20, without quotation marks"
_SAID = {
    "date_from_datetime_parsing": _DATE,
    "date_parsing": _DATE,
    "date_type": _DATE,
    "time_parsing": 'a time is written "08:00:00"',
    "tuple_type": 'a list is written in brackets: ["a", "b"] or [1, 2]',
    "too_short": "the list must have at least one entry",
    "int_parsing": "a whole number is written 1500 or 1_500, without quotation marks",
    "int_type": "a whole number is written 1500 or 1_500, without quotation marks",
    "string_type": "words are written in quotation marks",
    "path_type": "words are written in quotation marks",
}


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
            "documents": settings.documents.model_copy(
                update={"templates": placed(settings.documents.templates)}
            ),
            "health": settings.health.model_copy(update={"file": health}),
            "programmes": settings.programmes.model_copy(
                update={"folder": placed(settings.programmes.folder)}
            ),
        }
    )


def parse(values: dict[str, Any], token: str = "") -> Settings:
    """Check what the file says. Raises ConfigError with a line for each mistake."""
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigError("\n".join(map(_in_words, _told(error)))) from None
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


def _told(error: ValidationError) -> Iterator[dict[str, Any]]:
    """Each mistake once: a list is not too short because an entry of it is wrong."""
    found: list[dict[str, Any]] = [dict(mistake) for mistake in error.errors()]
    places = [mistake["loc"] for mistake in found]
    for mistake in found:
        at = mistake["loc"]
        if not any(other[: len(at)] == at and len(other) > len(at) for other in places):
            yield mistake


def said(mistake: dict[str, Any]) -> str:
    """What is wrong, as somebody who writes TOML says it."""
    kind = mistake["type"]
    if kind in _SAID:
        return _SAID[kind]
    words = str(mistake["msg"])
    return f"{words[0].lower()}{words[1:]}"


def _in_words(mistake: dict[str, Any]) -> str:
    key = ".".join(str(part) for part in mistake["loc"])
    if mistake["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"{key}: there is no such key{_meant(key)}; config.example.toml lists them all"
    value = "" if key in HOLD_SECRETS else f" = {mistake['input']!r}"
    return f"{key}{value}: {said(mistake)}"


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
