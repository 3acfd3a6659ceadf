"""The law's limits on a case: in words until somebody says the day, by the day afterwards."""

import re
from datetime import date

import pytest
from sqlmodel import select

from bot.cases.services import own_data
from bot.core.access import actor_of
from storage.enums import CaseKind, CaseStatus, Category
from storage.models import Case, CaseEvent
from tests.cases.help import a_case, case_now, set_case
from tests.cast import LAN, MONDAY
from tests.client import Person, Town

DATE = re.compile(r"\d\d/\d\d/\d{4}")
FIRED = "Ngày 05/11/2026 công ty ra quyết định sa thải tôi, tôi khiếu nại quyết định đó"


def law_of(card: str) -> str:
    """The part of a case's card that speaks of the law."""
    _, heading, rest = card.partition("Thời hạn theo luật")
    return rest.partition("Diễn biến")[0] if heading else ""


def dates_of(card: str) -> list[str]:
    """The dates that its limits name."""
    lines = law_of(card).splitlines()
    return [found for line in lines if line.startswith("•") for found in DATE.findall(line)]


async def opened(town: Town, case: Case) -> Person:
    dung = await town.person("Dũng")
    await dung.forge(f"case:open:{case.id}")
    return dung


@pytest.fixture
async def complaint(town: Town) -> Case:
    return await a_case(town.program.work, MONDAY, text=FIRED, name="Lan", kind=CaseKind.COMPLAINT)


async def test_no_date_is_shown_before_somebody_says_the_day(town: Town, complaint: Case) -> None:
    await set_case(town.program.work, complaint, category=Category.SA_THAI)
    dung = await opened(town, complaint)
    law = law_of(dung.card)
    assert dates_of(dung.card) == []
    for words in (
        "180 ngày kể từ ngày biết quyết định",
        "07 ngày làm việc kể từ ngày nhận đơn",
        "30 ngày kể từ ngày thụ lý",
        "yêu cầu hòa giải viên lao động hòa giải: 06 tháng",
        "yêu cầu Hội đồng trọng tài lao động giải quyết: 09 tháng",
        "yêu cầu Tòa án giải quyết: 01 năm",
        "Nghị định 24/2018/NĐ-CP",
        "khoản 1 Điều 190",
        "(*) chưa đối chiếu được với văn bản.",
        "Chưa rõ khiếu nại ai",
        "Để tham khảo, đề nghị đối chiếu văn bản (lần cuối đối chiếu 28/11/2026).",
        "chưa rõ Nghị định 24/2018/NĐ-CP có được sửa theo",
    ):
        assert words in law
    assert law.count("chưa rõ ngày – cần hỏi") == 6


async def test_the_days_are_asked_for_and_the_limits_count_from_them(
    town: Town, complaint: Case
) -> None:
    dung = await opened(town, complaint)
    await dung.click("Mốc theo luật")
    await dung.click("Người sử dụng lao động")
    await dung.click("05/11/2026 (theo nội dung)")
    await dung.send("4/11/2026")
    assert any("không thể trước ngày biết quyết định" in text for text in dung.cards)
    await dung.send("09/11/2026")
    await dung.click("Hôm nay")
    await dung.click("Phức tạp")
    await dung.click("Vùng sâu")
    assert "05/11/2026" in dung.card
    await dung.click("Ghi")
    law = law_of(dung.card)
    assert "giải quyết (vụ việc phức tạp, vùng sâu, vùng xa): 15/01/2027 – 60 ngày" in law
    assert "thụ lý:" not in law  # it was accepted
    case = await case_now(town.program.work, complaint)
    assert case.law["since"] == "2026-11-05"
    async with town.program.work.read() as session:
        events = (await session.exec(select(CaseEvent).where(CaseEvent.what == "law"))).all()
    assert [(event.internal, event.words) for event in events] == [(True, "")]


