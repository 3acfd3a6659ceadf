"""A worker's pages, from the code on the poster to the last word, through the real program."""

import asyncio
import io
import re
import shutil
import time
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from PIL import Image
from sqlmodel import col, select

from bot.cases.rules.receipts import new_receipt
from bot.cases.services import site_links
from bot.channels.web import receipts, workers
from storage.models import Case, Draft, OutboxMessage, StoredFile, Tally
from storage.store import sqlite_file
from tests.cast import SEN_VANG, SONG_LANH, VAULT
from tests.channels.web.pages import Browser, File, receipt_on
from tests.client import Town
from tests.test_docs import ROOT

POSTER = f"/m/{site_links.parameter(VAULT, SEN_VANG.id)}"
WORDS = "Cơm ca tối toàn rau, tăng ca tới 9 giờ"


def photo() -> File:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Hãng chụp Thị Mật"
    Image.new("RGB", (40, 30), "teal").save(target, "JPEG", exif=exif)
    return "chuyen-3-chi-Lan.jpg", target.getvalue(), "image/jpeg"


async def to_the_name(browser: Browser, *, files: tuple[File, ...] = ()) -> None:
    """A concern from the poster on, up to the question for a name."""
    await browser.open(POSTER)
    await browser.press("Gửi ý kiến ngay")
    await browser.press("Đồng ý")
    await browser.press("Tiếp tục", WORDS, files=files)
    await browser.press("Cả tổ")
    await browser.press("Đúng")


async def tell(browser: Browser, *, files: tuple[File, ...] = ()) -> str:
    """A concern; its receipt."""
    await to_the_name(browser, files=files)
    await browser.press("Không nêu tên")
    await browser.press("Gửi Công đoàn")
    receipt = receipt_on(browser)
    await browser.fill("Tôi đã giữ", last=receipt[-4:])
    return receipt


async def come_back(browser: Browser, receipt: str) -> None:
    await browser.open("/")
    await browser.fill("Xem trả lời", receipt=receipt)


async def the_case(town: Town) -> Case:
    async with town.program.work.read() as session:
        return (await session.exec(select(Case).order_by(col(Case.id)))).one()


async def test_the_poster_leads_to_one_page_with_two_ways(browser: Browser) -> None:
    await browser.open(POSTER)
    assert SEN_VANG.name in browser.text
    assert "Gửi ý kiến ngay tại đây" in browser.labels[0]
    assert browser.page.links["Gửi qua Telegram"].endswith(POSTER.removeprefix("/m/"))
    await browser.open("/m/cs-zz-000000")
    assert SEN_VANG.name not in browser.text
    assert browser.status == 200


@pytest.mark.wide
async def test_a_concern_with_a_photo_its_question_answer_result_reopening_and_end(
    browser: Browser, town: Town
) -> None:
    receipt = await tell(browser, files=(photo(),))
    case = await the_case(town)
    assert (case.text, case.door, case.anonymous, case.affected) == (WORDS, "web", True, 20)
    await town.settle()
    an = await town.person("An")
    assert "qua trang web" in an.card
    await an.click("📂 Mở xem")
    assert "ẩn danh · qua trang web" in an.card
    await an.click("Nhận xử lý")
    await an.click("Hỏi thêm")
    await an.send("Anh/chị ở chuyền nào?")

    await come_back(browser, receipt)
    assert "Anh/chị ở chuyền nào?" in browser.text
    await browser.press("Trả lời")
    assert "Anh/chị ở chuyền nào?" in browser.text
    await browser.press("Tiếp tục", "Chuyền 5, ca tối")
    await browser.press("Gửi Công đoàn" if "Gửi Công đoàn" in browser.text else "Gửi")
    assert "Công đoàn đã nhận" in browser.text
    await town.settle()
    assert "Chuyền 5, ca tối" in an.card

    await an.click("📂 Mở xem")
    await an.click("Đã giải quyết")
    await an.send("Công ty đổi nhà bếp từ thứ Hai, Công đoàn kiểm tra hằng tuần.")
    await come_back(browser, receipt)
    assert "Công ty đổi nhà bếp" in browser.text
    await browser.press("Chưa hài lòng")
    assert "Công ty đổi nhà bếp" in browser.text
    await browser.press("Tiếp tục", "Vẫn như cũ")
    await browser.press("Gửi")
    assert "mở lại" in browser.text
    assert (await the_case(town)).satisfied is False

    await come_back(browser, receipt)
    await browser.press("Xem ảnh, tin thoại")
    assert 'src="data:image/jpeg;base64,' in browser.html
    await browser.press("Trang chính")
    await browser.send({**browser.page.hidden, "command": "dulieu"})
    assert "Một mã rút từ số bí mật" in browser.text
    await browser.press("Lấy bản sao")
    assert 'download="du-lieu-cua-toi.html"' in browser.html
    assert 'download="du-lieu-cua-toi.json"' in browser.html
    await browser.send({**browser.page.hidden, "command": "dulieu"})
    await browser.press("Xóa hết")
    await browser.press("Xóa hết")
    assert "Đã xóa hết" in browser.text
    await come_back(browser, receipt)
    assert workers.NOBODYS in browser.text
    assert "xóa theo yêu cầu của chính người gửi, hoặc đã hết thời gian lưu" in browser.text
    after_erasing, anew = browser.text, Browser(browser.client)
    await come_back(anew, new_receipt(lambda _: 7))
    assert anew.text == after_erasing, "nobody learns whether there ever was anything"


