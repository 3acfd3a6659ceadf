"""An enterprise from the survey to its union, as the people of the town do it."""

from datetime import timedelta

from sqlmodel import select

from storage.enums import RecruitmentState, RecruitmentStep, UnitKind
from storage.models import EnterpriseSurvey, Recruitment, Unit, UnitCount
from tests.cast import FRIDAY_1500, VI_NA_SUN
from tests.client import Person, Town
from tests.workbooks import files_of, rows_of, workbook

SITE = VI_NA_SUN.id


async def skip(person: Person, times: int) -> None:
    for _ in range(times):
        await person.click("Bỏ qua")


async def open_page(person: Person) -> None:
    await person.send("/phattrien")
    await person.forge(f"rec:site:{SITE}")


async def to_step(person: Person, label: str, *answers: str) -> None:
    """Today, then the answers; "" leaves a question open."""
    await person.click(label)
    await person.click("Hôm nay")
    for answer in answers:
        await (person.send(answer) if answer else person.click("Bỏ qua"))
    await person.click("✅ Ghi bước")


async def stored(town: Town) -> Recruitment:
    async with town.program.work.read() as session:
        return (await session.exec(select(Recruitment))).one()


async def site(town: Town) -> Unit:
    async with town.program.work.read() as session:
        return await session.get_one(Unit, SITE)


async def to_the_congress(town: Town, person: Person) -> None:
    await open_page(person)
    await person.click("🌱 Bắt đầu vận động")
    await person.click("🌱 Bắt đầu, tôi phụ trách")
    await to_step(person, "➡️ Sang bước: Tiếp cận chủ DN", "")
    await to_step(person, "➡️ Sang bước: Ban vận động", "120", "30", "")
    await to_step(person, "➡️ Sang bước: Đủ điều kiện", "", "45", "")
    await to_step(person, "➡️ Sang bước: Đại hội", "", "45", "BCH 5 đồng chí")


async def found(person: Person, members: str = "45") -> None:
    await person.click("🏛 Ghi nhận thành lập CĐCS")
    assert "Bước 1/4" in person.card
    await person.click("540")  # the day of the congress was noted with its step
    assert "Bước 2/4" in person.card
    await person.send(members)
    await person.send("15/QĐ-CĐ")
    await person.click("Hôm nay")
    await person.click("🏛 Ghi nhận")


