"""A supervisor gives, moves and excuses visits and decides about swaps, through the program."""

import pytest
from sqlmodel import col, delete, select

from bot.visits.cards.supervision import shown_on
from storage.enums import VisitOrigin, VisitStatus
from storage.models import Draft, PersonAddress, Unit, Visit
from tests.cast import AN, BINH, DUNG, SEN_VANG
from tests.client import Person, Town
from tests.visits.routes.test_report import begin, finish, rows, visit_of


@pytest.fixture
async def dung(town: Town) -> Person:
    return await town.person("Dũng")


async def site_name(town: Town, visit: Visit) -> str:
    async with town.program.work.read() as session:
        site = await session.get(Unit, visit.site_id)
    return site.name if site else ""


async def order(dung: Person, officer: str, site: str, week: str = "Tuần sau") -> None:
    await dung.send("/giaoviec")
    await dung.send(officer)
    await dung.click(BINH.full_name if "b" in officer else AN.full_name)
    await dung.send(site)
    await dung.click(SEN_VANG.name)
    await dung.click(week)
    await dung.send("Có phản ánh <chậm lương>")
    assert [SEN_VANG.name in button for button in dung.buttons].count(True) == 1


async def test_a_visit_is_given_in_a_few_words_typed_without_accents(
    town: Town, dung: Person
) -> None:
    await order(dung, "binh", "sen vag")
    await dung.click("Giao việc")
    assert "Đã giao đồng chí Trần Văn Bình đi May Sen Vàng, tuần 48" in dung.card
    assert "Đồng chí ấy sẽ nhận được thông báo.\nLý do: " in dung.card
    binh = await town.person("Bình")
    assert "Phạm Tiến Dũng giao đồng chí Trần Văn Bình" in binh.card
    assert "<chậm lương>" in binh.card
    given = [v for v in await rows(town, Visit) if v.origin is VisitOrigin.DIRECTED]
    assert [(v.officer_id, v.site_id) for v in given] == [(BINH.id, SEN_VANG.id)]
    assert await rows(town, Draft) == []


async def test_the_same_order_twice_is_refused_and_can_be_changed(town: Town, dung: Person) -> None:
    await order(dung, "binh", "sen vang")
    await dung.click("Giao việc")
    await order(dung, "binh", "sen vang")
    await dung.click("Giao việc")
    assert any("đã có lượt đi cơ sở này" in toast for toast in dung.toasts)
    await dung.click("« Quay lại")  # the reason
    await dung.click("« Quay lại")  # the week
    await dung.click("Tuần này")
    await dung.send("Nắm lại tình hình")
    await dung.click("Giao việc")
    assert "tuần 47" in dung.card


async def test_a_colleague_who_has_the_site_that_week_is_named_before_it_is_given(
    town: Town, dung: Person
) -> None:
    await order(dung, "binh", "sen vang")
    assert not any("đã có lượt đi cơ sở này" in button for button in dung.buttons)
    await dung.click("Giao việc")
    await order(dung, "an", "sen vang")
    assert f"⚠️ {BINH.full_name} đã có lượt đi cơ sở này" in dung.buttons
    await dung.click("Giao việc")  # it is said, not forbidden
    assert "Đã giao đồng chí Nguyễn Thị An" in dung.card


async def test_only_supervisors_can_begin_to_give_visits(town: Town) -> None:
    for name in ("An", "Hà", "Lan"):
        person = await town.person(name)
        await person.send("/giaoviec")
        assert "chưa được giao quyền" in person.card
        assert person.card.startswith("Anh/chị" if name == "Lan" else "Đồng chí")
    assert await rows(town, Draft) == []


async def test_a_visit_is_given_to_somebody_else_by_one_tap(town: Town, dung: Person) -> None:
    visit = await visit_of(town)
    name = await site_name(town, visit)
    await dung.forge(f"sup:reassign:{visit.id}")
    assert name in dung.card
    await dung.click(BINH.full_name)
    assert f"Giao đồng chí {BINH.full_name} đi {name}" in dung.card
    await dung.click("Thôi")
    await dung.click(BINH.full_name)
    await dung.click("Giao")
    assert f"Lượt đi {name}" in dung.card
    assert "không phải đi lượt này" in (await town.person("An")).card
    binh = await town.person("Bình")
    assert f"thay đồng chí {AN.full_name}" in binh.card
    await binh.click(name)
    assert "chưa hẹn ngày" in binh.card