async def test_what_is_not_known_is_skipped_and_asked_again_the_next_time(
    town: Town, complaint: Case
) -> None:
    await set_case(town.program.work, complaint, law={"opponent": "office"})
    dung = await opened(town, complaint)
    assert "90 ngày kể từ ngày nhận hoặc biết quyết định" in dung.card
    assert "Chưa rõ khiếu nại ai" not in dung.card
    assert "Luật 136/2025/QH15 (hiệu lực 01/7/2026) có sửa đổi" in dung.card
    await dung.click("Mốc theo luật")
    await dung.click("05/11/2026 (theo nội dung)")
    for _ in range(4):
        await dung.click("Bỏ qua")
    await dung.click("Ghi")
    assert "hết thời hiệu khiếu nại: 03/02/2027 – 90 ngày" in law_of(dung.card)
    assert (await case_now(town.program.work, complaint)).law == {
        "opponent": "office",
        "since": "2026-11-05",
    }


async def test_a_dispute_about_wages_has_its_limits_whatever_it_is_called(town: Town) -> None:
    work = town.program.work
    case = await a_case(
        work, MONDAY, text="Hop dong het han tu 31/8 ma cty khong ky lai", category=Category.HDLD
    )
    dung = await opened(town, case)
    assert law_of(dung.card) == ""  # an ordinary concern is not drowned in limits
    assert (
        "hòa giải viên lao động 06 tháng, Hội đồng trọng tài lao động 09 tháng (*), "
        "Tòa án 01 năm, kể từ ngày phát hiện vi phạm (Điều 190 Bộ luật Lao động 2019)"
    ) in dung.card
    assert "(*) chưa đối chiếu được với văn bản" in dung.card
    await dung.click("Mốc theo luật")
    await dung.click("31/08/2026 (theo nội dung)")
    await dung.click("Ghi")
    law = law_of(dung.card)
    assert "hết thời hiệu yêu cầu hòa giải viên lao động hòa giải: 01/03/2027" in law
    assert "ngày cuối là ngày nghỉ nên tính sang ngày làm việc tiếp theo" in law
    assert "hết thời hiệu yêu cầu Tòa án giải quyết: 31/08/2027" in law


async def test_a_settled_concern_does_not_ask_for_days_any_more(town: Town) -> None:
    work = town.program.work
    case = await a_case(work, MONDAY, text="Cơm ca có giòi", category=Category.BUA_AN)
    assert "Điều 190" in (await opened(town, case)).card
    await set_case(work, case, status=CaseStatus.SETTLED, settled_at=MONDAY)
    assert "Điều 190" not in (await opened(town, case)).card


async def test_a_denunciation_is_accepted_in_working_days_and_may_be_extended(town: Town) -> None:
    work = town.program.work
    case = await a_case(work, MONDAY, name="Lan", kind=CaseKind.DENUNCIATION)
    dung = await opened(town, case)
    await dung.click("Mốc theo luật")
    await dung.click("Hôm nay")
    await dung.click("Bỏ qua")
    await dung.click("Đặc biệt phức tạp")
    await dung.click("Ghi")
    law = law_of(dung.card)
    assert "thụ lý: 26/11/2026 – 07 ngày làm việc" in law  # 24/11 is a public holiday
    assert "gia hạn hai lần (đặc biệt phức tạp): 30 ngày" in law


async def test_a_case_that_concerns_no_law_asks_for_no_days(town: Town) -> None:
    case = await a_case(town.program.work, MONDAY, category=Category.NHA_O)
    dung = await opened(town, case)
    assert "⚖️ Mốc theo luật" not in dung.buttons
    assert law_of(dung.card) == ""


async def test_the_worker_may_take_the_days_along(town: Town, complaint: Case) -> None:
    work = town.program.work
    await set_case(work, complaint, law={"since": "2026-11-05", "remote": "yes"})
    actor = await actor_of(work, LAN.address)
    (case,) = (await own_data.export(work, actor))["phản ánh"]
    assert case["mốc thời hạn theo luật"] == {
        "ngày biết quyết định, phát hiện vi phạm": "05/11/2026"
    }


async def test_the_days_go_when_the_words_go(town: Town, complaint: Case) -> None:
    work = town.program.work
    await set_case(work, complaint, law={"since": date(2026, 11, 5).isoformat()})
    lan = await town.person("Lan")
    await lan.send("/dulieu")
    await lan.click("Xóa hết")
    await lan.click("Xóa hết")
    assert (await case_now(work, complaint)).law == {}
