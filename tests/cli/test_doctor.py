"""The doctor finds each trouble that stops the work in silence, and says what to do."""

import os
import re
import shutil
from collections import namedtuple
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bot.app.backups import back_up, name_of
from bot.channels.telegram.command_line import BotLook
from bot.cli import doctor_machine
from bot.cli.commands import app
from bot.cli.doctor_data import database
from bot.cli.finding import Finding, Grade, fine
from bot.config.keys import KEY_VARIABLE
from bot.config.settings import Email, Settings
from bot.core.errors import ConfigError
from bot.core.rules.calendar import local
from storage.migrations import NEWEST
from storage.models import Case, Membership, OutboxMessage, Person, StoredFile
from storage.store import Store
from storage.vault import new_key
from tests import cast
from tests.channels.smtp import FakeSmtp
from tests.cli.test_commands import TOKEN, configure, folder, satcoso  # noqa: F401 - a fixture
from tests.cli.test_restoring import damaged

NOW = cast.MONDAY


async def collected(findings: Any) -> list[Finding]:
    return [finding async for finding in findings]


def to_mend(findings: list[Finding]) -> list[str]:
    return [f.words for f in findings if f.grade is Grade.MEND]


def to_look_at(findings: list[Finding]) -> list[str]:
    return [f.words for f in findings if f.grade is Grade.LOOK]


