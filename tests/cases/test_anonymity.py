"""Nothing that is kept shows who raised a concern: the whole program lives, then all is searched.

Searched are the database with what is beside it, a backup, the logs, the exports and the files on
the disk; for ids, names, usernames, phone numbers and what a camera writes into a picture.
"""

import asyncio
import gzip
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from PIL import Image
from sqlalchemy import text
from sqlmodel import SQLModel, select

from bot.app import logs
from bot.app.backups import back_up
from bot.cases.papers.cases_table import HEADINGS as CASE_HEADINGS
from bot.cases.rules.receipts import grouped
from bot.cases.services import own_cases, site_links
from bot.cases.services.export import case_rows
from bot.channels.web.receipts import derived
from bot.config.settings import Logging, Settings, Web
from bot.documents import tables
from bot.visits.papers.visits_table import HEADINGS as VISIT_HEADINGS
from bot.visits.services.export import visit_rows
from storage.models import Case, Reporter, StoredFile
from storage.models import Person as PersonRow
from storage.store import sqlite_file
from tests import cast
from tests.cast import SEN_VANG, VAULT
from tests.channels.web.pages import ADDRESS, Browser, receipt_on, served_in_process
from tests.client import Person, Town

ROOT = Path(__file__).parents[2]
LINK = site_links.parameter(VAULT, SEN_VANG.id)
WAGES = "cty tre luong 2 thang roi, thứ Hai không trả là tụi tui ngưng máy"
SECRET_WORDS = "chuyện này kể rồi xóa thật sạch, zzxqv"
CAMERA = ("Nokia 8 Sirocco", "Hãng chụp Thị Mật", "2026:11:15 06:31:42")


class Worker:
    """Somebody whose every trace can be told from everybody else's."""

    def __init__(self, number: int, first: str, last: str, username: str, phone: str) -> None:
        self.id, self.first, self.last = number, first, last
        self.username, self.phone = username, phone

    @property
    def traces(self) -> list[str]:
        return [str(self.id), f"{self.last} {self.first}", self.last, self.username, self.phone]


TAM = Worker(5_312_764_901, "Tâm", "Quách Thị Mộng", "mongtam_xyz", "+84907731264")
PHUC = Worker(5_498_120_377, "Phúc", "Khưu Đình Vĩnh", "vinhphuc_qrs", "+84938846215")
NHAN = Worker(6_077_918_243, "Nhàn", "Thạch Sa Rương", "nhan_uvw", "+84869920471")
WORKERS = (TAM, PHUC, NHAN)
WEB_CLIENT = ("203.0.113.77", 50_123)
WEB_NAMED = ("Lý Thị Cẩm Nhung", "0977 415 663", "0977415663")
WEB_TRACES = [*WEB_NAMED, WEB_CLIENT[0], "50123", "KyLaPhone/9.7", "chi-nhung-to-7"]
GIVEN = ("Khưu Vĩnh Phúc Hậu", "0938 846 215", "0938846215")  # typed by who wants to be named
TRACES = [*(trace for worker in WORKERS for trace in worker.traces), *GIVEN, *CAMERA, *WEB_TRACES]