async def test_an_enterprise_goes_from_the_survey_to_its_union_and_everybody_concerned_sees_it(
    town: Town,
) -> None:
    an, dung, ha = [await town.person(name) for name in ("An", "Dũng", "Hà")]
    await an.send("/phattrien")
    assert "từ 25 lao động chưa có công đoàn: 1" in an.card
    await an.click("⚪ Chưa bắt đầu (1)")
    assert VI_NA_SUN.name in an.card
    await an.click("1")
    assert "chưa ai bắt đầu vận động" in an.card
    await an.click("🌱 Bắt đầu vận động")
    await an.click("🌱 Bắt đầu, tôi phụ trách")
    assert "Bước 1/6: Khảo sát" in an.card
    assert "Phụ trách: đồng chí Nguyễn Thị An" in an.card
    await an.forge(f"site:open:{SITE}")
    assert "khảo sát (đồng chí Nguyễn Thị An phụ trách vận động)" in an.card
    await open_page(an)

    await an.click("🖨 Phiếu khảo sát")
    assert any("phieu-khao-sat" in str(message) for message in an.messages)
    await an.click("📝 Ghi kết quả khảo sát")
    await an.click("Hôm nay")
    await an.click("Có vốn đầu tư nước ngoài")
    await an.send("Ông Kim <b>, giám đốc")
    for number in ("560", "310", "500", "120", "6"):
        await an.send(number)
    await an.click("Còn cân nhắc")
    await an.click("Chưa có")
    await an.click("Bỏ qua")
    await an.click("✅ Ghi kết quả")
    assert "Ông Kim <b>, giám đốc" in an.card
    assert "Lao động muốn tham gia công đoàn: 120" in an.card
    assert "Muốn tham gia công đoàn: 120 người" in an.card

    await to_step(an, "➡️ Sang bước: Tiếp cận chủ DN", "Giám đốc đồng ý gặp lại tháng sau")
    assert "✅ Đã ghi bước tiếp cận chủ doanh nghiệp." in an.card
    await to_step(an, "➡️ Sang bước: Ban vận động", "150", "12", "6 người ở 3 xưởng")
    assert "Đơn đã thu: 12" in an.card
    await an.click("✍️ Ghi tiến độ")
    await an.send("Đã phát tờ rơi ở cổng")
    await skip(an, 1)
    await an.send("40")
    await an.send("30/11")
    await an.click("✅ Ghi tiến độ")
    assert "Dự kiến đại hội: 30/11/2026" in an.card
    await to_step(an, "➡️ Sang bước: Đủ điều kiện", "", "45", "")
    assert not any("thành lập" in label for label in an.buttons), "the leader decides"
    await to_step(an, "➡️ Sang bước: Đại hội", "", "45", "BCH 5 đồng chí")
    await town.settle()
    assert "đã tổ chức đại hội" in dung.card

    await found(dung)
    assert "Đã là CĐCS, thành lập ngày" in dung.card
    assert "Quyết định số 15/QĐ-CĐ" in dung.card
    unit = await site(town)
    assert (unit.kind, unit.members, unit.workers) == (UnitKind.SITE_UNION, 45, 540)
    await town.settle()
    assert "Thành lập CĐCS" in an.card
    assert "mời BCH CĐCS" in ha.card
    await ha.click("✉️ Mời BCH CĐCS")
    assert "BCH CĐCS" in ha.card
    assert VI_NA_SUN.name in ha.card

    await dung.send("/phattrien")
    assert "Thành lập CĐCS năm 2026: 1" in dung.card
    assert "Đoàn viên mới năm 2026: 45" in dung.card
    await dung.forge(f"site:open:{SITE}")
    assert "Thành lập CĐCS ngày" in dung.card
    assert "quyết định số 15/QĐ-CĐ" in dung.card
    assert not any("Phát triển đoàn viên" in label for label in dung.buttons)
    await dung.forge(f"rec:site:{SITE}")
    for words in ("bắt đầu", "khảo sát", "sang bước ban vận động", "6 người ở 3 xưởng"):
        assert words in dung.card, "its history stays"


async def test_the_survey_is_kept_and_its_workers_wait_for_the_leader_to_decide(
    town: Town,
) -> None:
    an, dung = await town.person("An"), await town.person("Dũng")
    await open_page(an)
    await an.click("📝 Ghi kết quả khảo sát")
    await an.click("Hôm nay")
    await skip(an, 2)
    await an.send("560")
    await an.send("600")
    await skip(an, 6)
    await an.click("✅ Ghi kết quả")
    assert any("nhiều hơn số lao động" in toast for toast in an.toasts) or "nhiều hơn" in an.card
    async with town.program.work.read() as session:
        assert (await session.exec(select(EnterpriseSurvey))).all() == []
    await an.click("✏️ Sửa")
    await an.click("Lao động nữ")
    await an.send("300")
    await an.click("✅ Ghi kết quả")
    async with town.program.work.read() as session:
        (survey,) = (await session.exec(select(EnterpriseSurvey))).all()
    assert survey.answers == {"workers": 560, "women": 300}
    assert (await site(town)).workers == 540
    await dung.send("/dexuat")
    assert VI_NA_SUN.name in dung.card
    assert "560" in dung.card


async def test_a_step_back_and_a_stop_need_a_reason_and_it_goes_on_where_it_was(
    town: Town,
) -> None:
    an = await town.person("An")
    await open_page(an)
    await an.click("🌱 Bắt đầu vận động")
    await an.click("🌱 Bắt đầu, tôi phụ trách")
    await to_step(an, "➡️ Sang bước: Tiếp cận chủ DN", "")
    await an.click("🔀 Bước khác")
    await an.click("↩️ Lùi về: Khảo sát")
    await an.click("Hôm nay")
    assert not any("Bỏ qua" in label for label in an.buttons)
    await an.send("Đổi chủ, phải khảo sát lại")
    await an.click("✅ Ghi bước")
    assert "lùi về bước khảo sát: Đổi chủ, phải khảo sát lại" in an.card
    await an.click("⏸ Tạm dừng")
    await an.send("Doanh nghiệp ngừng sản xuất")
    await an.click("⏸ Tạm dừng")
    assert "⏸ Tạm dừng: Doanh nghiệp ngừng sản xuất" in an.card
    assert (await stored(town)).state is RecruitmentState.STOPPED
    await an.click("« Phát triển đoàn viên")
    await an.click("⏸ Tạm dừng (1)")
    assert "Doanh nghiệp ngừng sản xuất" in an.card
    await an.click("1")
    await an.click("▶️ Tiếp tục vận động")
    row = await stored(town)
    assert (row.state, row.step) == (RecruitmentState.OPEN, RecruitmentStep.SURVEY)


