"""A backup every night, which ones stay, and who hears that there is none."""

import os
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.app import backups
from bot.app.backups import NightlyBackup, is_old, name_of, newest, nightly, outdated
from bot.config.settings import Settings
from bot.core.rules.calendar import at, local
from bot.core.work import Work
from storage.models import OutboxMessage
from tests import cast

TODAY = date(2026, 11, 16)  # a Monday


def days(*numbers: int) -> set[date]:
    """So many days ago."""
    return {TODAY - timedelta(days=number) for number in numbers}


@pytest.mark.parametrize(
    ("there", "goes"),
    [
        (range(8), ()),
        (range(15), (8, 9, 10, 11, 12, 13)),  # the Monday two weeks ago stays
        (range(22), (8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20)),
        ((0, 30, 31), (31,)),
        ((0, 29, 30), (29,)),  # of one week the first
        ((40, 50), (50,)),  # the newest stays, however old
        ((), ()),
        ((-400, 3), ()),  # made while the clock was wrong
    ],
)
def test_a_week_of_days_then_a_month_of_weeks_stay(there: Any, goes: tuple[int, ...]) -> None:
    assert outdated(days(*there), TODAY, keep_days=30) == days(*goes)


def test_thinned_every_night_the_same_stay_as_thinned_at_once() -> None:
    days_there: set[date] = set()
    for number in range(100):
        today = TODAY + timedelta(days=number)
        days_there.add(today)
        days_there -= outdated(days_there, today, keep_days=30)
    ages = sorted((today - day).days for day in days_there)
    assert ages[:8] == [*range(8)]
    assert {later - earlier for earlier, later in pairwise(ages[8:])} == {7}
    assert 23 < ages[-1] <= 30


@pytest.fixture
def photo(settings: Settings) -> Path:
    photo = settings.database.files / "ab" / "abc"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"photo")
    return photo


def make(settings: Settings, day: date) -> Any:
    return nightly(settings.database.url, settings.database.files, settings.backup, day)


def test_a_night_s_backup_is_whole_and_made_once(settings: Settings, photo: Path) -> None:
    done = make(settings, TODAY)
    assert (done.files, done.path) == (1, settings.backup.folder / name_of(TODAY))
    assert (done.path / "files" / "ab" / "abc").read_bytes() == b"photo"
    with closing(sqlite3.connect(done.path / "satcoso.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert make(settings, TODAY) is None
    assert [p for p in done.path.rglob("*") if p.stat().st_mode & 0o077] == []


def test_a_file_takes_its_room_once_and_stays_where_it_was_erased_since(
    settings: Settings, photo: Path
) -> None:
    first = make(settings, TODAY).path / "files" / "ab" / "abc"
    second = make(settings, TODAY + timedelta(days=1)).path / "files" / "ab" / "abc"
    assert second.samefile(first)
    assert not second.samefile(photo), "what happens to the bot's own must not happen to copies"
    photo.unlink()
    third = make(settings, TODAY + timedelta(days=2)).path / "files" / "ab" / "abc"
    assert not third.exists()
    assert first.exists()


def test_where_links_are_not_possible_files_are_copied(
    settings: Settings, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    for day in (TODAY, TODAY + timedelta(days=1)):
        copy = make(settings, day).path / "files" / "ab" / "abc"
        assert copy.read_bytes() == b"photo"
        assert copy.stat().st_mode & 0o777 == 0o600


def test_old_ones_go_only_after_a_new_one_is_there(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(settings, TODAY - timedelta(days=40))
    make(settings, TODAY - timedelta(days=39))
    (settings.backup.folder / "of-somebody-else").mkdir()
    (settings.backup.folder / ".backup-killed").mkdir()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(backups, "_copy_files", full)
        with pytest.raises(OSError, match="No space"):
            make(settings, TODAY)
    names = {path.name for path in settings.backup.folder.iterdir()}
    assert names == {"satcoso-2026-10-07", "satcoso-2026-10-08", "of-somebody-else"}
    make(settings, TODAY)
    names = {path.name for path in settings.backup.folder.iterdir()}
    assert names == {"satcoso-2026-11-16", "of-somebody-else"}


def test_a_damaged_copy_is_no_backup(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    proven = backups.proven

    def damaged(database: Path) -> int:
        with database.open("r+b") as file:
            file.seek(8192)
            file.write(os.urandom(8192))
        return proven(database)

    monkeypatch.setattr(backups, "proven", damaged)
    with pytest.raises((backups.ConfigError, sqlite3.Error)):
        make(settings, TODAY)
    assert newest(settings.backup.folder) is None


def test_it_is_old_after_a_night_without_one(settings: Settings) -> None:
    assert is_old(None, cast.MONDAY)
    make(settings, TODAY)
    made_at = newest(settings.backup.folder)
    assert made_at
    assert not is_old(made_at, made_at + timedelta(hours=30))
    assert is_old(made_at, made_at + timedelta(hours=37))


def names_in(settings: Settings) -> set[str]:
    folder = settings.backup.folder
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


async def test_it_is_made_when_its_time_has_come_and_the_clock_is_sure(
    work: Work, settings: Settings, clock: cast.FrozenClock
) -> None:
    job = NightlyBackup(work, clock)
    clock.freeze(at(TODAY, settings.backup.time) - timedelta(minutes=1))
    assert await job.look()
    assert names_in(settings) == set()
    clock.freeze(at(TODAY, settings.backup.time))
    clock.doubted = True
    assert await job.look()
    assert names_in(settings) == set()
    clock.doubted = False
    assert await job.look()
    assert names_in(settings) == {"satcoso-2026-11-16"}


async def test_a_night_missed_is_made_up(work: Work, settings: Settings) -> None:
    clock = cast.clock_at(at(TODAY, settings.backup.time) + timedelta(hours=9))
    assert await NightlyBackup(work, clock).look()
    assert names_in(settings) == {"satcoso-2026-11-16"}


async def test_where_it_fails_administrators_hear_of_it_once_a_day(
    work: Work, clock: cast.FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await cast.settle(work.store)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "nightly", full)
    job = NightlyBackup(work, clock)
    for _ in range(3):
        assert not await job.look()
    async with work.read() as session:
        owed = (await session.exec(select(OutboxMessage))).all()
    (card,) = owed
    assert "Không sao lưu được dữ liệu đêm qua" in card.text
    assert "chưa có bản sao lưu nào" in card.text
    assert local(card.not_before).date() == local(clock.now()).date()


async def test_what_the_operator_does_otherwise_is_not_done_twice(
    work: Work, settings: Settings, clock: cast.FrozenClock
) -> None:
    own = settings.backup.model_copy(update={"nightly": False})
    work = Work(
        *(work.store, settings.model_copy(update={"backup": own}), work.calendar, work.vault)
    )
    assert await NightlyBackup(work, clock).look()
    assert names_in(settings) == set()
