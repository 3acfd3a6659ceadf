"""config.toml: every mistake is named with its key, its value and what is allowed."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from bot.config.loading import TOKEN_VARIABLE, load, parse
from bot.config.settings import Settings
from bot.core.errors import ConfigError
from bot.core.rules.calendar import Week
from bot.summaries.services import emulation_file
from bot.visits.services import result_file

TOKEN = "123456:AAE-secret-part"
GOOD: dict[str, Any] = {"telegram": {"token": TOKEN}}


def mistakes(values: dict[str, Any], token: str = "") -> str:
    with pytest.raises(ConfigError) as said:
        parse(values, token)
    assert "secret-part" not in str(said.value), "the token must never be printed"
    return str(said.value)


def with_key(section: str, key: str, value: Any) -> dict[str, Any]:
    return {**GOOD, section: {**GOOD.get(section, {}), key: value}}


def test_a_token_is_all_it_needs() -> None:
    settings = parse(GOOD)
    assert settings.telegram.token == TOKEN
    assert settings.assignment.time == time(7, 0)
    assert settings == parse({}, TOKEN)


@pytest.mark.parametrize(
    ("section", "key", "value", "allowed"),
    [
        ("telegram", "mode", "carrier pigeon", "'polling' or 'webhook'"),
        ("telegram", "webhook_port", 0, "it must be 1 or more"),
        ("telegram", "webhook_port", 70_000, "it must be 65535 or less"),
        ("telegram", "webhook_port", "many", "whole number"),
        ("assignment", "day", "monday", "'mon', 'tue'"),
        ("assignment", "time", "25:00", "time"),
        ("assignment", "time", "sáng", "time"),
        ("assignment", "time", 7, "a time is written"),
        ("reminders", "eve", 17.5, "a time is written"),
        ("calendar", "holidays", [20270430], "a date is written"),
        ("assignment", "quota", 0, "it must be 1 or more"),
        ("assignment", "quota", 51, "it must be 50 or less"),
        ("visits", "late_weeks", -1, "it must be 0 or more"),
        ("visits", "correction_days", "seven", "whole number"),
        ("visits", "min_words", 101, "it must be 100 or less"),
        ("digest", "day", 5, "'mon', 'tue'"),
        ("quiet", "start", "9 giờ tối", "time"),
        ("calendar", "holidays", ["30/04/2027"], "date"),
        ("calendar", "holidays", "2027-04-30", "a list is written in brackets"),
        ("invitations", "valid_days", 0, "it must be 1 or more"),
        ("logging", "level", "loud", "'debug', 'info'"),
        ("logging", "json_lines", "perhaps", "it is true or false"),
    ],
)
def test_a_wrong_value_is_named_with_its_key_and_what_is_allowed(
    section: str, key: str, value: Any, allowed: str
) -> None:
    said = mistakes(with_key(section, key, value))
    assert said.startswith(f"{section}.{key}")
    assert repr(value) in said or repr(value[0]) in said
    assert allowed in said


@pytest.mark.parametrize(
    ("section", "key", "value", "line"),
    [
        ("calendar", "holidays", ["2027-04-30", "x"], "calendar.holidays, no. 2 = 'x': a date is"),
        ("programmes", "prolonged", date(2030, 12, 31), "programmes.prolonged = 2030-12-31: names"),
        ("cases", "clocks", {"day_end": "07:00:00"}, "cases.clocks: the working day ends before"),
        ("cases", "clocks", 5, "cases.clocks = 5: this is the name of a section"),
        ("concerns", "limits", {"concerns_a_day": 0}, "concerns.limits: a limit is at least 1"),
    ],
)
def test_a_mistake_is_said_without_a_word_of_python(
    section: str, key: str, value: Any, line: str
) -> None:
    assert mistakes(with_key(section, key, value)).startswith(line)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        (with_key("telegram", "tokn", "x"), "telegram.tokn"),
        (with_key("assignment", "weights", {"waitting": 1.0}), "assignment.weights.waitting"),
        ({**GOOD, "visit": {"late_weeks": 3}}, "visit"),
    ],
)
def test_an_unknown_key_is_named(values: dict[str, Any], key: str) -> None:
    said = mistakes(values)
    assert said.startswith(f"{key}: there is no such key")
    assert "config.example.toml" in said


def test_every_mistake_has_a_line() -> None:
    values = with_key("assignment", "quota", 0) | {"digest": {"day": "fredag"}, "nonsense": {}}
    assert len(mistakes(values).splitlines()) == 3


@pytest.mark.parametrize("values", [{}, {"telegram": {}}, {"telegram": {"token": ""}}])
def test_without_a_token_it_says_where_one_comes_from(values: dict[str, Any]) -> None:
    said = mistakes(values)
    assert "telegram.token is empty" in said
    assert TOKEN_VARIABLE in said
    assert "@BotFather" in said


@pytest.mark.parametrize(
    ("webhook", "key"),
    [
        ({}, "telegram.webhook_url"),
        ({"webhook_url": "http://bot.example"}, "telegram.webhook_url"),
        ({"webhook_url": "https://bot.example"}, "telegram.webhook_secret"),
    ],
)
def test_a_webhook_needs_an_address_and_a_secret(webhook: dict[str, str], key: str) -> None:
    values = {"telegram": {"token": TOKEN, "mode": "webhook", **webhook}}
    assert mistakes(values).startswith(key)


def test_a_complete_webhook_is_taken() -> None:
    webhook = {"mode": "webhook", "webhook_url": "https://bot.example", "webhook_secret": "s"}
    assert parse({"telegram": {"token": TOKEN, **webhook}}).telegram.webhook_url


def test_a_bot_api_server_of_ones_own_may_call_without_tls() -> None:
    values = {"mode": "webhook", "webhook_url": "http://10.0.0.5/telegram", "webhook_secret": "s"}
    own = {"token": TOKEN, "base_url": "http://10.0.0.4:8081/bot", **values}
    assert parse({"telegram": own}).telegram.webhook_url == values["webhook_url"]


@pytest.mark.parametrize(
    ("url", "mode", "wrong"),
    [
        ("sqlite+aiosqlite:///x.db", "webhook", "only a PostgreSQL can be shared"),
        ("postgresql+psycopg://bot@db/satcoso", "polling", "telegram.mode must be 'webhook'"),
        ("postgresql+psycopg://bot@db/satcoso", "webhook", ""),
    ],
)
def test_only_a_server_is_shared_and_only_by_bots_that_telegram_calls(
    url: str, mode: str, wrong: str
) -> None:
    hook = {"mode": mode, "webhook_url": "https://bot.example", "webhook_secret": "s"}
    values = {"telegram": {"token": TOKEN, **hook}, "database": {"url": url, "shared": True}}
    if not wrong:
        assert parse(values).database.shared
        return
    with pytest.raises(ConfigError, match=wrong):
        parse(values)


@pytest.mark.parametrize("key", ["token", "webhook_secret"])
@pytest.mark.parametrize("value", [[TOKEN], {"is": TOKEN}, 12345, True])
def test_even_a_secret_of_a_wrong_type_is_not_printed(key: str, value: Any) -> None:
    said = mistakes(with_key("telegram", key, value))
    assert said == f"telegram.{key}: words are written in quotation marks"


@pytest.mark.parametrize("wrong", [TOKEN, [TOKEN], {"tokens": TOKEN}])
def test_a_token_in_the_wrong_place_is_not_printed_either(wrong: Any) -> None:
    assert "telegram" in mistakes({"telegram": wrong})


def test_the_token_comes_from_the_environment_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[telegram]\ntoken = "1:from-the-file"\n', "utf-8")
    assert load(file).telegram.token == "1:from-the-file"
    monkeypatch.setenv(TOKEN_VARIABLE, "2:from-outside")
    assert load(file).telegram.token == "2:from-outside"


def test_a_path_that_cannot_be_looked_at_is_a_sentence_too(tmp_path: Path) -> None:
    """As in a folder of root's that this user may not enter; too long a name is refused to all."""
    file = tmp_path / ("x" * 300)
    with pytest.raises(ConfigError, match="File name too long"):
        load(file)
    for reads in (emulation_file.load, result_file.load):
        with pytest.raises(ConfigError, match="File name too long"):
            reads(file)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "no such file; if it lies elsewhere, name it with --config"),
        (b"[telegram\n", "this is not TOML"),
        (b"token = 'x'\ntoken = 'y'\n", "this is not TOML"),
        (b"\xff\xfe", "this is not TOML"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    file = tmp_path / "config.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError) as said:
        load(file)
    assert str(file) in str(said.value)
    assert why in str(said.value)


@pytest.mark.parametrize(
    ("section", "key", "value", "words"),
    [
        ("telegram", "token", "xin chào", "telegram.token (or SATCOSO_TELEGRAM_TOKEN): this is no"),
        (
            "telegram",
            "token",
            f" {TOKEN}",
            "telegram.token (or SATCOSO_TELEGRAM_TOKEN): this is no",
        ),
        ("telegram", "base_url", "https://bot.example", "it must begin with http and end in /bot"),
        ("database", "url", "sqlite:///x.db", "it must be sqlite+aiosqlite:///FILE or postgresql+"),
        ("database", "url", "sqlite+aiosqlite://", "it must be sqlite+aiosqlite:///FILE or"),
        ("database", "url", "postgresql+psycopg://bot:secret-part@db:x/y", "it must be sqlite+"),
        ("database", "url", "nonsense", "it must be sqlite+aiosqlite:///FILE or postgresql+"),
        ("organisation", "name", " ", "it must have 1 to 200 characters"),
        ("organisation", "name", "\u3164\u200b", "it must have 1 to 200 characters"),
        ("organisation", "code", "", "it must have 1 to 40 characters"),
        (
            "assignment",
            "weights",
            {"sensitive": -1},
            "weights.sensitive = -1: it must be 0 or more",
        ),
        ("assignment", "weights", {"campaign_months": [0, 13]}, "months are 1 to 12"),
        ("cases", "clocks", {"settle_days": 0}, "clocks.settle_days = 0: it must be 1 or more"),
        ("cases", "clocks", {"level_days": -1}, "clocks.level_days = -1: it must be 0 or more"),
        ("quiet", "start", "06:30:00", "quiet.start and quiet.end are both 06:30"),
    ],
)
def test_what_cannot_work_is_said_before_the_start(
    section: str, key: str, value: Any, words: str
) -> None:
    said = mistakes(with_key(section, key, value))
    assert said.startswith(f"{section}.{key}")
    assert words in said


@pytest.mark.parametrize(
    ("values", "meant"),
    [
        ({"assigment": {}}, "assignment"),
        (with_key("telegram", "tokn", "x"), "telegram.token"),
        (with_key("assignment", "weights", {"week_wated": 1}), "assignment.weights.week_waited"),
        (with_key("health", "fil", "x"), "health.file"),
        ({"quota": 2}, "assignment.quota"),
    ],
)
def test_a_key_that_looks_like_another_is_asked_about(values: dict[str, Any], meant: str) -> None:
    assert f"did you mean {meant}?" in mistakes(values)


def test_an_editor_may_have_put_a_mark_in_front(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[telegram]\ntoken = "{TOKEN}"\n', "utf-8-sig")
    assert load(file).telegram.token == TOKEN


def test_every_line_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[assignment]\nquota = 0\ntime = 7\n", "utf-8")
    with pytest.raises(ConfigError) as found:
        load(file)
    assert [line.split(" = ")[0] for line in str(found.value).splitlines()] == [
        f"{file}: assignment.time",
        f"{file}: assignment.quota",
    ]


def test_settings_do_not_change_once_read() -> None:
    settings = parse(GOOD)
    with pytest.raises(Exception, match="frozen"):
        settings.assignment.quota = 3  # type: ignore[misc]


def test_the_operator_corrects_the_public_calendar() -> None:
    def working(day: str, **corrections: list[str]) -> bool:
        calendar = parse({**GOOD, "calendar": corrections}).make_calendar()
        return calendar.is_working_day(date.fromisoformat(day))

    assert not working("2027-04-30")
    assert working("2027-04-30", working_days=["2027-04-30"])
    assert working("2027-05-05")
    assert not working("2027-05-05", holidays=["2027-05-05"])
    assert not working("2026-11-21")
    assert working("2026-11-21", working_days=["2026-11-21"])  # a Saturday worked in exchange


def test_tet_is_known_without_anybody_writing_it_down() -> None:
    calendar = Settings().make_calendar()
    assert not calendar.is_working_day(date(2027, 2, 8))
    assert not calendar.week_is_off(Week(date(2027, 2, 8)))  # Thursday the 11th is worked again
    assert calendar.week_is_off(Week(date(2026, 2, 16)))


@pytest.mark.parametrize(
    ("worked", "off"),
    [("2026-08-22", "2026-08-31"), ("2026-01-10", "2026-01-02"), ("2025-04-26", "2025-05-02")],
)
def test_both_halves_of_a_swap_by_decision_of_the_government_are_known(
    worked: str, off: str
) -> None:
    calendar = Settings().make_calendar()
    worked_day, free_day = date.fromisoformat(worked), date.fromisoformat(off)
    assert calendar.is_working_day(worked_day)
    assert calendar.is_swapped(worked_day)
    assert not calendar.is_working_day(free_day)
    assert calendar.is_holiday(free_day)


def test_what_the_operator_writes_counts_before_what_the_program_knows() -> None:
    corrections = {"holidays": ["2026-08-22"], "working_days": ["2026-08-31", "2026-01-02"]}
    calendar = parse({**GOOD, "calendar": corrections}).make_calendar()
    assert not calendar.is_working_day(date(2026, 8, 22))
    assert calendar.is_working_day(date(2026, 8, 31))
    assert calendar.is_working_day(date(2026, 1, 2))


def test_postgresql_without_its_driver_is_told_with_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = "postgresql+psycopg://bot:secret-part@db/satcoso"
    assert parse(with_key("database", "url", url)).database.url == url
    monkeypatch.setattr("bot.config.loading.find_spec", lambda _name: None)
    assert "make install EXTRAS=postgres" in mistakes(with_key("database", "url", url))
    assert parse(GOOD).database.url.startswith("sqlite")


ZALO = {"enabled": True, "token": "459:abc"}
HOOKED = {**ZALO, "mode": "webhook", "webhook_url": "https://a.example/zalo"}


@pytest.mark.parametrize(
    ("zalo", "wrong"),
    [
        ({}, ""),
        ({"mode": "webhook"}, ""),  # not open: nothing of it counts
        (ZALO, ""),
        ({"enabled": True}, "zalo.token is empty"),
        ({**ZALO, "base_url": "https://a.example/bot"}, "zalo.base_url"),
        ({**HOOKED, "webhook_secret": "seven.."}, "zalo.webhook_secret"),
        ({**HOOKED, "webhook_secret": "x" * 257}, "zalo.webhook_secret"),
        ({**HOOKED, "webhook_url": "http://a", "webhook_secret": "x" * 8}, "zalo.webhook_url"),
        ({**HOOKED, "webhook_secret": "x" * 8}, "zalo.mode: a webhook needs a port"),
    ],
)
def test_what_zalo_needs_where_its_door_is_open(zalo: dict[str, Any], wrong: str) -> None:
    values = {**GOOD, "zalo": zalo}
    if wrong:
        assert wrong in mistakes(values)
    else:
        assert parse(values).zalo.token == zalo.get("token", "")


def test_a_webhook_of_zalo_stands_on_whatever_port_there_is() -> None:
    hooked = {**HOOKED, "webhook_secret": "x" * 8}
    assert parse({**GOOD, "zalo": hooked, "health": {"port": 9000}})
    assert parse({**GOOD, "zalo": hooked, "web": {"address": "https://a.example"}})
