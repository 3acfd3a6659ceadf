"""Targets are shared out, followed and declared, by hand in the sandbox."""

from datetime import date

import pytest
from sqlmodel import select

from bot.config.settings import Settings
from storage.enums import CountSource, UnitKind
from storage.models import Unit, UnitCount, UnitTarget
from tests.cast import AN, FRIDAY_1500, HON_SAO, KCN, LONG_HOA, MONDAY, SEN_VANG, TINH, VI_NA_SUN
from tests.client import Person, Town
from tests.recruitment.routes.test_pipeline import found, to_the_congress
from tests.summaries.routes.test_ratings import watches_over
from tests.summaries.services.count_help import went


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """CTr 1306 is carried on, so that its targets are asked for now."""
    prolonged = {"ctr-1306": date(2030, 12, 31)}
    plans = settings.programmes.model_copy(update={"prolonged": prolonged})
    return settings.model_copy(update={"programmes": plans})


async def gains(town: Town, site: int, members: int, day: date = date(2026, 10, 1)) -> None:
    """A site's figures rise, its committee says so."""
    async with town.program.work.write() as session:
        session.add(
            UnitCount(
                unit_id=site,
                day=day,
                workers=1850,
                women=0,
                members=1790,
                gained=members,
                source=CountSource.COMMITTEE,
                at=MONDAY,
            )
        )


async def visited(town: Town) -> None:
    """An went to Sen Vàng in one week of the year."""
    await went(town.program.work, SEN_VANG, date(2026, 11, 4), by=AN)


async def open_members(person: Person) -> None:
    await person.send("/chitieu")
    await person.click("🎯 Phát triển đoàn viên")
    await person.click("1")


async def share_out(giang: Person, total: str = "1.000") -> None:
    await open_members(giang)
    await giang.click("➗ Chia cho các đơn vị")
    await giang.send(total)


@pytest.mark.wide
async def test_the_province_shares_a_number_out_and_every_unit_is_told(town: Town) -> None:
    giang, dung, ha = [await town.person(name) for name in ("Giang", "Dũng", "Hà")]
    await share_out(giang)
    assert "theo số lao động chưa vào công đoàn" in giang.card
    assert "nhiều hơn khả năng" not in giang.card
    assert f"{KCN.name}: 840 (trong 1.091)" in giang.card
    assert f"{LONG_HOA.name}: 79 (trong 102)" in giang.card
    changed = f"⚠️ Giao thì chỉ tiêu năm 2026 của {TINH.name} cũng đổi từ 5.746 thành 1.000."
    assert changed in giang.card
    assert f"{HON_SAO.name}: 81 (trong 105)" in giang.card
    async with town.program.work.read() as session:
        assert (await session.exec(select(UnitTarget))).all() == [], "nothing is set by looking"
    await giang.click("✅ Giao 3 đơn vị")
    assert "Đã giao chỉ tiêu" in giang.card
    await town.settle()
    assert "Giao chỉ tiêu năm 2026" in dung.card
    assert "840 đoàn viên" in dung.card
    assert "Võ Trường Giang" in dung.card

    await share_out(ha)
    assert f"bằng chỉ tiêu năm 2026 của {TINH.name}" in ha.card
    assert "đổi từ" not in ha.card

    await open_members(ha)
    await ha.click("🏢 Các đơn vị (3)")
    await ha.click("1")
    await ha.click("✏️ Đặt số khác")
    await ha.send("900")
    await ha.click("✅ Đặt số này")
    assert "900 đoàn viên: đồng chí Đặng Thu Hà" in ha.card
    assert "chia từ số của cấp trên" in ha.card, "who set it before is kept"
    await open_members(ha)
    assert "tổng số đã chia cho các đơn vị" in ha.card
    assert "số của cấp trên" not in ha.card, "nobody is above the province"