async def test_without_five_applications_the_conditions_are_not_met(town: Town) -> None:
    an = await town.person("An")
    await open_page(an)
    await an.click("🌱 Bắt đầu vận động")
    await an.click("🌱 Bắt đầu, tôi phụ trách")
    await an.click("🔀 Bước khác")
    await an.click("➡️ Sang: Đủ điều kiện")
    await an.click("Hôm nay")
    await skip(an, 1)
    await an.send("4")
    await skip(an, 1)
    await an.click("✅ Ghi bước")
    assert "ít nhất 5" in an.card or any("ít nhất 5" in toast for toast in an.toasts)
    assert (await stored(town)).step is RecruitmentStep.SURVEY


async def test_two_who_move_at_once_do_not_skip_a_step(town: Town) -> None:
    an, dung = await town.person("An"), await town.person("Dũng")
    await open_page(an)
    await an.click("🌱 Bắt đầu vận động")
    await an.click("🌱 Bắt đầu, tôi phụ trách")
    await an.click("➡️ Sang bước: Tiếp cận chủ DN")
    await an.click("Hôm nay")
    await skip(an, 1)
    await open_page(dung)
    await to_step(dung, "➡️ Sang bước: Tiếp cận chủ DN", "")
    await an.click("✅ Ghi bước")
    assert any("vừa sang bước khác" in said for said in (*an.toasts, *an.cards))
    row = await stored(town)
    assert row.step is RecruitmentStep.OWNER


async def test_a_leader_gives_it_to_somebody_who_then_has_it_alone(town: Town) -> None:
    an, binh, dung = [await town.person(name) for name in ("An", "Bình", "Dũng")]
    await open_page(dung)
    await dung.click("👤 Giao người phụ trách")
    assert not any("Cúc" in label for label in dung.buttons), "she works in another unit"
    await dung.click("👤 Trần Văn Bình")
    assert "Phụ trách: đồng chí Trần Văn Bình" in dung.card
    await town.settle()
    assert "giao đồng chí phụ trách" in binh.card
    await binh.click(f"🌱 {VI_NA_SUN.name}")
    assert any("Ghi tiến độ" in label for label in binh.buttons)
    await binh.send("/start")
    assert any(label == "🌱 Phát triển đoàn viên (1)" for label in binh.buttons)
    await open_page(dung)
    await dung.click("👤 Giao người phụ trách")
    await dung.click("👤 Nguyễn Thị An")
    await town.settle()
    assert "giao đồng chí Nguyễn Thị An phụ trách" in binh.card
    await dung.click("👤 Giao người phụ trách")
    await dung.click("👤 Trần Văn Bình")
    await open_page(an)
    assert "Bước 1/6" in an.card
    assert not any("Sang bước" in label or "Tạm dừng" in label for label in an.buttons)
    for data in (f"rec:news:{SITE}", f"rec:stop:{SITE}", f"rec:give:{SITE}", f"rec:found:{SITE}"):
        await an.forge(data)
    assert (await stored(town)).owner_id == 2