# ---- The whole command ---------------------------------------------------------------------


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What Telegram says: its bot, and its time."""
    world: dict[str, Any] = {"bot": BotLook("cd_bot", "", 0, None), "time": datetime.now(UTC)}

    async def look_at(token: str, base_url: str) -> BotLook:
        if isinstance(world["bot"], Exception):
            raise world["bot"]
        return world["bot"]  # type: ignore[no-any-return]

    async def true_time() -> datetime | None:
        return world["time"]  # type: ignore[no-any-return]

    monkeypatch.setattr(doctor_machine, "look_at", look_at)
    monkeypatch.setattr(doctor_machine, "telegram_time", lambda _: true_time)
    return world


def doctor(*options: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["doctor", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


# ---- The mail server -----------------------------------------------------------------------


async def test_the_mail_server_is_looked_at_where_letters_are_sent(settings: Settings) -> None:
    assert await collected(doctor_machine.email(settings)) == []
    async with FakeSmtp().open() as smtp:
        with_mail = _with_mail(settings, smtp.port)
        (finding,) = await collected(doctor_machine.email(with_mail))
        assert finding == fine("Thư điện tử: máy chủ 127.0.0.1 nhận.")
        assert smtp.letters == [], "it only knocks"


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"starttls": True}, "SMTPNotSupportedError"),  # it offers none
        ({"user": "cong-doan", "password": "hidden-word"}, "SMTPNotSupportedError"),
    ],
)
async def test_a_mail_server_that_does_not_let_us_in_is_to_be_mended(
    settings: Settings, more: dict[str, Any], kind: str
) -> None:
    async with FakeSmtp().open() as smtp:
        with_mail = _with_mail(settings, smtp.port, **more)
        (finding,) = await collected(doctor_machine.email(with_mail))
    assert finding.grade is Grade.MEND
    assert f"127.0.0.1:{smtp.port} không nhận ({kind})" in finding.words
    assert "mục [email]" in finding.todo
    assert "hidden-word" not in finding.words + finding.todo


async def test_a_mail_server_that_is_not_there_is_to_be_mended(settings: Settings) -> None:
    async with FakeSmtp().open() as smtp:
        port = smtp.port
    (finding,) = await collected(doctor_machine.email(_with_mail(settings, port)))
    assert finding.grade is Grade.MEND
    assert "ConnectionRefusedError" in finding.words


def _with_mail(settings: Settings, port: int, **more: Any) -> Settings:
    parts = {"host": "127.0.0.1", "port": port, "sender": "cd@example.org", "starttls": False}
    there = Email(**{**parts, **more})
    return settings.model_copy(update={"email": there})


def test_of_a_new_installation_it_says_all_and_changes_nothing(folder, telegram):  # noqa: F811
    code, said = doctor()
    assert code == 1
    assert "✓ Mã token: Telegram nhận, tên là @cd_bot." in said
    assert "✗ Cơ sở dữ liệu: chưa có" in said
    assert "✗ Sao lưu: trong" in said
    assert "! Chương trình: đang không chạy." in said
    assert sorted(path.name for path in folder.iterdir()) == ["config.toml"]
    assert re.search(r"^Phải sửa: \d+\. Nên xem: \d+\.$", said, re.M)
    assert TOKEN not in said
    for line in said.splitlines():
        assert re.match(r"[✓!✗] |   → |Phải sửa", line), line


def test_after_what_it_says_was_done_it_finds_nothing_to_mend(folder, telegram):  # noqa: F811
    satcoso("init-db")
    (advised,) = re.findall(r"`satcoso (backup [^`]+)`", doctor()[1])
    satcoso(*advised.split())
    code, said = doctor("--deep")
    assert code == 1
    assert [line for line in said.splitlines() if line.startswith("✗")] == [
        "✗ Người nhận: lãnh đạo ở đơn vị cao nhất: chưa có ai; phản ánh quá hạn chuyển lên không "
        "ai nhận.",
        "✗ Người nhận: quản trị ở đơn vị cao nhất: chưa có ai; không ai được báo khi máy chủ có "
        "trục trặc.",
    ]
    assert "✓ Khóa: mở được." in said
    assert "✓ Dữ liệu: mọi ràng buộc đều khớp." in said
    assert "! Sao lưu: nằm cùng ổ đĩa với dữ liệu" in said


# ---- One thing after another ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConfigError("telegram.token: Telegram does not know this token"), "✗ Mã token"),
        (ConfigError("telegram: not reachable (NetworkError)"), "✗ Telegram: không kết nối được"),
    ],
)
def test_the_token_and_the_way_to_telegram(folder, telegram, error, words):  # noqa: F811
    telegram["bot"] = error
    assert words in doctor()[1]


@pytest.mark.parametrize(
    ("bot", "words"),
    [
        (BotLook("b", "", 0, None), "✗ Webhook: Telegram đang gửi đến (chưa đặt)"),
        (BotLook("b", "https://other/telegram", 0, None), "✗ Webhook: Telegram đang gửi đến https"),
        (
            BotLook("b", "https://own/telegram", 7, datetime.now(UTC) - timedelta(minutes=5)),
            "✗ Webhook: Telegram gửi không được",
        ),
        (
            BotLook("b", "https://own/telegram", 0, datetime.now(UTC) - timedelta(minutes=5)),
            "! Webhook: Telegram có lúc không gửi được",  # one of several was started again
        ),
        (BotLook("b", "https://own/telegram", 0, None), "✓ Webhook"),
    ],
)
def test_the_webhook_is_as_telegram_sees_it(folder, telegram, bot, words):  # noqa: F811
    configure(
        folder, 'mode = "webhook"\nwebhook_url = "https://own/telegram"\nwebhook_secret = "s"\n'
    )
    telegram["bot"] = bot
    assert words in doctor()[1]


@pytest.mark.parametrize(("off", "sign"), [(0, "✓"), (4, "✓"), (-6, "✗"), (60 * 24 * 700, "✗")])
def test_a_clock_that_differs_from_telegrams(folder, telegram, off, sign):  # noqa: F811
    telegram["time"] = datetime.now(UTC) + timedelta(minutes=off)
    assert f"{sign} Giờ máy chủ" in doctor()[1]


def test_a_clock_that_nobody_confirms(folder, telegram):  # noqa: F811
    telegram["time"] = None
    assert "! Giờ máy chủ: không hỏi được" in doctor()[1]


@pytest.mark.parametrize(
    ("free", "grade"),
    [(10**12, Grade.FINE), (1024**3, Grade.LOOK), (100 * 1024**2, Grade.MEND)],
)
def test_a_disk_that_fills(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, grade: Grade
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(2 * 10**12, 0, free))
    assert {finding.grade for finding in doctor_machine.room(settings)} == {grade}


def test_what_others_on_the_machine_may_read(settings: Settings) -> None:
    settings.database.files.mkdir(mode=0o700)
    settings.backup.folder.mkdir(mode=0o700)
    settings.privacy.key_file.chmod(0o600)
    settings.privacy.key_file.parent.chmod(0o700)
    assert [f.grade for f in doctor_machine.rights(settings)] == [Grade.FINE]
    settings.backup.folder.chmod(0o755)
    settings.privacy.key_file.chmod(0o640)
    first, second = doctor_machine.rights(settings)
    assert (first.grade, first.todo) == (Grade.LOOK, f"chmod 700 {settings.backup.folder}")
    assert (second.grade, second.todo) == (Grade.MEND, f"chmod 600 {settings.privacy.key_file}")


def test_quiet_hours_over_the_digest(settings: Settings) -> None:
    assert [f.grade for f in doctor_machine.hours(settings, NOW)] == [Grade.FINE]
    quiet = settings.quiet.model_copy(update={"start": settings.digest.time})
    late = doctor_machine.hours(settings.model_copy(update={"quiet": quiet}), NOW)
    keys = [finding.words.split(" = ")[0] for finding in late]
    assert keys == [
        "Giờ gửi: digest.time",
        "Giờ gửi: reminders.eve",
        "Giờ gửi: reminders.unreported_weekend",
    ]


def test_a_holiday_today_is_no_quiet_hour(settings: Settings) -> None:
    new_year = datetime(2027, 1, 1, 3, tzinfo=UTC)
    assert [f.grade for f in doctor_machine.hours(settings, new_year)] == [Grade.FINE]


@pytest.mark.parametrize(("today", "years"), [(date(2026, 6, 1), []), (date(2026, 11, 16), [2027])])
def test_a_year_whose_days_off_are_not_known(
    settings: Settings, today: date, years: list[int]
) -> None:
    now = datetime(today.year, today.month, today.day, 5, tzinfo=UTC)
    words = to_look_at([*doctor_machine.holidays(settings, now)])
    assert [int(word.rsplit(" ", 1)[1].rstrip(".")) for word in words] == years


@pytest.mark.parametrize(
    ("hours", "grades"), [(1, [Grade.FINE, Grade.LOOK]), (40, [Grade.MEND]), (None, [Grade.MEND])]
)
def test_a_backup_that_is_old(settings: Settings, hours: int | None, grades: list[Grade]) -> None:
    if hours is not None:
        copy = settings.backup.folder / name_of(local(NOW).date())
        copy.mkdir(parents=True)
        moment = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(copy, (moment, moment))
    assert [f.grade for f in doctor_machine.backups(settings, NOW)] == grades


STATE = (
    '{"well": %s, "faults": [%s], "warnings": [], "writable": %s, "fetched": true, '
    '"clock_fault": ""}'
)


@pytest.mark.parametrize(
    ("content", "age", "grade", "words"),
    [
        (STATE % ("true", "", "true"), 10, Grade.FINE, "đang chạy tốt"),
        (STATE % ("false", '"x"', "false"), 10, Grade.MEND, "không ghi được vào cơ sở dữ liệu"),
        (STATE % ("false", '"x"', "true"), 10, Grade.LOOK, "vừa khởi động"),
        (STATE % ("true", "", "true"), 1200, Grade.MEND, "từ 20 phút nay"),
        ("{", 10, Grade.LOOK, "đang không chạy"),
    ],
)
def test_what_the_running_program_says_of_itself(
    settings: Settings, content: str, age: int, grade: Grade, words: str
) -> None:
    file = settings.health.file
    file.write_text(content)
    moment = datetime.now(UTC).timestamp() - age
    os.utime(file, (moment, moment))
    (finding,) = doctor_machine.running(settings)
    assert finding.grade is grade
    assert words in finding.words


# ---- The database --------------------------------------------------------------------------


@pytest.fixture
async def own(any_store: Store, settings: Settings) -> Settings:
    """The cast has moved in, on each database in turn; the key fits."""
    await cast.settle(any_store)
    url = settings.database.model_copy(update={"url": any_store.url})
    return settings.model_copy(update={"database": url})


async def test_a_sound_database_has_nothing_to_mend(own: Settings) -> None:
    findings = await collected(database(own, NOW, deep=True))
    assert to_mend(findings) == []
    assert any("2 lãnh đạo" in f.words or "1 lãnh đạo" in f.words for f in findings)


async def test_whoever_leads_at_the_top_has_blocked_the_bot(
    own: Settings, any_store: Store
) -> None:
    async with any_store.write() as session:
        giang, ha = [await session.get(Person, one.id) for one in (cast.GIANG, cast.HA)]
        assert giang
        assert ha
        giang.blocked_at = NOW
        for membership in (await session.exec(_memberships_of(ha.id))).all():
            await session.delete(membership)
    first, second = to_mend(await collected(database(own, NOW, deep=False)))
    assert first.startswith("Người nhận: lãnh đạo ở đơn vị cao nhất: cả 1 người đã chặn")
    assert second.startswith("Người nhận: quản trị ở đơn vị cao nhất: chưa có ai")


def _memberships_of(person_id: int | None) -> Any:
    from sqlmodel import select

    return select(Membership).where(Membership.person_id == person_id)


@pytest.mark.parametrize(
    ("code", "words"),
    [("kcn", []), ("HS", ["ở HS không ai nhận"]), ("BTC", ["không có đơn vị mã BTC"])],
)
async def test_the_chaser_is_there_and_reached(own: Settings, code: str, words: list[str]) -> None:
    summaries = own.summaries.model_copy(update={"chaser": code})
    own = own.model_copy(update={"summaries": summaries})
    words_to_mend = to_mend(await collected(database(own, NOW, deep=False)))
    assert len(words_to_mend) == len(words)
    assert all(word in line for word, line in zip(words, words_to_mend, strict=True))


async def test_overdue_cases_that_nobody_hears_of(own: Settings, any_store: Store) -> None:
    async with any_store.write() as session:
        for one in (cast.GIANG, cast.DUNG):
            person = await session.get(Person, one.id)
            assert person
            person.blocked_at = NOW
        unit = cast.KCN.id
        late = NOW - timedelta(days=3)
        session.add(
            Case(
                code="C",
                text="",
                unit_id=unit,
                home_id=unit,
                settle_by=late,
                created_at=late,
                author_id=cast.AN.id,
            )
        )
        session.add(
            OutboxMessage(
                dedupe_key="k", person_id=cast.AN.id, text="", not_before=late, created_at=late
            )
        )
    findings = await collected(database(own, NOW, deep=False))
    assert any(words.startswith("Phản ánh: 1 phản ánh") for words in to_mend(findings))
    assert any(words.startswith("Tin gửi đi: 1 tin") for words in to_look_at(findings))


async def test_a_key_that_does_not_open(
    own: Settings, any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.config.keys import open_vault

    await open_vault(any_store, own, NOW)
    assert to_mend(await collected(database(own, NOW, deep=False))) == []
    monkeypatch.setenv(KEY_VARIABLE, new_key())
    (words,) = to_mend(await collected(database(own, NOW, deep=False)))
    assert words.startswith("Khóa: ")


@pytest.fixture
async def stands_at(any_store: Store) -> AsyncIterator[Callable[[str], Awaitable[None]]]:
    """Lets the database say that it stands at another schema; it is shared, so that it ends."""

    async def change(revision: str) -> None:
        async with any_store.engine.begin() as connection:
            sql = "UPDATE alembic_version SET version_num = :it"
            await connection.execute(text(sql), {"it": revision})

    yield change
    await change(NEWEST)


async def test_a_schema_that_is_older_or_newer(
    own: Settings, stands_at: Callable[[str], Awaitable[None]]
) -> None:
    await stands_at("0015")
    (finding,) = await collected(database(own, NOW, deep=True))
    assert (finding.grade, finding.words[:14]) == (Grade.LOOK, "Lược đồ: 0015,")
    await stands_at("9999")
    (finding,) = await collected(database(own, NOW, deep=True))
    assert finding.grade is Grade.MEND


async def test_what_was_written_after_now(own: Settings, any_store: Store) -> None:
    async with any_store.write() as session:
        late = NOW + timedelta(days=700)
        session.add(
            OutboxMessage(
                dedupe_key="k", person_id=cast.AN.id, text="", not_before=NOW, created_at=late
            )
        )
    words_to_mend = to_mend(await collected(database(own, NOW, deep=False)))
    assert [
        words for words in words_to_mend if words.startswith("Giờ: dữ liệu đã ghi đến 16/10/2028")
    ]


async def test_deep_names_what_does_not_fit_and_files_that_are_gone(
    own: Settings, any_store: Store
) -> None:
    async with any_store.write() as session:
        unit = cast.KCN.id
        session.add(
            Case(
                id=77,
                code="C",
                text="",
                unit_id=unit,
                home_id=unit,
                created_at=NOW,
                author_id=cast.AN.id,
            )
        )
        session.add(
            StoredFile(
                channel="telegram",
                reference="f",
                unique_id="u",
                kind="photo",
                sha256="ab" * 32,
                created_at=NOW,
            )
        )
    shallow = to_mend(await collected(database(own, NOW, deep=False)))
    deep = to_mend(await collected(database(own, NOW, deep=True)))
    extra = [words for words in deep if words not in shallow]
    assert "Dữ liệu: case.open_due: 1 dòng không khớp (số: 77)." in extra
    assert "Tệp: thiếu 1 trong 1 ảnh, tin thoại, tài liệu đã lưu." in extra


async def test_deep_reads_the_newest_copy_to_its_end(settings: Settings, store: Store) -> None:
    await cast.settle(store)
    for day in (date(2026, 11, 15), date(2026, 11, 16)):
        copy = settings.backup.folder / name_of(day)
        back_up(settings.database.url, settings.database.files, copy)
    assert to_mend(await collected(database(settings, NOW, deep=True))) == []
    damaged(settings.backup.folder / name_of(date(2026, 11, 16)) / "satcoso.db")
    (words,) = to_mend(await collected(database(settings, NOW, deep=True)))
    assert "satcoso-2026-11-16/satcoso.db hỏng" in words


async def test_a_server_that_is_away_is_a_finding(settings: Settings) -> None:
    url = settings.database.model_copy(
        update={"url": "postgresql+psycopg://bot:s3cret@127.0.0.1:9/satcoso"}
    )
    (words,) = to_mend(
        await collected(database(settings.model_copy(update={"database": url}), NOW, deep=False))
    )
    assert words.startswith("Cơ sở dữ liệu: không mở được")
    assert "s3cret" not in words


def test_words_of_the_operator_are_vietnamese() -> None:
    """A finding without a letter that only Vietnamese has was forgotten in English."""
    source = "".join(
        Path(f"bot/cli/{name}.py").read_text("utf-8") for name in ("doctor_machine", "doctor_data")
    )
    calls = re.findall(r'(?:fine|look|mend)\(\s*f?"([^"]+)"', source)
    assert len(calls) > 30
    assert [words for words in calls if not re.search("[À-ỹ]", words)] == []