@pytest.fixture
def settings(settings: Settings, any_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    database = settings.database.model_copy(update={"url": any_url})
    served_in_process(monkeypatch)
    web = Web(address=ADDRESS)
    return settings.model_copy(update={"database": database, "web": web})


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything the program logs, as its operator would read it, at the most talkative level."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    logs.set_up(Logging(level="debug"))
    structlog.configure(cache_logger_on_first_use=False)
    for handler in root.handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


@pytest.fixture
async def crowd(town: Town, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The town after everything that can happen to a concern has happened."""
    tam, phuc, nhan = [await moved_in(town, worker) for worker in WORKERS]
    an = await town.person("An")
    await nameless(town, tam, an)
    await named(town, phuc, an)
    await a_failure(tam, monkeypatch)
    await erased(town, nhan)
    await phuc.block()
    await settled(an, "Công ty đã trả một tháng lương còn nợ cho công nhân")
    await half_told(town, tam)
    await by_the_web(town, monkeypatch)
    await town.move_to(cast.NEXT_MONDAY)
    return town


async def moved_in(town: Town, worker: Worker) -> Person:
    given = {"id": worker.id, "first_name": worker.first, "last_name": worker.last}
    given |= {"username": worker.username, "phone": worker.phone}
    town.sandbox.world.people.put(given)
    return await town.person(worker.first, worker.id)


async def nameless(town: Town, tam: Person, an: Person) -> None:
    """Consent, pictures straight from the camera, a question, settled, reopened, followed."""
    await tam.send(f"/start {LINK}")
    await tam.click("Đồng ý")
    await tam.photo("chuyền 5 đây", picture())
    await tam.document("Quách Thị Mộng Tâm.jpg", picture())
    await tam.voice()
    await tam.send(WAGES)
    await tam.contact()
    await handed_in(tam)
    await town.program.files.fetch_missing()
    await an.send("/kiennghi")
    await an.click("Tất cả")
    await an.click("1. ")
    await an.click("Ảnh, tệp")
    await an.click("Nhận xử lý")
    await an.click("Hỏi thêm")
    await an.send("Tháng nào chưa trả?")
    await tam.click("Trả lời")
    await tam.send("tháng 9 với tháng 10")
    await tam.click("Gửi") if any("Gửi" in label for label in tam.buttons) else None
    await settled(an, "Công ty hẹn trả hết vào ngày 25 tháng này")
    await tam.click("Chưa hài lòng")
    await tam.send("hẹn hoài không trả")
    await tam.click("Gửi") if any("Gửi" in label for label in tam.buttons) else None
    await tam.send("/theodoi")
    await tam.send("/theodoi ABC-DEF-GHI")


async def named(town: Town, phuc: Person, an: Person) -> None:
    """By name, seen by who handles it."""
    await phuc.send(f"/start {LINK}")
    await phuc.click("Đồng ý")
    await phuc.send("Lam 7 thang van chua ky hop dong")
    await handed_in(phuc, "Nêu tên", GIVEN[0] + ", " + GIVEN[1])
    await an.forge("case:open:2")
    await an.click("Nhận xử lý")
    await an.click("Xem người phản ánh")
    assert any(GIVEN[0] in text for text in (*an.cards, *an.toasts)), "who handles it sees the name"
    await an.forge("case:open:2")


async def handed_in(worker: Person, who: str = "Không nêu tên", contact: str = "") -> None:
    await worker.click("Vài người")
    await worker.click("Đúng")
    await worker.click(who)
    if contact:
        await worker.send(contact)
    await worker.click("Gửi Công đoàn")
    assert any("đã tiếp nhận" in card for card in worker.cards)


async def settled(an: Person, words: str) -> None:
    await an.click("Đã giải quyết")
    await an.send(words)


async def a_failure(tam: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A handler fails with words that quote everything about the one it answers."""

    async def broken(*_given: Any) -> Any:
        raise RuntimeError(f"cannot find {TAM.traces}")

    with monkeypatch.context() as patch:
        patch.setattr(own_cases, "mine", broken)
        await tam.send("/theodoi")
    assert any("mã" in card and "lỗi" in card for card in tam.cards)


async def erased(town: Town, nhan: Person) -> None:
    """Told, then everything about oneself is taken back."""
    await nhan.send(f"/start {LINK}")
    await nhan.click("Đồng ý")
    await nhan.send(SECRET_WORDS)
    await nhan.click("Vài người")
    await nhan.click("Lương")
    await nhan.click("Nêu tên")
    await nhan.click("Bỏ qua")
    await nhan.click("Gửi Công đoàn")
    await nhan.send("/dulieu")
    await nhan.click("Lấy bản sao")
    await nhan.send("/dulieu")
    await nhan.click("Xóa hết")
    await nhan.forge("data:erase")


async def half_told(town: Town, tam: Person) -> None:
    """A form left open, with a restart in its middle."""
    await tam.send("/phananh")
    async with town.stopped():
        pass
    await tam.send("sen vang")
    await tam.send("/start")


async def by_the_web(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named, with a picture, from a device that says much; back by wrong receipts, then broken."""
    assert town.program.server
    transport = httpx.ASGITransport(town.program.server.app, client=WEB_CLIENT)
    headers = {"user-agent": WEB_TRACES[5], "x-forwarded-for": WEB_CLIENT[0]}
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers=headers) as client:
        browser = Browser(client)
        await browser.open(f"/m/{LINK}")
        await browser.press("Gửi ý kiến ngay")
        await browser.press("Đồng ý")
        file = (f"{WEB_TRACES[6]}.jpg", picture(), "image/jpeg")
        await browser.press("Tiếp tục", "Nha an do an nguoi, cong nhan bo bua", files=(file,))
        await browser.press("Vài người")
        await browser.press("Đúng")
        await browser.press("Nêu tên")
        await browser.press("Tiếp tục", f"{WEB_NAMED[0]}, {WEB_NAMED[1]}")
        await browser.press("Gửi Công đoàn")
        receipt = receipt_on(browser)
        await browser.fill("Tôi đã giữ", last=receipt[-4:])
        for typed in (receipt[:-1], "0000000000000097", receipt):
            await browser.open("/")
            await browser.fill("Xem trả lời", receipt=typed)
        assert "Nha an do an nguoi" in browser.text

        async def broken(*_given: Any) -> Any:
            raise RuntimeError(f"cannot find {receipt} of {WEB_TRACES}")

        with monkeypatch.context() as patch:
            patch.setattr(own_cases, "look", broken)
            await browser.press("Trang chính")
            await browser.press("Phản ánh của tôi")
            await browser.press(browser.labels[0][:5])
        assert "lỗi" in browser.text
        RECEIPTS[:] = [receipt, grouped(receipt), await asyncio.to_thread(derived, receipt)]


RECEIPTS: list[str] = []  # of the crowd that was there last


def picture() -> bytes:
    """A photo as a telephone takes it: place, time, device and owner inside."""
    image = Image.new("RGB", (64, 48), "navy")
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x9C9D] = CAMERA[0], CAMERA[1], CAMERA[1].encode("utf-16le")
    exif[0x0132] = CAMERA[2]
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 22.0, 31.0), 3: "E", 4: (105.0, 26.0, 7.0)})
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif, comment=CAMERA[1].encode())
    return target.getvalue()


# ---- Everything that is kept ---------------------------------------------------------------


async def kept(town: Town, logged: io.StringIO, folder: Path) -> dict[str, bytes]:
    """Every place where something stays, with its bytes."""
    found = {"logs": logged.getvalue().encode()}
    found |= {f"export {file.name}": data for file, data in await exports(town, folder)}
    for file in sorted(town.settings.database.files.rglob("*")):
        if file.is_file():
            found[f"file {file.name}"] = file.read_bytes()
    found["dump"] = (await dump(town)).encode()
    found |= await watched(town)
    if database := sqlite_file(town.settings.database.url):
        found |= {f"database {f.name}": f.read_bytes() for f in beside(database)}
        back_up(town.settings.database.url, town.settings.database.files, folder / "copy")
        for file in (folder / "copy").rglob("*"):
            if file.is_file():
                found[f"backup {file.name}"] = file.read_bytes()
        back_up(town.settings.database.url, town.settings.database.files, folder / "copy.tar.gz")
        found["packed backup"] = gzip.decompress((folder / "copy.tar.gz").read_bytes())
    return found


async def watched(town: Town) -> dict[str, bytes]:
    """What is read off the running program by whoever watches it."""
    assert town.program.server
    transport = httpx.ASGITransport(town.program.server.app)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        return {path: (await client.get(path)).content for path in ("/healthz", "/metrics")}


def beside(database: Path) -> list[Path]:
    """The file, its log of writes, its index."""
    return sorted(database.parent.glob(f"{database.name}*"))


async def exports(town: Town, folder: Path) -> list[tuple[Path, bytes]]:
    found = []
    for name, headings, rows in (
        ("visits", VISIT_HEADINGS, visit_rows),
        ("cases", CASE_HEADINGS, case_rows),
    ):
        for suffix in tables.FORMATS:
            file = folder / f"{name}{suffix}"
            await tables.write(file, headings, rows(town.program.work, None), name)
            found.append((file, unpacked(file.read_bytes())))
    return found


def unpacked(paper: bytes) -> bytes:
    """What is inside a sheet or a letter, as its reader sees it and beside that."""
    if not paper.startswith(b"PK"):
        return paper
    with zipfile.ZipFile(io.BytesIO(paper)) as parts:
        return b"\n".join(parts.read(name) for name in parts.namelist())


async def dump(town: Town) -> str:
    """Every row of every table as the database itself writes it down."""
    async with town.program.work.read() as session:
        connection = await session.connection()
        lines = []
        for table in SQLModel.metadata.sorted_tables:
            for row in await connection.execute(text(f'SELECT * FROM "{table.name}"')):
                lines.append(f"{table.name}: {tuple(row)!r}")
    return "\n".join(lines)


def written(trace: str) -> list[bytes]:
    """All the ways in which a trace may be written down: encodings, escapes, as a number."""
    forms = [trace, trace.lower(), trace.encode("unicode_escape").decode()]
    ways = [form.encode(encoding) for form in forms for encoding in ("utf-8", "utf-16le")]
    if trace.isdecimal() and len(trace) > 9:
        number = int(trace)
        sizes = [size for size in (6, 8) if number < 256**size]
        ways += [number.to_bytes(size, order) for size in sizes for order in ("big", "little")]
    return ways


def leaks(places: dict[str, bytes], traces: list[str]) -> list[tuple[str, str]]:
    return sorted(
        (place, trace)
        for place, data in places.items()
        for trace in traces
        if any(way in data for way in written(trace))
    )


async def test_nothing_that_is_kept_shows_who_raised_a_concern(
    crowd: Town, logged: io.StringIO, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    places = await kept(crowd, logged, folder)
    await what_may_be_there_is_found(crowd, places)
    assert leaks(places, [*TRACES, *RECEIPTS]) == []
    assert leaks(places, [SECRET_WORDS]) == [], "erased words are gone, not only unlinked"


async def what_may_be_there_is_found(crowd: Town, places: dict[str, bytes]) -> None:
    """Else an empty result would prove nothing."""
    staff = [cast.AN.full_name, str(cast.AN.telegram_id)]
    assert {("dump", trace) for trace in staff} <= set(leaks(places, staff))
    told = {place for place, _ in leaks(places, [WAGES])}
    assert {"export cases.csv", "export cases.xlsx", "dump"} <= told
    assert b"update.failed" in places["logs"]
    assert b"web.failed" in places["logs"]
    assert b"RuntimeError" in places["logs"]
    assert any(place.startswith("file ") for place in places)
    if sqlite_file(crowd.settings.database.url):
        assert {"packed backup", "backup satcoso.db"} <= told
    async with crowd.program.work.read() as session:
        reporters = (await session.exec(select(Reporter))).all()
        assert [one.unreachable for one in reporters].count(True) == 1, "blocked"
        assert len((await session.exec(select(Case))).all()) == 4
        assert len(RECEIPTS) == 3
        assert [f.name for f in (await session.exec(select(StoredFile))).all() if f.name] == []


async def test_one_of_the_staff_who_raises_a_concern_leaves_no_link_to_it(town: Town) -> None:
    await town.move_to(cast.MONDAY + timedelta(hours=3, minutes=42))
    mai = await town.person("Mai")
    await mai.send(f"/start {LINK}")
    await mai.click("Đồng ý")
    await mai.send(WAGES)
    await handed_in(mai)
    lines = (await dump(town)).splitlines()
    tables_with = {line.partition(":")[0] for line in lines if str(cast.MAI.telegram_id) in line}
    assert tables_with == {"person_address"}
    async with town.program.work.read() as session:
        (case,) = (await session.exec(select(Case))).all()
        person = await session.get_one(PersonRow, cast.MAI.id)
    assert (case.author_id, case.about_id) == (None, None)
    assert person.seen_at is None, "the day alone would tell where nobody else came that day"


def test_the_camera_leaves_what_is_searched_for() -> None:
    places = {"photo": picture()}
    assert {trace for _, trace in leaks(places, list(CAMERA))} == set(CAMERA)


def test_nothing_is_ever_forwarded() -> None:
    """A forwarded or copied message shows in Telegram whose it was."""
    calls = re.compile(r"\b(forward|copy)_(message|messages)\b|\.forward\(|\.copy_to\(")
    sources = [p for p in (ROOT / "bot").rglob("*.py") if "sandbox" not in p.parts]
    assert [str(p) for p in sources if calls.search(p.read_text("utf-8"))] == []
