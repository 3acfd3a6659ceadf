"""The month in sentences: to whom it goes, about which month, once."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.core.rendering import render
from bot.core.rules.calendar import at
from bot.core.work import Work
from bot.visits.cards.monthly import NAMED
from bot.visits.rules.monthly import MonthFigures, Statement
from bot.visits.services import monthly
from storage.models import OutboxMessage
from storage.store import Store
from tests import cast
from tests.cast import AN, BEN_QUE, BINH, CUC, DUNG, GIANG, KHOA, SEN_VANG, TAN_LUA, VAULT
from tests.visits.services.test_overview import a_visit, keep

FIRST = at(date(2026, 12, 1), time(8))
NOVEMBER = [date(2026, 11, 2) + timedelta(weeks=n) for n in range(4)]
OCTOBER = date(2026, 10, 5)


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def owed(work: Work) -> dict[int, OutboxMessage]:
    async with work.read() as session:
        return {m.person_id or 0: m for m in (await session.exec(select(OutboxMessage))).all()}


async def a_month(work: Work) -> None:
    await keep(
        work,
        *(a_visit(SEN_VANG, AN, week, "reported") for week in NOVEMBER),
        *(
            a_visit(TAN_LUA, BINH, week, "reported" if n else "missed", late=n == 3)
            for n, week in enumerate(NOVEMBER)
        ),
        *(a_visit(BEN_QUE, CUC, week, "missed") for week in NOVEMBER),
        a_visit(SEN_VANG, AN, OCTOBER, "reported"),
        a_visit(TAN_LUA, BINH, OCTOBER, "missed"),
        a_visit(SEN_VANG, AN, date(2025, 11, 10), "reported"),
    )


async def test_the_month_is_told_in_sentences_exceptions_before_praise(work: Work) -> None:
    await a_month(work)
    await monthly.ensure_monthly(work, FIRST)
    messages = await owed(work)
    assert set(messages) == {DUNG.id, GIANG.id, KHOA.id}
    assert messages[DUNG.id].text.split("\n") == [
        "📆 <b>Tổng hợp tháng 11/2026</b> · CĐ các KCN tỉnh",
        "",
        "Đã báo cáo <b>7/8</b> lượt đi cơ sở (88%), trong đó 1 lượt báo cáo trễ.",
        "Cao hơn tháng 10 (50%, tính cả báo cáo trễ).",
        "Cùng kỳ năm trước là 100%.",
        "⚠️ 1 lượt chưa đi.",
        "⚠️ 3 cơ sở chưa ghi nhận lượt đi nào.",
        "🌟 Đạt chỉ tiêu cả tháng: đồng chí Nguyễn Thị An.",
        "📍 Trong tháng đã đến 2/5 cơ sở.",
    ]
    assert "Cần đôn đốc: CĐ phường Long Hòa 0/4 lượt." in messages[GIANG.id].text
    assert messages[GIANG.id].dedupe_key == f"digest:m202611:{GIANG.id}"
    assert "ov:z:m202611:0" in str(messages[GIANG.id].rows)


async def test_twice_is_once_and_a_later_start_tells_the_same_month(work: Work) -> None:
    await a_month(work)
    await monthly.ensure_monthly(work, FIRST)
    await monthly.ensure_monthly(work, FIRST + timedelta(days=9))
    assert {m.dedupe_key.split(":")[1] for m in (await owed(work)).values()} == {"m202611"}


async def test_nothing_is_said_where_nothing_was_planned(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG, AN, NOVEMBER[0], "reported"))
    await monthly.ensure_monthly(work, FIRST)
    assert set(await owed(work)) == {DUNG.id, GIANG.id}


@pytest.mark.parametrize("sentence", Statement)
def test_every_sentence_has_its_words(sentence: Statement) -> None:
    facts = {"month": {"label": lambda: "tháng 11"}, "view": {"name": ""}}
    figures = MonthFigures(1, 2, before=1, year_before=1)
    words = {"before": "tháng 10", "gains": "1 CĐCS", "named": NAMED}
    text = render("overview/month", f=facts, m=figures, sentences=[sentence], **words)
    assert len(text.split("\n")) == 3
