"""The table of proposals: what stands in it, and what never does."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rules.calendar import at
from bot.core.rules.official_names import official_name
from bot.core.work import Work
from bot.summaries.rules.papers import CaseRow
from bot.summaries.rules.unit_scope import owned
from bot.summaries.services import counting, numbers
from bot.summaries.services.unit_scope import ground_of
from storage.enums import CaseStatus
from storage.figures import CaseCount
from storage.models import Reporter
from storage.store import Store
from tests import cast
from tests.cast import CUC, KCN, LONG_HOA, SEN_VANG, TINH
from tests.summaries.services.count_help import NOW, YEAR_END, brought, moment, owes, put

MARCH_3 = date(2026, 3, 3)


@pytest.fixture
async def work(any_store: Store, settings) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def rows(work, *owed) -> list[tuple[CaseRow, ...]]:
    async with work.read() as session:
        ground = await ground_of(session, owed)
        found = await numbers.case_rows(session, ground, owed, YEAR_END)
    return [found[one.id] for one in owed]


async def test_a_row_says_what_where_who_until_when_and_what_came_of_it(work):
    await brought(
        work,
        SEN_VANG,
        MARCH_3,
        "settled",
        kind="proposal",
        text="Đề nghị xây nhà trẻ",
        category="NHA_O",
        unit_id=TINH.id,
        settle_by=moment(date(2026, 3, 24), 17),
        result="Đã có đất",
    )
    [[row]] = await rows(work, await owes(work))
    assert row == CaseRow(
        day=MARCH_3,
        unit=SEN_VANG.name,
        text="Đề nghị xây nhà trẻ",
        category="nhà ở, nhà trẻ",
        level=TINH.name,
        due=date(2026, 3, 24),
        result="Đã giải quyết: Đã có đất",
        note="",
    )


async def test_one_that_went_up_names_the_union_that_has_it_as_papers_name_it(work):
    facts = {"kind": "proposal", "text": "Đề nghị xây nhà trẻ", "unit_id": TINH.id}
    await brought(work, SEN_VANG, MARCH_3, "escalated", **facts)
    [[row]] = await rows(work, await owes(work))
    assert row.result == f"Đã chuyển lên {official_name(TINH.name)}"


@pytest.mark.parametrize("kind", ["concern", "complaint", "denunciation"])
async def test_only_proposals_stand_in_it(work, kind):
    await brought(work, SEN_VANG, MARCH_3, kind=kind)
    assert await rows(work, await owes(work)) == [()]


@pytest.mark.parametrize(
    ("more", "text", "result"),
    [
        ({"category": "QUAY_ROI"}, "Nội dung cần giữ kín", "Đã giải quyết"),
        ({"about_id": CUC.id}, "Nội dung cần giữ kín", "Đã giải quyết"),
        ({"reporter_id": "r1"}, "Kiến nghị do người lao động gửi trực tiếp", "Đã giải quyết"),
        ({"text": "", "result": ""}, "Nội dung đã xóa khi hết thời hạn lưu giữ", "Đã giải quyết"),
    ],
)
async def test_what_never_stands_in_it(work, more, text, result):
    await put(work, Reporter(id="r1", identity=b"", created_at=NOW))
    told = {"kind": "proposal", "text": "chị Lan xưởng 3", "result": "đã gặp chị Lan", **more}
    await brought(work, SEN_VANG, MARCH_3, "settled", **told)
    [[row]] = await rows(work, await owes(work))
    assert (row.text, row.result) == (text, result)
    assert "Lan" not in str(row)
    assert row.unit == (KCN.name if "giữ kín" in text else SEN_VANG.name)


async def test_where_a_worker_said_it_was_stays_out_too(work):
    await put(work, Reporter(id="r1", identity=b"", created_at=NOW))
    told = {"kind": "proposal", "site_id": None, "site_words": "xưởng nhà chị Lan"}
    await brought(work, SEN_VANG, MARCH_3, reporter_id="r1", **told)
    [[row]] = await rows(work, await owes(work))
    assert row.unit == KCN.name


async def test_what_a_worker_was_told_stays_out_when_a_cadres_proposal_was_folded_into_theirs(work):
    await put(work, Reporter(id="r1", identity=b"", created_at=NOW))
    told = {"reporter_id": "r1", "result": "chị Lan đã nhận lương"}
    into = await brought(work, SEN_VANG, MARCH_3, "settled", **told)
    await brought(work, SEN_VANG, MARCH_3, "merged", kind="proposal", merged_into=into.id)
    [[row]] = await rows(work, await owes(work))
    assert row.result == "Đã giải quyết"
    assert row.note == "Giải quyết chung với kiến nghị cùng nội dung"


async def test_notes_say_what_is_overdue_and_which_agency_has_it(work):
    await brought(
        work,
        SEN_VANG,
        MARCH_3,
        "referred",
        kind="proposal",
        settle_by=moment(date(2026, 3, 24)),
        agency="BHXH tỉnh",
        agency_on=date(2026, 3, 5),
    )
    [[row]] = await rows(work, await owes(work))
    assert row.note == "Quá hạn; chuyển BHXH tỉnh ngày 05/03/2026"


async def test_each_unit_has_its_own_in_the_order_of_time(work):
    for site, day in ((SEN_VANG, 9), (cast.BEN_QUE, 8), (SEN_VANG, 7)):
        await brought(work, site, date(2026, 3, day), kind="proposal")
    await brought(work, SEN_VANG, date(2025, 12, 31), kind="proposal")
    mine, theirs = await rows(work, await owes(work, KCN), await owes(work, LONG_HOA))
    assert [row.day.day for row in mine] == [7, 9]
    assert [row.day.day for row in theirs] == [8]


CASES = st.tuples(
    st.integers(2, 6),
    st.integers(1, 6),
    st.sampled_from(["LUONG", "BHXH", "KHAC"]),
    st.sampled_from([status.value for status in CaseStatus]),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(1, 50),
)
PATHS = [(1, "/1/"), (2, "/1/2/"), (3, "/1/3/"), (4, "/1/2/4/"), (5, "/1/5/"), (6, "/1/3/6/")]


@given(st.lists(CASES, max_size=40), st.booleans())
def test_received_is_settled_and_passed_and_open_in_every_category(cases, alone):
    merged = {2: [3, 5], 5: [3]}  # 3 into 5 into 2
    report = owned({7: (2, {5} if alone else ())}, PATHS, merged)[7]
    one = counting.Count(report, date(2026, 1, 1))
    of_unit = {unit: [one] if unit in report.flow else [] for unit, _ in PATHS}
    told = [
        CaseCount(
            home_id=home,
            unit_id=unit,
            category=category,
            status=status,
            overdue=counting.is_overdue(status, due and at(due, time(17, 0)), YEAR_END),
            cases=many,
        )
        for home, unit, category, status, due, many in cases
    ]
    counting.add_cases(of_unit, told)
    counted = one.numbers()
    mine = {2, 4} if alone else {2, 3, 4, 5, 6}
    assert counted.values["received"] == sum(row[5] for row in cases if row[0] in mine)
    assert counted.values["overdue"] <= counted.values["passed"] + counted.values["open"]
    for c in counted.categories.values():
        assert c.received == c.settled + c.passed + c.open
    for key in ("received", "settled", "passed", "open"):
        of_all = sum(getattr(c, key) for c in counted.categories.values())
        assert of_all == counted.values[key]