@pytest.mark.wide
async def test_a_unit_sees_what_it_has_what_is_due_and_who_lags(town: Town) -> None:
    giang, dung = await town.person("Giang"), await town.person("Dũng")
    await share_out(giang)
    await giang.click("✅ Giao 3 đơn vị")
    await gains(town, SEN_VANG.id, 45)
    await open_members(dung)
    assert "🔴 Đã đạt 45/840 đoàn viên (5,4%), chậm 691" in dung.card
    assert "Làm đều thì đến 16/11/2026 cần 736 đoàn viên" in dung.card
    assert "Giữ nhịp này, đến 31/12/2026 được khoảng 51 đoàn viên" in dung.card
    assert "từ 01/01/2026 đến 16/11/2026" in dung.card
    await dung.send("/kehoach")
    await dung.click("📘 Phát triển đoàn viên")
    assert f"thực hiện của {KCN.name} đến 16/11/2026" in dung.card
    assert "→ 🔴 45/840 đoàn viên (5,4%), chậm 691" in dung.card
    await open_members(giang)
    await giang.click("🏢 Các đơn vị (3)")
    lines = [line for line in giang.card.splitlines() if line[:2] in ("1.", "2.", "3.")]
    assert KCN.name in lines[0]
    assert "chậm 691" in lines[0]
    assert all("chưa có số liệu" in line for line in lines[1:]), "no data is not 0 %"


async def test_weeks_and_enterprises_are_counted_and_said_with_their_numbers(town: Town) -> None:
    giang, dung = await town.person("Giang"), await town.person("Dũng")
    await visited(town)
    await dung.send("/chitieu")
    await dung.click("🎯 Sát cơ sở")
    assert "Đã đạt 1/" in dung.card
    assert " tuần (" in dung.card
    assert "tuần nào cũng có lượt đi cơ sở" in dung.card
    await dung.click("1")
    assert "từ khi đơn vị có trong danh sách" in dung.card, "not all of the year is asked for"
    await dung.click("« Các chỉ tiêu")
    await dung.click("Năm 2025")
    assert "Chưa qua tuần làm việc nào" in dung.card
    assert "Đã đạt chưa" not in dung.card
    await dung.click("Năm 2026")
    await dung.click("Năm 2027")
    await dung.click("1")
    assert "từ 01/01/2027." in dung.card, "a year to come has no end before its beginning"
    await dung.click("« Các chỉ tiêu")
    await giang.send("/chitieu")
    await giang.click("🎯 Phát triển đoàn viên")
    none = "0/1 DN từ 25 lao động chưa có công đoàn đầu kỳ (0%)"
    assert none in giang.card, "Vi Na Sun has no union yet"
    async with town.program.work.write() as session:
        unit = await session.get_one(Unit, VI_NA_SUN.id)
        unit.kind, unit.union_since = UnitKind.SITE_UNION, date(2026, 11, 2)
    await giang.click("🎯 Chỉ tiêu")
    await giang.click("🎯 Phát triển đoàn viên")
    assert "1/1 DN từ 25 lao động chưa có công đoàn đầu kỳ (100%)" in giang.card


async def declare(dung: Person, total: str, value: str) -> None:
    await dung.send("/chitieu")
    await dung.click("🎯 CTr 1306")
    await dung.click("1")
    await dung.click("✍️ Khai kết quả")
    await dung.send(total)
    await dung.send(value)
    await dung.send("Đã phát động ở các CĐCS, kế hoạch 15/KH-CĐ")
    await dung.document("anh-phat-dong.pdf", b"%PDF-1.4 pictures")
    await dung.click("✅ Gửi")