async def test_the_receipt_is_on_every_page_until_its_last_digits_are_typed(
    browser: Browser,
) -> None:
    await to_the_name(browser)
    await browser.press("Không nêu tên")
    assert "Số bí mật của anh/chị" not in browser.text
    await browser.press("Gửi Công đoàn")
    receipt = receipt_on(browser)
    assert browser.labels[-1:] == ["Tôi đã giữ số này"]
    assert not [value for name, value, _ in browser.page.buttons if value.startswith("own:")]
    await browser.fill("Tôi đã giữ", last="0000" if receipt[-4:] != "0000" else "1111")
    assert workers.LAST_FOUR_WRONG in browser.text
    assert WORDS in browser.text, "it looked as if nothing had been sent"
    assert receipt_on(browser) == receipt
    await browser.reload()
    assert receipt_on(browser) == receipt
    await browser.fill("Tôi đã giữ", last=receipt[-4:])
    assert receipt[:4] not in browser.text
    assert workers.NUMBER_CONFIRMED in browser.text
    assert WORDS in browser.text
    assert "Phản ánh của tôi" in " ".join(browser.labels)


async def test_the_history_of_a_phone_says_nothing_of_what_was_sent(browser: Browser) -> None:
    receipt = await tell(browser)
    await come_back(browser, receipt)
    assert SEN_VANG.name in browser.text
    title = browser.html.partition("<title>")[2].partition("</title>")[0]
    assert title == browser.html.partition("<header><p>")[2].partition("</p>")[0]


async def test_the_way_home_stands_once_on_a_page(browser: Browser) -> None:
    receipt = await tell(browser)
    await come_back(browser, receipt)
    assert browser.labels.count("🏠 Trang chính") == 1
    await browser.press("Trang chính")
    assert "liên kết mời" not in browser.text, "a worker's page takes no invitation"


async def test_what_happened_is_dated_by_days_so_that_no_answer_seems_older_than_its_question(
    browser: Browser, town: Town
) -> None:
    """What a worker does is kept by the hour, what the union does by the minute."""
    receipt = await tell(browser)
    await come_back(browser, receipt)
    assert not re.search(r"\d\d:\d\d", browser.text)


async def test_the_enter_key_beside_the_last_digits_says_that_they_are_kept(
    browser: Browser,
) -> None:
    """A browser presses the first button of the form then."""
    await to_the_name(browser)
    await browser.press("Không nêu tên")
    await browser.press("Gửi Công đoàn")
    receipt = receipt_on(browser)
    name, value, _ = browser.page.buttons[0]
    await browser.send({**browser.page.hidden, "last": receipt[-4:], name: value})
    assert "Phản ánh của tôi" in " ".join(browser.labels)


async def test_a_receipt_that_was_written_down_is_on_no_page_from_before_nor_of_another_tab(
    browser: Browser, town: Town
) -> None:
    await to_the_name(browser)
    await browser.press("Không nêu tên")
    await browser.press("Gửi Công đoàn")
    receipt = receipt_on(browser)
    other = Browser(browser.client)
    await other.send({**browser.page.hidden, "press": "home"}, action=workers.ACTION)
    assert receipt_on(other) == receipt
    await browser.fill("Tôi đã giữ", last=receipt[-4:])
    await other.fill("Tôi đã giữ", last=receipt[-4:])
    for page in (browser, other):
        assert receipt[:4] not in page.text
        assert "Phản ánh của tôi" in " ".join(page.labels)
        await page.reload()
        assert receipt[:4] not in page.text
    await the_case(town)


async def test_the_receipt_stands_in_no_table_and_nothing_names_a_file(
    browser: Browser, town: Town
) -> None:
    receipt = await tell(browser, files=(photo(),))
    async with town.program.work.read() as session:
        file = (await session.exec(select(StoredFile))).one()
    copy = town.program.files.path(file.sha256 or "").read_bytes()
    assert (file.name, file.size, file.private, file.kind) == ("", None, True, "photo")
    assert b"Exif" not in copy
    await town.program.work.store.settle_log()
    database = sqlite_file(town.program.settings.database.url)
    assert database
    content = await asyncio.to_thread(database.read_bytes)
    for trace in (receipt, receipts.derived(receipt), "chuyen-3"):
        assert trace.encode() not in content


