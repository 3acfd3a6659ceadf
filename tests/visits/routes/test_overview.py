"""From the home card down to the single report and its pictures, through the real program."""

from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from bot.channels.telegram.cards import MAX_TEXT
from storage.addresses import TELEGRAM
from storage.enums import VisitStatus
from storage.models import OutboxMessage, StoredFile, Visit, VisitReport
from tests.cast import FRIDAY_1630, KCN, NEXT_MONDAY
from tests.client import Person, Town
from tests.visits.routes.test_report import HONEST, begin, finish, visit_of


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


@pytest.fixture
async def giang(town: Town) -> Person:
    return await town.person("Giang")


async def report_with_everything(town: Town, an: Person) -> None:
    await begin(town, an)
    for label in ("Hôm nay", "Đối thoại", "20", "▫️ Lương", "Xong"):
        await an.click(label)
    await an.send("Chậm lương <tháng 10>")
    await an.click("Bỏ qua")
    await an.album(3, caption=HONEST)
    await an.voice()
    await an.click("👉 Nợ lương")
    await an.click("Như đã ghi")
    await an.click("Bổ sung")
    await an.click("Kiến nghị")
    await an.send("Đề nghị xây nhà trẻ & nhà ở")
    await an.click("Xong")
    await an.click("Tổng lao động")
    await an.send("2.300")
    await an.click("Xong")
    await an.click("Gửi báo cáo")
    await town.program.files.fetch_missing()


async def through(person: Person, *labels: str) -> str:
    for label in labels:
        await person.click(label)
    return person.card


async def open_the_report(giang: Person) -> str:
    await giang.send("/tongquan")
    return await through(giang, "Theo đơn vị", "CĐ các KCN", "Vấn đề nổi lên", "Lương", "1.")


async def test_the_home_card_says_the_week_in_one_line(town: Town, an: Person) -> None:
    await begin(town, an)
    await finish(an)
    dung = await town.person("Dũng")
    await dung.send("/start")
    assert "Tuần 47: 1/2 lượt đã báo cáo, 1 lượt chưa hẹn ngày." in dung.card
    await dung.click("Tổng quan tuần")
    assert "CĐ các KCN tỉnh" in dung.card