async def test_a_declared_result_counts_once_the_level_above_accepts_it(town: Town) -> None:
    giang, dung = await town.person("Giang"), await town.person("Dũng")
    await declare(dung, "5", "4")
    assert "chờ cấp trên xem xét" in dung.card
    assert "Chưa có số liệu" in dung.card
    await town.settle()
    assert f"{KCN.name} khai kết quả" in giang.card
    assert "4/5 công đoàn cấp trên và CĐCS (80%)" in giang.card
    await giang.click("📂 Xem và quyết định")
    await giang.click("📎 Tệp kèm (1)")
    assert any("anh-phat-dong" in str(message) for message in giang.messages)
    await giang.click("↩️ Trả lại")
    await giang.send("Thiếu danh sách CĐCS")
    await giang.click("↩️ Trả lại")
    await town.settle()
    assert "được trả lại" in dung.card
    assert "Thiếu danh sách CĐCS" in dung.card

    await declare(dung, "5", "5")
    await town.settle()
    await giang.click("📂 Xem và quyết định")
    await giang.click("✅ Chấp nhận")
    assert "Từ đó kết quả được tính vào chỉ tiêu" in giang.card
    await giang.click("✅ Chấp nhận")
    assert "Đã đạt 5/5 công đoàn cấp trên và CĐCS (100%), hoàn thành chỉ tiêu" in giang.card
    await giang.send("/chitieu")
    await giang.click("🎯 CTr 1306")
    await giang.click("1")
    assert "cộng số khai đã được chấp nhận của 1/3 đơn vị" in giang.card
    await town.settle()
    assert "đã được chấp nhận" in dung.card


async def test_nobody_declares_more_than_all_or_decides_their_own(town: Town) -> None:
    giang, dung, an = [await town.person(name) for name in ("Giang", "Dũng", "An")]
    await declare(dung, "5", "6")
    assert any("không thể nhiều hơn tổng số" in toast for toast in dung.toasts)
    await dung.forge("tgt:ok:1:sure")
    await dung.forge(f"tgt:one:doan-vien:0:{LONG_HOA.id}:2026")
    assert LONG_HOA.name not in dung.card
    await dung.forge(f"tgt:set:doan-vien:0:{KCN.id}:2026")
    await an.forge(f"tgt:tell:ctr-1306:0:{KCN.id}:2026")
    assert any("chưa được giao quyền" in toast for toast in an.toasts)
    await giang.forge(f"tgt:tell:ctr-1306:0:{TINH.id}:2026")
    async with town.program.work.read() as session:
        assert (await session.exec(select(UnitTarget))).all() == []


async def test_a_preview_that_is_no_longer_true_sets_nothing(town: Town) -> None:
    giang = await town.person("Giang")
    await share_out(giang)
    async with town.program.work.write() as session:
        (await session.get_one(Unit, SEN_VANG.id)).workers = 10
    await giang.click("✅ Giao 3 đơn vị")
    assert any("số chia cũng khác" in toast for toast in giang.toasts)
    async with town.program.work.read() as session:
        assert (await session.exec(select(UnitTarget))).all() == []


async def test_a_committee_sees_its_own_number_and_its_leader_shares_out_among_unions(
    town: Town,
) -> None:
    dung, mai = await town.person("Dũng"), await town.person("Mai")
    await share_out(dung, "100")
    assert SEN_VANG.name in dung.card
    assert VI_NA_SUN.name not in dung.card, "an enterprise has nobody to ask"
    await dung.click("✅ Giao 4 đơn vị")
    await gains(town, SEN_VANG.id, 45)
    await town.settle()
    assert "Giao chỉ tiêu năm 2026" in mai.card
    await open_members(mai)
    assert "Đã đạt 45/11 đoàn viên" in mai.card
    assert "(409,1%), hoàn thành chỉ tiêu" in mai.card
    assert "Giữ nhịp này" not in mai.card, "what is reached is not forecast"


async def test_what_was_shared_out_leaves_no_form_open(town: Town) -> None:
    giang = await town.person("Giang")
    await share_out(giang)
    await giang.click("✅ Giao")
    await giang.send("sen vang")
    assert SEN_VANG.name in giang.card, "a name that is typed is looked for again"


@pytest.mark.wide
async def test_members_won_are_drawn_beside_the_straight_line(town: Town) -> None:
    giang = await town.person("Giang")
    await gains(town, SEN_VANG.id, 60)
    await share_out(giang)
    await giang.click("✅ Giao")
    await giang.send("/chitieu")
    await giang.click("🎯 Phát triển đoàn viên")
    await giang.click("1")
    await giang.click("🖼 Biểu đồ")
    photo = next(m for m in reversed(giang.messages) if m["media"])
    assert photo["media"]["kind"] == "photo"
    assert f"{TINH.name}, năm 2026:" in photo["text"]
    assert "Đã đạt 60/1.000 đoàn viên (6%)" in photo["text"]
    assert "Làm đều thì đến" in photo["text"]
    assert giang.card.startswith("🎯")  # the target again, below its picture