@pytest.mark.wide
async def test_a_wrong_receipt_costs_more_and_more_time_and_the_right_one_as_much(
    browser: Browser, town: Town, waits: list[float]
) -> None:
    receipt = await tell(browser)
    numbers = (int(receipt[:2]) * 10**12 + n for n in range(10**6))
    wrong = next(r for n in numbers if (r := new_receipt(lambda _, n=n: n)) != receipt)  # type: ignore[misc]
    waits.clear()
    lengths = set()
    for _ in range(50):
        await come_back(browser, wrong)
        assert workers.NOBODYS in browser.text
        lengths.add(len(browser.html.encode()))
    waited = [wait for wait in waits if wait > workers.EVEN_SECONDS]
    assert waited == sorted(waited)
    assert max(waited) == 8
    waits.clear()
    await come_back(browser, receipt)
    assert WORDS in browser.text
    assert max(waits) == 8
    assert lengths == {len(browser.html.encode())}
    async with town.program.work.read() as session:
        counts = [row.count for row in await session.exec(select(Tally)) if row.what == "receipt"]
    assert counts == [50, 50]


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("", workers.NOT_ALL_DIGITS),
        ("1234 5678", workers.NOT_ALL_DIGITS),
        ("1111 1111 1111 1111", workers.MISTYPED),
    ],
)
async def test_a_mistyped_receipt_is_told_from_a_wrong_one_and_costs_nothing(
    browser: Browser, waits: list[float], town: Town, typed: str, notice: str
) -> None:
    await come_back(browser, typed)
    assert notice in browser.text
    looked_over = f'value="{typed}"' in browser.html
    assert looked_over == (notice == workers.MISTYPED), "what is to be looked over must be seen"
    async with town.program.work.read() as session:
        assert not (await session.exec(select(Tally))).all()
    assert waits == []


async def test_a_notice_to_a_worker_of_the_web_lies_on_the_page_and_is_delivered(
    browser: Browser, town: Town
) -> None:
    await tell(browser)
    await town.settle()
    an = await town.person("An")
    await an.click("📂 Mở xem")
    await an.click("Nhận xử lý")
    async with town.program.work.read() as session:
        rows = (await session.exec(select(OutboxMessage))).all()
    owed = [row for row in rows if row.reporter_id]
    assert owed
    assert {row.state for row in owed} == {"sent"}


async def test_named_only_by_what_is_typed_for_the_web_shows_no_name(
    browser: Browser, town: Town
) -> None:
    await to_the_name(browser)
    await browser.press("Nêu tên")
    assert "Telegram" not in browser.text
    await browser.press("Bỏ qua")
    await browser.press("Gửi Công đoàn")
    assert (await the_case(town)).anonymous


async def test_a_button_pressed_with_nothing_typed_says_so(browser: Browser) -> None:
    await browser.open(POSTER)
    await browser.press("Gửi ý kiến ngay")
    await browser.press("Đồng ý")
    await browser.press("Tiếp tục")
    assert "Chưa có nội dung nào. Mời anh/chị gõ vào ô" in browser.text
    await browser.press("Tiếp tục", WORDS)
    assert "Chưa có nội dung nào" not in browser.text


async def test_a_film_is_refused_and_nothing_of_it_stays(browser: Browser, town: Town) -> None:
    await browser.open(POSTER)
    await browser.press("Gửi ý kiến ngay")
    await browser.press("Đồng ý")
    film = b"\x1aE\xdf\xa3" + b"a film" * 20
    await browser.press("Tiếp tục", files=(photo(), ("a.webm", film, "video/webm")))
    assert "chưa nhận video" in browser.text
    folder = town.program.settings.database.files
    assert not [path for path in folder.rglob("*") if path.is_file()]


async def test_two_tabs_of_one_receipt_go_on_with_one_form(browser: Browser) -> None:
    receipt = await tell(browser)
    first, second = Browser(browser.client), Browser(browser.client)
    for tab in (first, second):
        await come_back(tab, receipt)
        await tab.press("Bổ sung")
    await first.press("Tiếp tục", "Từ tab thứ nhất")
    await second.press("Tiếp tục", "Từ tab thứ hai")
    assert "Từ tab thứ nhất" in second.text
    assert "Từ tab thứ hai" in second.text
    await second.press("Gửi")
    assert "Công đoàn đã nhận" in second.text
    await first.press("Gửi")
    assert "Đã gửi rồi" in first.text


