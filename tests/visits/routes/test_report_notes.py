"""A leader asks about a report or thanks for it; its officer answers there."""

import pytest

from tests.cast import AN, BINH, DUNG, SEN_VANG
from tests.client import Town
from tests.visits.services.test_overview import a_report, a_visit, keep


@pytest.fixture
async def visit(town: Town) -> int:
    """An's visit with her report."""
    row = a_visit(SEN_VANG, AN, status="reported")
    await keep(town.program.work, row)
    await a_report(town.program.work, row)
    return row.id or 0


async def test_a_question_reaches_the_officer_whose_answer_comes_back(
    town: Town, visit: int
) -> None:
    dung, an, giang = [await town.person(name) for name in ("Dũng", "An", "Giang")]
    await dung.forge(f"ov:v:{visit}:0:0:open:20261116:0:0")
    await dung.click("Hỏi thêm")
    await dung.send("Bữa ăn ca bao nhiêu tiền?")
    assert "Nguyễn Thị An" in dung.card
    assert "Phạm Tiến Dũng: “Bữa ăn ca bao nhiêu tiền?”" in an.card
    await an.click("Trả lời")
    await an.send("22.000 đồng, từ tháng 10")
    assert "22.000 đồng, từ tháng 10" in dung.card
    await an.forge(f"report:show:{visit}")
    assert "Bữa ăn ca bao nhiêu tiền?" in an.card
    assert "Trả lời lãnh đạo" in " ".join(an.buttons)
    await giang.forge(f"ov:v:{visit}:0:0:open:20261116:0:0")
    assert "22.000 đồng, từ tháng 10" in giang.card


async def test_thanks_are_one_tap_and_can_be_answered(town: Town, visit: int) -> None:
    dung, an = await town.person("Dũng"), await town.person("An")
    await dung.forge(f"rn:thank:{visit}")
    await dung.click("Cách làm hay")
    assert "cảm ơn đồng chí" in an.card
    assert "Cách làm hay, đồng chí phát huy." in an.card


async def test_whoever_writes_to_somebody_who_gets_no_messages_is_told_to_call(
    town: Town, visit: int
) -> None:
    dung, an = await town.person("Dũng"), await town.person("An")
    await dung.forge(f"rn:ask:{visit}")
    assert "hệ thống gửi tới cán bộ" in dung.card
    await dung.send("Bữa ăn ca bao nhiêu tiền?")
    assert f"Đã gửi tới đồng chí {AN.full_name}" in dung.card
    await dung.block()
    await an.forge(f"rn:answer:{visit}")
    assert "hệ thống gửi tới lãnh đạo" in an.card
    await an.send("22.000 đồng")
    assert "Đã gửi tới" not in an.card
    assert f"📵 Đồng chí {DUNG.full_name} đang không nhận được tin nhắn" in an.card
    await dung.unblock()
    await an.block()
    await dung.forge(f"rn:thank:{visit}")
    await dung.click("Cách làm hay")
    assert "✅ Đã ghi dưới báo cáo." in dung.card
    assert "Đã gửi tới" not in dung.card
    assert f"📵 Đồng chí {AN.full_name} đang không nhận được tin nhắn" in dung.card


async def test_only_who_leads_there_remarks_on_a_report(town: Town, visit: int) -> None:
    for who in ("An", "Bình", "Cúc", "Mai", "Hà", "Lan"):
        other = await town.person(who)
        for what in ("ask", "thank"):
            await other.forge(f"rn:{what}:{visit}")
            assert "bấm chọn hoặc gõ" not in other.card.casefold(), (who, what)


async def test_a_colleague_reads_the_report_and_not_what_was_said_about_it(
    town: Town, visit: int
) -> None:
    dung, binh = await town.person("Dũng"), await town.person(BINH.name)
    await dung.forge(f"rn:ask:{visit}")
    await dung.send("Vì sao chỉ gặp ba công nhân?")
    await binh.forge(f"ov:v:{visit}:0:0:open:20261116:0:0")
    assert SEN_VANG.name in binh.card
    assert "Vì sao chỉ gặp" not in binh.card


async def test_nobody_answers_what_was_not_asked(town: Town, visit: int) -> None:
    for name in ("An", "Bình", "Dũng"):
        person = await town.person(name)
        await person.forge(f"rn:answer:{visit}")
        assert "gõ nội dung trả lời" not in person.card