async def test_the_first_card_is_short_with_exceptions_first(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    await giang.send("/tongquan")
    lines = [line for line in giang.card.split("\n") if line]
    assert lines[1] == "1/3 lượt đã báo cáo: 2 lượt chưa hẹn ngày."
    assert "lương, thu nhập (1 cơ sở)" in giang.card
    assert "Đã gặp 20 lượt người lao động, tiếp nhận 1 kiến nghị từ cơ sở." in giang.card
    assert len(lines) <= 8


async def test_the_way_down_ends_at_the_report_with_everything_in_it(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    card = await open_the_report(giang)
    for part in (
        "Nguyễn Thị An",
        "Đối thoại",
        HONEST,
        "Chậm lương <tháng 10>",
        "Đề nghị xây nhà trẻ & nhà ở",
        "Tổng số lao động: 2.300",
        "gặp 20 NLĐ",
    ):
        assert part in card


async def test_topics_are_read_in_the_order_of_the_checklist_one_apart_from_the_other(
    town: Town, an: Person, giang: Person
) -> None:
    await begin(town, an)
    for label in ("Hôm nay", "Đối thoại", "20", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.send(HONEST)
    await an.click("Gửi báo cáo")
    began = "việc làm; lương, thu nhập; BHXH, BHYT, BHTN; ATVSLĐ, môi trường; đối thoại"
    await an.forge(f"report:show:{(await visit_of(town)).id}")
    assert began in an.card
    await giang.send("/tongquan")
    assert began in await through(giang, "Đã gặp", "1.")


@pytest.mark.wide
async def test_pictures_and_voice_are_shown_and_the_way_back_is_below_them(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    await open_the_report(giang)
    await giang.click("Ảnh, tệp (4)")
    kinds = [m["media"]["kind"] for m in giang.messages if m["from"] == "bot" and m["media"]]
    assert kinds == ["photo", "photo", "photo", "voice"]
    assert HONEST in await through(giang, "Quay lại báo cáo")


@pytest.mark.wide
async def test_where_telegram_refuses_an_id_the_stored_copy_is_sent(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    async with town.program.work.write() as session:
        broken = update(StoredFile).where(col(StoredFile.id) > 0)
        await session.exec(broken.values(channel=TELEGRAM, reference="of-another-bot"))
        first = update(StoredFile).where(col(StoredFile.id) == 1)
        later = town.clock.now() + timedelta(days=1)
        await session.exec(first.values(sha256=None, retry_at=later))
    await open_the_report(giang)
    await giang.click("Ảnh, tệp (4)")
    kinds = [m["media"]["kind"] for m in giang.messages if m["from"] == "bot" and m["media"]]
    assert kinds == ["photo", "photo", "voice"]
    assert any("1 tệp chưa mở được" in card for card in giang.cards)


@pytest.mark.wide
async def test_every_level_leads_back_to_where_one_came_from(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    await open_the_report(giang)
    back = "« Quay lại"
    assert "Vấn đề: lương" in await through(giang, back)
    assert "Vấn đề nổi lên" in await through(giang, back)
    assert "📊 Tuần 47 (16–22/11) · CĐ các KCN tỉnh" in await through(giang, back)
    assert "Theo đơn vị" in await through(giang, back)
    assert "📊 Tuần 47 (16–22/11) · LĐLĐ tỉnh" in await through(giang, back)
    assert "Theo cán bộ" in await through(giang, "Theo cán bộ")
    assert "Đồng chí Nguyễn Thị An" in await through(giang, "Nguyễn Thị An")
    assert "Theo cán bộ" in await through(giang, back)
    assert "Chưa báo cáo" in await through(giang, back, "Chưa báo cáo (2)")
    assert "cơ sở đã có cán bộ đến" in await through(giang, back, "Cơ sở đã đến")
    assert "Tuần 46" in await through(giang, back, "‹ Tuần 46")
    assert "Tuần 47" in await through(giang, "Tuần 47 ›")


async def test_both_versions_of_a_corrected_report_can_be_read(
    town: Town, an: Person, giang: Person
) -> None:
    await begin(town, an)
    await finish(an)
    for label in ("Sửa báo cáo", "Sửa", "✓ Số NLĐ đã gặp"):
        await an.click(label)
    await an.send("37")
    await an.click("Gửi báo cáo")
    await giang.forge(f"ov:v:{(await visit_of(town)).id}:0:0:all:20261116:0:0")
    assert "gặp 37 NLĐ" in giang.card
    assert "bản 2" in giang.card
    assert "gặp 10 NLĐ" in await through(giang, "Bản 1")
    assert "(bản cũ)" in giang.card


async def test_a_very_long_report_loses_nothing(town: Town, an: Person, giang: Person) -> None:
    await begin(town, an)
    await finish(an)
    words = " ".join(f"<{n}>" for n in range(2000))
    async with town.program.work.write() as session:
        await session.exec(
            update(VisitReport).where(col(VisitReport.id) > 0).values(situation=words)
        )
        visit = (await session.exec(select(Visit).where(Visit.status == "reported"))).one()
    await giang.forge(f"ov:v:{visit.id}:0:0:all:20261116:0:0")
    seen = giang.card
    while "Tiếp ›" in giang.buttons:
        await giang.click("Tiếp ›")
        assert len(giang.card) < MAX_TEXT
        seen += giang.card
    assert all(f"<{n}>" in seen for n in range(2000))


async def test_friday_afternoon_the_digest_comes_with_its_buttons(
    town: Town, an: Person, giang: Person
) -> None:
    await begin(town, an)
    await finish(an)
    await town.move_to(FRIDAY_1630)
    assert "1/3 lượt đã báo cáo" in giang.card
    await town.move_to(NEXT_MONDAY)
    await giang.click("Chưa báo cáo (2)")
    assert "Chưa báo cáo · tuần 47" in giang.card  # the week it was about


@pytest.mark.wide
async def test_a_digest_missed_in_downtime_comes_when_the_program_is_back(town: Town) -> None:
    giang = await town.person("Giang")
    async with town.stopped():
        town.clock.set(NEXT_MONDAY)
    await town.move_to(NEXT_MONDAY)
    async with town.program.work.read() as session:
        keys = (await session.exec(select(OutboxMessage.dedupe_key))).all()
    assert [key for key in keys if key.startswith("digest:") and key.endswith(":5")] == [
        "digest:2026-W47:5"
    ]
    assert any("Tuần 47" in card for card in giang.cards)


async def test_an_officers_forged_button_shows_nothing(town: Town) -> None:
    an = await town.person("An")
    before = an.cards
    forged = ("ov:w:20261116:0", "ov:l:all:20261116:0:0", "ov:s:20261116:2:0", "ov:c:20261116:1:0",
              "ov:t:20261116:0", "ov:u:20261116:1:0", "ov:v:3:0:0:all:20261116:0:0",
              "ov:f:3:0:all:20261116:0:0")  # fmt: skip
    for number, data in enumerate(forged, 1):
        await an.forge(data)
        assert an.cards == before, data
        assert len(an.toasts) == number, data


@pytest.mark.parametrize(
    "data", ["ov:w:20269916:0", "ov:l:t.x:20261116:0:0", "ov:v:999:0:0:all:20261116:0:0"]
)
async def test_a_button_about_nothing_is_answered(town: Town, giang: Person, data: str) -> None:
    await giang.forge(data)
    assert giang.toasts == ["Không tìm thấy nội dung này. Đề nghị bấm /start để xem lại."]


async def test_a_worker_gets_no_overview(town: Town) -> None:
    lan = await town.person("Lan")
    await lan.send("/tongquan")
    assert "lượt đã báo cáo" not in lan.card
    async with town.program.work.read() as session:
        planned = (await session.exec(select(Visit))).all()
    assert {visit.status for visit in planned} == {VisitStatus.PLANNED}


@pytest.mark.wide
async def test_from_the_week_to_its_month_its_quarter_and_down_to_a_week_again(
    town: Town, an: Person, giang: Person
) -> None:
    await begin(town, an)
    await finish(an)
    await giang.send("/tongquan")
    month = await through(giang, "Tháng, quý, năm")
    assert "Tháng 11/2026" in month
    assert "Đến hết tuần này, 3 tuần." in month
    quarter = await through(giang, "Quý")
    assert "Quý IV/2026" in quarter
    assert "Theo đơn vị · quý IV/2026" in await through(giang, "Theo đơn vị")
    assert "Quý IV/2026 · CĐ các KCN tỉnh" in await through(giang, "CĐ các KCN")
    await through(giang, "Tháng 11: ", "Tuần 47: ")
    assert "Tuần 47" in giang.card
    assert "CĐ các KCN tỉnh" in giang.card


@pytest.mark.wide
async def test_each_number_of_a_month_opens_what_it_counts(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    await giang.send("/tongquan")
    month = await through(giang, "Tháng, quý, năm")
    for label in ("🕓 Chưa báo cáo (", "👷 Đã gặp (", "💬 Kiến nghị ("):
        (door,) = (button for button in giang.buttons if button.startswith(label))
        listed = await through(giang, door)
        assert "· tháng 11/2026" in listed
        assert "tuần 47: " in listed
        visit = await through(giang, next(b for b in giang.buttons if b.startswith("1. ")))
        page = await through(giang, "📍 Trang cơ sở")
        assert page != visit
        assert await through(giang, "« Quay lại") == visit
        assert await through(giang, "« Quay lại") == listed
        await through(giang, "📍 1")
        assert await through(giang, "« Quay lại") == listed
        assert await through(giang, "« Quay lại") == month
    assert "Tỷ lệ cơ sở đã có cán bộ đến" in await through(giang, "📍 Cơ sở đã đến")


async def test_how_far_visits_reach_is_counted_until_today_in_a_week_to_come(
    town: Town, giang: Person
) -> None:
    await giang.send("/tongquan")
    assert "📍 12 tuần qua đã đến" in giang.card
    await through(giang, "Tuần 48 ›")
    assert "📍 12 tuần tính đến tuần 47 (16–22/11) đã đến" in giang.card
    assert "· đến tuần 47 (16–22/11)" in await through(giang, "📍 Cơ sở đã đến")
    assert "Tuần 48" in await through(giang, "« Quay lại")


async def test_a_list_of_a_month_is_only_for_who_watches_over_the_unit(
    town: Town, an: Person
) -> None:
    await report_with_everything(town, an)
    for name in ("An", "Cúc", "Mai", "Lan"):
        other = await town.person(name)
        await other.forge("ov:zl:met:m202611:2:0")
        assert "tháng 11/2026" not in other.card, name
    dung = await town.person("Dũng")
    await dung.forge("ov:zl:met:m202611:3:0")  # not his unit
    assert "tháng 11/2026" not in dung.card
    await dung.forge("ov:zl:swap:m202611:0:0")  # no figure of a period
    assert "tháng 11/2026" not in dung.card


async def test_a_unit_on_the_way_down_tells_nobody_more_than_their_own_lists(
    town: Town, an: Person
) -> None:
    """The administrator, who gets no alert, had them counted there and nowhere else."""
    await report_with_everything(town, an)
    below = f"ov:w:20261116:{KCN.id}"
    for name, count in (("Giang", 1), ("Hà", 0)):
        leader = await town.person(name)
        await leader.forge(below)
        assert KCN.name in leader.card
        assert leader.card.count("cảnh báo chưa kết thúc") == count, name