def test_trying_a_receipt_takes_memory_and_time() -> None:
    """No bound above: a machine may be slow, but never this fast."""
    begun = time.perf_counter()
    assert len(receipts.derived("0000000000000097")) == 2 * receipts.MAILBOX_BYTES
    assert receipts.MEMORY_KIB >= 64 * 1024
    assert time.perf_counter() - begun > 0.02


def limited(monkeypatch: pytest.MonkeyPatch, town: Town, **limits: int) -> None:
    for name, most in limits.items():
        monkeypatch.setitem(vars(town.program.settings.concerns.limits), name, most)


@pytest.mark.parametrize("limit", ["web_site_an_hour", "web_an_hour"])
async def test_more_concerns_than_any_trouble_brings_are_held_up_and_nothing_is_lost(
    browser: Browser, town: Town, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, town, web_site_reserve_an_hour=1, **{limit: 1})
    second, third = Browser(browser.client), Browser(browser.client)
    await to_the_name(second)
    await tell(browser)
    await second.press("Không nêu tên")
    await second.press("Gửi Công đoàn")
    assert "rất nhiều người cùng gửi" in second.text
    assert WORDS in second.text  # the review is still there, to be sent later
    await the_case(town)
    await third.open(POSTER)  # nobody writes what could not be sent
    await third.press("Gửi ý kiến ngay")
    assert "quá nhiều lượt" in third.text
    town.clock.freeze(town.clock.now() + timedelta(minutes=20))  # within the pages' silence
    limited(monkeypatch, town, **{limit: 1000})
    await second.press("Gửi Công đoàn")
    assert "Công đoàn đã tiếp nhận" in second.text


async def test_more_beginnings_than_anybody_needs_make_no_drafts(
    browser: Browser, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, town, web_site_begun_an_hour=1)
    for _ in range(2):
        await browser.open(POSTER)
        await browser.press("Gửi ý kiến ngay")
    assert "quá nhiều lượt" in browser.text
    assert "quét mã" not in browser.text
    assert browser.page.links["Gửi qua Telegram"].endswith(POSTER.removeprefix("/m/"))
    async with town.program.work.read() as session:
        assert len((await session.exec(select(Draft))).all()) == 1


@pytest.mark.wide
async def test_who_floods_one_poster_or_the_page_without_one_silences_no_other_site(
    browser: Browser, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(
        monkeypatch,
        town,
        web_site_begun_an_hour=6,
        web_begun_an_hour=10,
        web_site_reserve_an_hour=2,
    )

    async def begun(path: str, times: int) -> int:
        count = 0
        for _ in range(times):
            await browser.open(path)
            await browser.press("Gửi ý kiến ngay")
            count += "Đồng ý" in browser.labels
        return count

    assert await begun(POSTER, 9) == 6  # its own share, and no more
    assert await begun("/m/cs-9-forged", 4) == 4  # invented posters share what has none
    assert await begun("/", 3) == 0
    assert "quét mã trên áp phích" in browser.text
    other = f"/m/{site_links.parameter(VAULT, SONG_LANH.id)}"
    assert await begun(other, 5) == 2


async def test_by_the_onion_address_a_worker_gets_the_same_and_is_never_led_out_of_it(
    client: httpx.AsyncClient, town: Town
) -> None:
    """No proxy is in front there, nor TLS: Tor hands over what it carries."""
    client.base_url = httpx.URL("http://abcdefghijklmnopqrstuvwxyz234567.onion")
    worker = Browser(client)
    receipt = await tell(worker, files=(photo(),))
    await come_back(worker, receipt)
    assert WORDS in worker.text
    led = [(await client.get("/gui")).headers["location"], *worker.page.links.values()]
    led.remove("about:blank")  # "Ra khỏi trang"
    assert {address[:1] for address in led} == {"/"}
    await the_case(town)


@pytest.mark.wide
@pytest.mark.skipif(not shutil.which("tor"), reason="tor is not installed")
async def test_tor_takes_what_the_operators_page_says(tmp_path: Path) -> None:
    words = (ROOT / "docs" / "operating.md").read_text()
    lines = re.findall(r"`(HiddenService(?:Dir|Port) [^`]+)`", words)
    assert [line.split()[0] for line in lines] == ["HiddenServiceDir", "HiddenServicePort"]
    torrc = tmp_path / "torrc"
    service = "\n".join(lines).replace("/var/lib/tor/", f"{tmp_path}/")
    torrc.write_text(f"{service}\nDataDirectory {tmp_path}/data\nSocksPort 0\n")
    tor = await asyncio.create_subprocess_exec(
        *("tor", "--verify-config", "-f", str(torrc)), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await tor.communicate()
    assert (tor.returncode, b"Configuration was valid" in said) == (0, True), said