async def test_a_leader_is_told_to_call_whoever_gets_no_messages(town: Town, dung: Person) -> None:
    visit = await visit_of(town)
    binh = await town.person("Bình")
    await binh.send("/start")
    await binh.block()
    await dung.forge(f"sup:reassign:{visit.id}")
    people = [button for button in dung.buttons if " · " in button]
    assert people[-1].startswith(BINH.full_name), "who is reached comes first"
    assert people[-1].endswith("📵 không nhận tin")
    await dung.click(BINH.full_name)
    to_call = f"📵 Đồng chí {BINH.full_name} đang không nhận được tin nhắn. Đề nghị gọi điện"
    assert to_call in dung.card
    await dung.click("Giao")
    assert "đã giao cho" in dung.card
    assert to_call in dung.card
    assert f"Đồng chí {AN.full_name} sẽ được báo." in dung.card
    assert "Cả hai" not in dung.card
    await order(dung, "binh", "sen vang")
    await dung.click("Giao việc")
    assert to_call in dung.card
    assert "sẽ nhận được thông báo" not in dung.card
    assert ".\nLý do: " in dung.card


async def test_of_a_visit_that_moves_each_who_gets_no_messages_is_to_be_called(
    town: Town, dung: Person
) -> None:
    visit = await visit_of(town)
    an, binh = await town.person("An"), await town.person("Bình")
    give = f"sup:give:{shown_on(visit)}:{BINH.id}:n"
    await an.send("/start")
    await an.block()
    await dung.forge(give)
    told = "Đồng chí ấy sẽ được báo."
    assert told in dung.card
    assert f"📵 Đồng chí {AN.full_name} đang không nhận được tin nhắn" in dung.card
    assert dung.card.count("📵") == 1
    await binh.send("/start")
    await binh.block()
    async with town.program.work.read() as session:
        moved = await session.get(Visit, visit.id)
    await dung.forge(f"sup:give:{shown_on(moved)}:{AN.id}:n")
    assert "đã giao cho" in dung.card
    assert "sẽ được báo" not in dung.card
    assert dung.card.count("đang không nhận được tin nhắn") == 2


async def test_whose_site_is_kept_is_said_to_be_told_only_where_messages_come(
    town: Town, dung: Person
) -> None:
    visit = await visit_of(town)
    an = await town.person("An")
    await an.send("/start")
    for is_blocked in (False, True):
        if is_blocked:
            await an.block()
        async with town.program.work.write() as session:
            row = await session.get(Visit, visit.id)
            row.swap_asked = "Trùng lịch"
        await dung.forge(f"sup:keep:{shown_on(visit)}")
        assert "Giữ nguyên lượt đi" in dung.card
        assert ("sẽ nhận được thông báo" in dung.card) is not is_blocked
        assert ("Đề nghị gọi điện" in dung.card) is is_blocked


async def test_who_has_never_come_in_gets_no_messages_either(town: Town, dung: Person) -> None:
    visit = await visit_of(town)
    async with town.program.work.write() as session:
        statement = delete(PersonAddress).where(col(PersonAddress.person_id) == BINH.id)
        await session.exec(statement)
    await dung.forge(f"sup:reassign:{visit.id}")
    assert any(
        label.startswith(BINH.full_name) and label.endswith("📵 không nhận tin")
        for label in dung.buttons
    )
    await dung.click(BINH.full_name)
    assert "Đề nghị gọi điện" in dung.card