async def test_a_target_without_a_course_has_no_picture(town: Town) -> None:
    giang = await town.person("Giang")
    await giang.send("/chitieu")
    await giang.click("🎯 Phát triển đoàn viên")
    await giang.click("2")
    assert "🖼 Biểu đồ" not in giang.buttons


async def test_who_watches_over_a_cluster_reads_where_its_other_units_stand(town: Town) -> None:
    khoa = await town.person("Khoa")
    await watches_over(town, LONG_HOA, HON_SAO)
    await khoa.send("/chitieu")
    assert {name for name in (LONG_HOA.name, HON_SAO.name) if name not in khoa.card} == set()
    assert "Đồng chí còn theo dõi CĐ " in khoa.card
    await khoa.click("🎯 Sát cơ sở")
    await khoa.click("1")
    await khoa.click("🏢 Các đơn vị")
    assert "Các đơn vị đồng chí theo dõi, năm" in khoa.card
    assert HON_SAO.name in khoa.card
    dung = await town.person("Dũng")
    await dung.send("/chitieu")
    assert "còn theo dõi" not in dung.card


async def test_what_nobody_knows_is_not_drawn_as_nought(town: Town) -> None:
    giang = await town.person("Giang")
    await giang.send("/chitieu")
    await giang.click("🎯 Phát triển đoàn viên")
    await giang.click("1")
    assert "Chưa có số liệu" in giang.card
    assert "🖼 Biểu đồ" not in giang.buttons


@pytest.mark.wide
async def test_an_enterprise_led_to_its_union_is_seen_in_the_targets_and_on_the_map(
    town: Town,
) -> None:
    dung = await town.person("Dũng")
    town.clock.set(FRIDAY_1500)
    await dung.send("/chitieu")
    await dung.click("🎯 Phát triển đoàn viên")
    before = dung.card
    async with town.program.work.write() as session:
        site = await session.get_one(Unit, VI_NA_SUN.id)
        site.latitude, site.longitude = 10.4, 105.4
    await to_the_congress(town, dung)
    await found(dung)
    await dung.send("/chitieu")
    await dung.click("🎯 Phát triển đoàn viên")
    assert dung.card != before
    assert "Đã đạt 1/1 DN từ 25 lao động" in dung.card
    await dung.click("1")
    assert "Đã đạt 45" in dung.card
    await dung.send("/tongquan")
    await dung.click("🖼 Biểu đồ")
    await dung.click("🗺")
    photo = next(m for m in reversed(dung.messages) if m["media"])
    assert "trong 5 cơ sở" in photo["text"]
    assert "4 cơ sở chưa rõ vị trí" in photo["text"], "it is the one that is drawn"


async def test_a_unit_whose_workers_are_all_members_is_given_none_to_win(town: Town) -> None:
    dung = await town.person("Dũng")
    async with town.program.work.write() as session:
        (await session.get_one(Unit, SEN_VANG.id)).members = SEN_VANG.workers
    await share_out(dung, "100")
    assert f"{SEN_VANG.name}: 0 (trong 0)" in dung.card


async def test_what_a_unit_won_this_year_stays_in_its_share(town: Town) -> None:
    """Who has won theirs already is not asked for less than who has not begun."""
    dung = await town.person("Dũng")
    await gains(town, SEN_VANG.id, 45)
    await share_out(dung, "100")
    assert f"(trong {SEN_VANG.workers - SEN_VANG.members + 45})" in dung.card


async def test_more_than_there_are_to_win_is_said_before_and_after_it_is_given(town: Town) -> None:
    dung = await town.person("Dũng")
    await share_out(dung, "600")
    assert "⚠️ Số cần chia nhiều hơn khả năng: cả 4 đơn vị chỉ có 551" in dung.card
    assert f"⚠️ {SEN_VANG.name}: 65 (chỉ có 60)" in dung.card
    await dung.click("✅ Giao 4 đơn vị")
    await dung.click("1")
    assert "Số giao nhiều hơn khả năng của đơn vị" in dung.card