async def test_what_lies_too_long_is_reminded_of_and_stands_first(town: Town) -> None:
    an, dung = await town.person("An"), await town.person("Dũng")
    await open_page(an)
    await an.click("🌱 Bắt đầu vận động")
    await an.click("🌱 Bắt đầu, tôi phụ trách")
    begun = (await stored(town)).moved_at
    await town.skip_to(begun + timedelta(days=29))
    assert "ngày chưa ghi nhận chuyển biến" not in an.card
    await town.move_to(begun + timedelta(days=32))
    assert "ngày chưa ghi nhận chuyển biến" in an.card
    assert not any("chưa ghi nhận chuyển biến" in card for card in dung.cards)
    await dung.send("/start")
    assert any("quá lâu 1" in label for label in dung.buttons)
    await dung.send("/phattrien")
    await dung.click("⏰ Quá lâu (1)")
    assert "chưa có chuyển biến" in dung.card
    await town.skip_to(begun + timedelta(days=44))
    await town.move_to(begun + timedelta(days=47))
    assert any("ngày chưa ghi nhận chuyển biến" in card for card in dung.cards)
    await an.click("✍️ Ghi tiến độ")
    await an.send("Đã gặp lại giám đốc")
    await skip(an, 3)
    await an.click("✅ Ghi tiến độ")
    await dung.send("/phattrien")
    assert "Quá lâu" not in dung.card


async def test_a_founding_is_taken_back_within_a_day_as_if_it_had_not_been(town: Town) -> None:
    an, dung, giang, ha = [await town.person(n) for n in ("An", "Dũng", "Giang", "Hà")]
    await to_the_congress(town, dung)
    await found(dung)
    await dung.click("↩️ Hủy ghi nhận thành lập")
    assert "trở lại là doanh nghiệp chưa có công đoàn" in dung.card
    await dung.click("↩️ Hủy ghi nhận thành lập")
    assert "Đã hủy ghi nhận" in dung.card
    await town.settle()
    assert not any("đã hủy ghi nhận thành lập" in card for card in dung.cards), "he did it"
    unit = await site(town)
    assert (unit.kind, unit.members, unit.union_since) == (UnitKind.ENTERPRISE, 0, None)
    async with town.program.work.read() as session:
        assert (await session.exec(select(UnitCount))).all() == []
    await dung.send("/phattrien")
    assert "Đoàn viên mới năm 2026: 0" in dung.card

    await open_page(dung)
    await found(dung, "50")
    await town.move_to(FRIDAY_1500 + timedelta(days=5))
    await dung.forge(f"rec:sure:{SITE}")
    assert (await site(town)).members == 50, "a day is over"
    await giang.forge(f"rec:sure:{SITE}")
    await an.forge(f"rec:sure:{SITE}")
    assert (await site(town)).members == 50
    await open_page(ha)
    await ha.click("↩️ Hủy ghi nhận thành lập")
    await ha.click("↩️ Hủy ghi nhận thành lập")
    assert (await site(town)).kind is UnitKind.ENTERPRISE, "an administrator mends it"
    await town.settle()
    assert any("Đặng Thu Hà đã hủy ghi nhận thành lập CĐCS" in card for card in dung.cards)


async def test_a_visit_speaks_for_a_step_that_the_officer_in_charge_confirms(town: Town) -> None:
    binh, an = await town.person("Bình"), await town.person("An")
    await open_page(an)
    await an.click("🌱 Bắt đầu vận động")
    await an.click("🌱 Bắt đầu, tôi phụ trách")
    await report_survey(binh)
    assert any("Phát triển đoàn viên" in label for label in binh.buttons)
    await an.send("/phattrien")
    await an.click("💡 Từ lượt đi (1)")
    assert "(Khảo sát DN chưa có CĐ): có thể sang bước tiếp cận" in an.card
    await an.click("1")
    assert "của đồng chí Trần Văn Bình (Khảo sát DN chưa có CĐ)" in an.card
    await to_step(an, "💡 Sang bước: Tiếp cận chủ DN", "")
    assert (await stored(town)).step is RecruitmentStep.OWNER
    await an.send("/phattrien")
    assert "💡" not in an.card


async def test_a_visit_to_an_enterprise_not_yet_begun_says_why_it_is_listed(town: Town) -> None:
    binh, dung = await town.person("Bình"), await town.person("Dũng")
    await report_survey(binh)
    await dung.send("/phattrien")
    await dung.click("💡 Từ lượt đi (1)")
    assert "Chưa bắt đầu vận động" in dung.card
    assert "(Khảo sát DN chưa có CĐ): có thể bắt đầu vận động" in dung.card


async def test_who_leaves_is_in_charge_of_nothing_any_more(town: Town) -> None:
    an, dung, ha = [await town.person(name) for name in ("An", "Dũng", "Hà")]
    await open_page(an)
    await an.click("🌱 Bắt đầu vận động")
    await an.click("🌱 Bắt đầu, tôi phụ trách")
    await ha.forge("p:sure:1")
    await open_page(dung)
    assert "Phụ trách: chưa giao" in dung.card
    await open_page(an)
    assert "Bước 1/6" not in an.card


