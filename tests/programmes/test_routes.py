"""/kehoach, and what a sixth plan does that somebody only put into the folder."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import select

from bot.core.rules.calendar import at
from bot.core.rules.permissions import Actor, Grant
from bot.core.work import Work
from bot.home.commands import commands_for
from bot.summaries.services import obligations
from storage.models import Draft, Obligation, ReportTopic
from tests.cast import AN, CUC, HON_SAO, KCN, LAN, LONG_HOA, MAI, MONDAY
from tests.client import Town
from tests.programmes.plans import put, sixth
from tests.visits.routes.test_report import HONEST, visit_of

ALL = ["sat-co-so", "viec-lam", "nang-suat", "doan-vien", "ctr-1306", "nha-o"]


@pytest.fixture
def more() -> str:
    """What the sixth plan says besides; a test may have its own."""
    return ""


@pytest.fixture
def settings(settings, tmp_path, more):
    put(tmp_path / "plans", "nha-o", sixth(more))
    chosen = settings.programmes.model_copy(
        update={"active": tuple(ALL), "folder": tmp_path / "plans"}
    )
    return settings.model_copy(update={"programmes": chosen})


async def test_the_plans_are_listed_and_those_over_are_marked(town: Town) -> None:
    an = await town.person("An")
    await an.send("/kehoach")
    lines = an.card.splitlines()
    assert [line for line in lines if "⌛" in line] == [
        line for line in lines if "CTr 1306" in line
    ]
    assert len([line for line in lines if line[:1].isdigit()]) == len(ALL)
    assert [label for label in an.buttons if label.startswith("📘")] == [
        f"📘 {short}"
        for short in (
            *("Sát cơ sở", "Việc làm bền vững", "Năng suất lao động", "Phát triển đoàn viên"),
            *("CTr 1306", "Nhà ở"),
        )
    ]


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ("Sát cơ sở", ["ít nhất 1 lần/tuần", "trước ngày 15/12 hằng năm", "IV.2.2", "An Giang"]),
        (
            "Phát triển đoàn viên",
            [
                *("ít nhất 25.000 đoàn viên (đến năm 2028, mục I.1)", "tháng 5, tháng 7"),
                *("ít nhất 30.000 đoàn viên (2029–2033, mục I.1)", "27/08/2024 – 31/12/2033"),
            ],
        ),
        (
            "CTr 1306",
            [
                *("trước ngày 10/06 hằng năm", "trước ngày 25/11 hằng năm", "ít nhất 70%"),
                *("giám sát, phản biện xã hội mỗi năm: 100% (mục II)", "ngoài thời gian"),
            ],
        ),
        (
            "Nhà ở",
            [
                *("Phòng trọ được sửa: ít nhất 1.500 phòng (đến năm 2028, mục I.2)", "tháng 11"),
                *("Kết quả chăm lo nhà ở: trước ngày 20/12 hằng năm", "từ 01/10 đến 31/12"),
                *("Khó khăn, vướng mắc gửi về: Văn phòng", "nhà trọ, giá điện; chăm lo"),
            ],
        ),
    ],
)
async def test_a_plan_says_who_what_and_by_when(town: Town, plan: str, told: list[str]) -> None:
    giang = await town.person("Giang")
    await giang.send("/kehoach")
    await giang.click(plan)
    for words in told:
        assert words in giang.card


async def test_the_tasks_stand_under_their_departments(town: Town) -> None:
    ha = await town.person("Hà")
    await ha.send("/kehoach")
    await ha.click("Việc làm bền vững")
    await ha.click("Toàn bộ nhiệm vụ (16)")
    office = ha.card.split("Văn phòng")[1].split("Ban ")[0]
    assert "• 1.5. " in office
    assert "• 2.7. " in office
    assert "(mục II.2.7)" in office
    await ha.click("Quay lại")
    await ha.click("Các kế hoạch")
    await ha.click("Nhà ở")
    await ha.click("Toàn bộ nhiệm vụ (2)")
    assert "Khảo sát nhà trọ <b> (mục II.1)" in ha.card, "people's text is no markup"


async def test_the_plans_are_for_cadres(town: Town) -> None:
    person = await town.person("Lan", LAN.telegram_id)
    await person.send("/kehoach")
    assert "Sát cơ sở" not in person.card
    assert not [label for label in person.buttons if label.startswith("📘")]


async def test_a_button_of_a_plan_that_is_no_longer_active_says_so(town: Town) -> None:
    an = await town.person("An")
    await an.send("/kehoach")
    before = an.card
    await an.forge("plan:open:da-bo:0")
    assert an.card == before
    assert an.toasts


async def test_a_page_past_the_end_is_the_last_one(town: Town) -> None:
    an = await town.person("An")
    await an.send("/kehoach")
    await an.forge("plan:tasks:viec-lam:99")
    assert "Nhiệm vụ" in an.card


# ---- The checklist -------------------------------------------------------------------------


async def test_a_new_topic_is_asked_kept_and_shown(town: Town) -> None:
    an, dung = await town.person("An"), await town.person("Dũng")
    await an.click("Báo cáo")
    for label in ("Hôm nay", "Dự họp BCH", "10", "Nhà trọ"):
        await an.click(label)
    await an.click("Còn lại chưa có vấn đề")
    await an.click("Xong")
    assert "Vấn đề về nhà trọ, giá điện: cụ thể thế nào?" in an.card
    await an.send("Chủ trọ tăng giá điện lên 4.000 đồng")
    await an.click("Bỏ qua")
    await an.send(HONEST)
    await an.click("Gửi báo cáo")
    async with town.program.work.read() as session:
        kept = (await session.exec(select(ReportTopic).where(ReportTopic.topic == "housing"))).one()
    assert (kept.trouble, kept.words) == (True, "Chủ trọ tăng giá điện lên 4.000 đồng")
    visit = await visit_of(town)
    await an.forge(f"report:show:{visit.id}")
    assert "nhà trọ, giá điện" in an.card
    await dung.send("/tongquan")
    assert "nhà trọ, giá điện" in dung.card
    await dung.click("Vấn đề")
    await dung.click("Nhà trọ (1)")
    assert "nhà trọ, giá điện" in dung.card
    assert "4.000 đồng" in dung.card


async def test_a_running_draft_keeps_the_topics_it_began_with(town: Town, settings) -> None:
    an = await town.person("An")
    await an.click("Báo cáo")
    for label in ("Hôm nay", "Dự họp BCH", "10"):
        await an.click(label)
    shorter = settings.programmes.model_copy(update={"active": ("sat-co-so",)})
    await town.stop()
    town.settings = town.settings.model_copy(update={"programmes": shorter})
    await town.start()
    await an.click("Nhà trọ")
    assert "⚠️ Nhà trọ" in an.buttons
    await an.click("⚠️ Nhà trọ")
    assert "✅ Nhà trọ" in an.buttons
    for label in ("Còn lại chưa có vấn đề", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.send(HONEST)
    await an.click("Gửi báo cáo")
    visit = await visit_of(town)
    await an.forge(f"report:show:{visit.id}")
    assert "housing" in an.card, "nobody knows its words any more, but it is not lost"


async def test_a_correction_asks_again_what_the_report_spoke_of(town: Town) -> None:
    an = await town.person("An")
    await an.click("Báo cáo")
    for label in ("Hôm nay", "Dự họp BCH", "10", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.send(HONEST)
    await an.click("Gửi báo cáo")
    await an.click("Sửa báo cáo")
    await an.click("Sửa")
    await an.click("Nội dung nắm tình hình")
    assert "✅ Nhà trọ" in an.buttons


class TestOfOneUnit:
    @pytest.fixture
    def more(self) -> str:
        return f'units = ["{LONG_HOA.code.lower()}"]'

    @pytest.mark.parametrize(("who", "asked"), [(AN, False), (CUC, True)])
    async def test_only_its_sites_get_the_topic(self, town: Town, who, asked: bool) -> None:
        person = await town.person(who.name)
        await person.click("Báo cáo")
        for label in ("Hôm nay", "Dự họp BCH", "10"):
            await person.click(label)
        assert ("▫️ Nhà trọ" in person.buttons) is asked
        assert "▫️ Lương" in person.buttons

    @pytest.mark.parametrize(("who", "asked"), [(AN, False), (CUC, True)])
    async def test_so_do_their_visits_outside_of_the_plan(self, town: Town, who, asked) -> None:
        person = await town.person(who.name)
        await person.send("/dotxuat")
        async with town.program.work.read() as session:
            (draft,) = (await session.exec(select(Draft))).all()
        assert [topic[0] for topic in draft.about["topics"]] == (["housing"] if asked else [])

    async def test_the_card_names_it(self, town: Town) -> None:
        an = await town.person("An")
        await an.send("/kehoach")
        await an.click("Nhà ở")
        assert LONG_HOA.name in an.card

    async def test_it_alone_owes_the_report(self, town: Town) -> None:
        assert await owed(town.program.work, "nha-o") == {LONG_HOA.id}


# ---- What is owed --------------------------------------------------------------------------


async def owed(work: Work, programme: str) -> set[int]:
    async with work.read() as session:
        found = await session.exec(select(Obligation).where(Obligation.programme == programme))
        return {one.unit_id for one in found.all()}


async def test_a_report_of_the_sixth_plan_is_owed_by_the_file_alone(town: Town) -> None:
    work = town.program.work
    await obligations.ensure_obligations(work, MONDAY)
    assert await owed(work, "nha-o") == {KCN.id, LONG_HOA.id, HON_SAO.id}
    async with work.read() as session:
        query = select(Obligation).where(Obligation.key == f"nha-o:quy-4:2026:{KCN.id}")
        one = (await session.exec(query)).one()
    assert one.title == "Kết quả chăm lo nhà ở"
    assert (one.first_day, one.last_day) == (date(2026, 10, 1), date(2026, 12, 31))
    assert one.due_before == date(2026, 12, 20)
    assert await owed(work, "ctr-1306") == set(), "its time is over"


class TestCarriedOn:
    """`ctr-1306` prolonged: nothing but the configuration says so."""

    @pytest.fixture
    def start(self):
        return at(date(2027, 5, 3), time(8))

    @pytest.fixture
    def settings(self, settings):
        chosen = settings.programmes.model_copy(
            update={"active": ("ctr-1306",), "prolonged": {"ctr-1306": date(2030, 12, 31)}}
        )
        return settings.model_copy(update={"programmes": chosen})

    async def test_both_its_days_are_deadlines(self, town: Town, start) -> None:
        work = town.program.work
        for days in (0, 150):
            await obligations.ensure_obligations(work, start + timedelta(days=days))
        async with work.read() as session:
            found = (await session.exec(select(Obligation))).all()
        assert {(o.report, o.due_before, o.last_day) for o in found} == {
            ("6-thang", date(2027, 6, 10), date(2027, 6, 30)),
            ("nam", date(2027, 11, 25), date(2027, 12, 31)),
        }
        assert len(found) == 2 * len((KCN, LONG_HOA, HON_SAO))


@pytest.mark.parametrize(
    ("role", "offered"),
    [("officer", True), ("supervisor", True), ("administrator", True), ("representative", True)],
)
def test_the_command_is_in_the_menus_of_cadres(role: str, offered: bool) -> None:
    menu = commands_for(Actor(1, "An", (Grant(role, ("/1/",)),)))
    assert ("kehoach" in {name for name, _ in menu}) is offered


@pytest.mark.parametrize(("who", "told"), [(AN, True), (MAI, True), (LAN, False)])
async def test_the_help_names_the_command_to_cadres(town: Town, who, told: bool) -> None:
    person = await town.person(who.name, who.telegram_id)
    await person.send("/trogiup")
    assert "/dulieu" in person.card or "Trợ giúp" in person.card
    assert ("/kehoach" in person.card) is told