async def test_a_report_begun_by_the_former_officer_is_kept_and_not_taken(
    town: Town, dung: Person
) -> None:
    an, visit = await town.person("An"), await visit_of(town)
    await begin(town, an)
    await an.click("Hôm nay")
    await dung.forge(f"sup:give:{shown_on(visit)}:{BINH.id}:n")
    for label in ("Dự họp BCH", "10", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.send("Công nhân phản ánh định mức tăng, nhiều chị em không đạt chuyền.")
    await an.click("Gửi báo cáo")
    assert any("đã giao cho đồng chí Trần Văn Bình" in toast for toast in an.toasts)
    assert len(await rows(town, Draft)) == 1


async def ask_to_swap(town: Town) -> Visit:
    an, visit = await town.person("An"), await visit_of(town)
    await an.forge(f"visit:swap:{visit.id}")
    await an.click("Trùng lịch công tác")
    return visit


async def test_a_swap_is_granted_by_one_tap_and_the_program_picks_the_place(
    town: Town, dung: Person
) -> None:
    visit = await ask_to_swap(town)
    former = await site_name(town, visit)
    await dung.click("Xem và quyết định")
    assert "Trùng lịch công tác" in dung.card
    await dung.click("Đồng ý, đổi cơ sở khác")
    moved = await visit_of(town)
    assert moved.site_id != visit.site_id
    assert f"thay cho {former}" in dung.card
    an = await town.person("An")
    assert "đã được đồng ý" in an.card
    assert await site_name(town, moved) in an.card
    await begin(town, an)
    await finish(an)
    assert (await visit_of(town)).status is VisitStatus.REPORTED


async def test_a_wish_for_another_place_is_withdrawn_by_one_tap(town: Town, dung: Person) -> None:
    visit, an = await ask_to_swap(town), await town.person("An")
    message_id, data = an.button("↩️ Rút đề nghị đổi")
    await an.click("↩️ Rút đề nghị đổi")
    assert (await visit_of(town)).swap_asked == ""
    assert "🔄 Xin đổi" in an.buttons
    assert f"rút đề nghị đổi cơ sở, vẫn đi {await site_name(town, visit)}" in dung.card
    await dung.click("Xem và quyết định")
    assert "Lượt đi này đã kết thúc" not in dung.toasts[-1]
    await an.forge(data, message_id)
    assert "đã rút" in an.toasts[-1]
    await (await town.person("Bình")).forge(data)
    assert "chưa được giao quyền" in (await town.person("Bình")).toasts[-1]


async def test_the_home_card_and_the_list_show_who_asks_for_another_place(
    town: Town, dung: Person
) -> None:
    await ask_to_swap(town)
    await dung.send("/start")
    assert "1 lượt xin đổi" in dung.card
    await dung.click("Xin đổi (1)")
    assert "xin đổi: Trùng lịch công tác" in dung.card
    await dung.click("1.")
    await dung.click("Xem xét đề nghị đổi")
    await dung.click("Không đổi")
    assert "giữ nguyên" in (await town.person("An")).card
    await dung.send("/start")
    assert "xin đổi" not in dung.card


async def test_the_second_supervisor_is_told_that_it_was_decided(town: Town, dung: Person) -> None:
    visit = await ask_to_swap(town)
    giang = await town.person("Giang")
    await giang.forge(f"sup:swap:{visit.id}")
    await dung.click("Xem và quyết định")
    await dung.click("Không đổi")
    await giang.click("Đồng ý")
    assert "Phạm Tiến Dũng đề nghị giữ nguyên" in giang.toasts[-1]
    assert (await visit_of(town)).site_id == visit.site_id


async def test_a_visit_is_excused_with_a_reason(town: Town, dung: Person) -> None:
    visit = await visit_of(town)
    await dung.forge(f"sup:excuse:{shown_on(visit)}")
    await dung.click("Được giao việc khác")
    assert "được phép không đi" in dung.card
    excused = await visit_of(town)
    assert (excused.status, excused.excuse) == (VisitStatus.EXCUSED, "Được giao việc khác")
    an = await town.person("An")
    assert "Được giao việc khác" in an.card
    await an.send("/start")
    assert "được phép không đi" in an.card
    await an.forge(f"visit:open:{visit.id}")
    assert "Tình hình: được phép không đi" in an.card
    assert f"Đồng chí {DUNG.full_name} cho phép không đi: Được giao việc khác" in an.card
    await dung.send("/tongquan")
    for label in ("Theo cán bộ", AN.full_name):
        await dung.click(label)
    leaders_word = f"đồng chí {DUNG.full_name} cho phép không đi: Được giao việc khác"
    assert leaders_word in dung.card
    await dung.click("1.")
    assert leaders_word in dung.card


async def test_a_reason_typed_as_a_sentence_ends_with_one_full_stop(
    town: Town, dung: Person
) -> None:
    visit = await visit_of(town)
    await dung.forge(f"sup:excuse:{shown_on(visit)}")
    await dung.send("Cơ sở đang kiểm kê.")
    for reader in (dung, await town.person("An")):
        assert "Lý do: Cơ sở đang kiểm kê." in reader.card
        assert "kiểm kê.." not in reader.card


async def test_a_visit_reported_meanwhile_is_not_excused(town: Town, dung: Person) -> None:
    an, visit = await town.person("An"), await visit_of(town)
    await dung.forge(f"sup:excuse:{shown_on(visit)}")
    await begin(town, an)
    await finish(an)
    await dung.send("Ốm")
    assert "đã kết thúc" in dung.card
    assert (await visit_of(town)).status is VisitStatus.REPORTED
    assert await rows(town, Draft) == []


@pytest.mark.parametrize("what", ["excuse:{}", "other:{}", "keep:{}", "to:{}:2:n", "give:{}:2:s"])
async def test_a_supervisors_old_card_decides_nothing_about_another_place(
    town: Town, dung: Person, what: str
) -> None:
    before = await ask_to_swap(town)
    await dung.forge(f"sup:other:{shown_on(before)}")
    moved = await visit_of(town)
    await (await town.person("An")).forge(f"visit:swap:{moved.id}:{moved.site_id}")
    await (await town.person("An")).click("Trùng lịch công tác")
    await dung.forge("sup:" + what.format(shown_on(before)))
    assert "Cơ sở cần đến đã đổi" in dung.toasts[-1]
    assert await site_name(town, moved) in dung.card
    same = await visit_of(town)
    assert (same.officer_id, same.site_id, same.status, same.swap_asked) == (
        AN.id,
        moved.site_id,
        VisitStatus.PLANNED,
        "Trùng lịch công tác",
    )


@pytest.mark.parametrize("what", ["excuse:{}", "other:{}", "keep:{}", "give:{}:2:1:s"])
async def test_a_button_that_does_not_say_its_place_decides_nothing(
    town: Town, dung: Person, what: str
) -> None:
    visit = await ask_to_swap(town)
    await dung.forge("sup:" + what.format(visit.id))
    assert "không còn hiệu lực" in dung.toasts[-1]
    assert await site_name(town, visit) in dung.card
    assert (await visit_of(town)).swap_asked == "Trùng lịch công tác"


async def test_an_excuse_that_was_begun_is_not_given_to_another_place(
    town: Town, dung: Person
) -> None:
    visit, giang = await ask_to_swap(town), await town.person("Giang")
    await giang.forge(f"sup:excuse:{shown_on(visit)}")
    await dung.forge(f"sup:other:{shown_on(visit)}")
    await giang.click("Ốm đau")
    assert "Cơ sở cần đến đã đổi" in giang.card
    assert (await visit_of(town)).status is VisitStatus.PLANNED


DECISIONS = ("reassign:{}", "swap:{}", "other:{}", "keep:{}", "excuse:{}",
             "give:{}:2:n", "give:{}:2:s", "to:{}:2:n")  # fmt: skip


async def test_a_forged_decision_changes_nothing(town: Town) -> None:
    visit = await ask_to_swap(town)
    for name in ("An", "Hà", "Khoa", "Mai"):
        person = await town.person(name)
        for number, what in enumerate(DECISIONS, 1):
            arguments = str(visit.id) if what in ("reassign:{}", "swap:{}") else shown_on(visit)
            await person.forge("sup:" + what.format(arguments))
            refused = [toast for toast in person.toasts if "chưa được giao quyền" in toast]
            assert len(refused) == number, (name, what)
    async with town.program.work.read() as session:
        same = (await session.exec(select(Visit).where(Visit.id == visit.id))).one()
    assert (same.officer_id, same.site_id, same.swap_asked) == (
        AN.id,
        visit.site_id,
        "Trùng lịch công tác",
    )