async def report_survey(person: Person) -> None:
    await person.send("/dotxuat")
    await person.send(VI_NA_SUN.name)
    await person.click(f"📍 {VI_NA_SUN.name}")
    await person.click("Hôm nay")
    await person.click("Khảo sát DN chưa có CĐ")
    await person.send("20")
    await person.click("✔️ Xong")
    await person.click("Bỏ qua")
    await person.send("Đã khảo sát ba xưởng, công nhân muốn có công đoàn để bảo vệ quyền lợi")
    await person.click("✅ Gửi báo cáo")


FORGED = (
    *("rec:site:{}", "rec:begin:{}", "rec:survey:{}", "rec:sheet:{}", "rec:news:{}"),
    *("rec:move:{}:survey:owner:0", "rec:found:{}", "rec:sure:{}", "rec:give:{}"),
    *("rec:stop:{}", "rec:resume:{}", "rec:steps:{}", "rec:funnel:2", "rec:list:none:2:0"),
)


async def test_nobody_outside_reaches_it_by_a_forged_button(town: Town) -> None:
    for name in ("Mai", "Lan", "Cúc", "Khoa"):
        person = await town.person(name)
        for data in FORGED:
            await person.send("/start")
            await person.forge(data.format(SITE))
            read = [card for card in person.cards if VI_NA_SUN.name in card and "Bước" in card]
            assert read == [], (name, data)
    async with town.program.work.read() as session:
        assert (await session.exec(select(Recruitment))).all() == []


async def test_a_workers_menu_has_none_of_it(town: Town) -> None:
    lan, mai = await town.person("Lan"), await town.person("Mai")
    for person in (lan, mai):
        await person.send("/phattrien")
        assert "Doanh nghiệp từ" not in person.card


async def test_a_list_of_enterprises_and_that_of_units_come_as_workbooks(town: Town) -> None:
    dung = await town.person("Dũng")
    await open_page(dung)
    await dung.click("🌱 Bắt đầu vận động")
    await dung.click("🌱 Bắt đầu, tôi phụ trách")
    await dung.forge("rec:list:survey:0:0")
    await dung.click("📥 Tải xlsx")
    rows = rows_of(workbook(town, dung))
    assert rows[0][0] == "Doanh nghiệp chưa có công đoàn: khảo sát"
    assert rows[1][0].startswith("Lập lúc ")
    assert [row[1] for row in rows[3:]] == ["Điện tử Vi Na Sun", "Cộng"]
    assert rows[3][rows[2].index("Lao động")] == rows[-1][rows[2].index("Lao động")] == 540
    giang = await town.person("Giang")
    await giang.forge("rec:units:0")
    await giang.click("📥 Tải xlsx")
    rows = rows_of(workbook(town, giang))
    assert rows[0][0] == "Phát triển đoàn viên theo đơn vị, năm 2026"
    assert rows[-1][1] == "Cộng"
    an = await town.person("Mai")
    await an.forge("rec:xu")
    assert files_of(an) == []


async def test_the_numbers_of_the_year_open_what_they_are_made_of(town: Town) -> None:
    dung = await town.person("Dũng")
    town.clock.set(FRIDAY_1500)
    await to_the_congress(town, dung)
    await dung.click("🏛 Ghi nhận thành lập CĐCS")
    await dung.click("540")
    await dung.send("45")
    await dung.send("15/QĐ-CĐ")
    await dung.click("Hôm nay")
    assert "Ngày thành lập: thứ Sáu 20/11" in dung.card, "shown, to be changed"
    await dung.click("🏛 Ghi nhận")
    await dung.send("/phattrien")
    await dung.click("🏛 CĐCS mới (1)")
    assert f"1. {VI_NA_SUN.name} · 20/11/2026" in dung.card
    await dung.click("« Quay lại")
    await dung.click("👥 ĐV mới (45)")
    assert f"1. {VI_NA_SUN.name} · 45 đoàn viên, gần nhất 20/11/2026" in dung.card
    await dung.click("1")
    assert VI_NA_SUN.name in dung.card
