"""A report written on a phone without coverage: the chat's questions, the chat's checks, once."""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.form import Moment
from bot.conversation.whole_form import Unfit, described, inputs, is_blank
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from bot.visits.facts.visits import Submitted
from bot.visits.forms import offline_report
from bot.visits.forms.offline_report import FilesMissing, WrittenReport, take, week_of_phone
from bot.visits.forms.report import REPORT
from bot.visits.services import reports
from storage.enums import Arrears, VisitStatus
from storage.models import Case, ReportTopic, StoredFile, Visit, VisitReport
from storage.store import Store
from tests import cast
from tests.cases.help import acting
from tests.cast import AN, BINH, MONDAY, SEN_VANG, SONG_LANH, VAULT, WEDNESDAY_1500
from tests.rows import every

NOW = WEDNESDAY_1500
KEY = "0123456789abcdef" * 2
HONEST = "Công nhân chuyền 5 phản ánh định mức tăng lên 120 cái một giờ, nhiều chị em không đạt."
CORE = {
    "visited_on": "2026-11-17",
    "kind": "dialogue",
    "workers_met": "12",
    "topics": {"wages": "trouble", "safety": "good"},
    "t.wages": "Chậm lương tháng 10",
    "situation": {"text": HONEST, "files": []},
    "arrears_state": "wages",
}
EXTRAS = {
    "aspirations": "Mong có xe đưa đón",
    "proposals": ["Đề nghị công ty trả lương đúng hạn", "Đề nghị mở lớp mầm non"],
    "results": [{"kind": "care", "values": {"people": "25", "gifts": "25", "money": "12,5 triệu"}}],
    "help_given": "Đã hướng dẫn làm đơn",
    "met_union": "Chị Mai",
    "met_management": "Anh Tuấn",
    "headcount": "1.850",
    "women": "1200",
    "members": "1790",
    "new_members": "12",
    "average_income": "7,5 triệu",
    "arrears": "Từ tháng 10, 120 người",
    "suggested_rating": "XS",
    "commendation": "Tổ may 3",
    "commendation_kind": "collective",
    "training_needs": "Kỹ năng thương lượng",
    "agreements": [
        {"kind": "task", "values": {"what": "Trả lương", "who": "Doanh nghiệp", "until": ""}},
        {"kind": "task", "values": {"what": "Họp lại", "who": "bch cđcs", "until": "2026-11-30"}},
    ],
    "place": [10.02, 105.08],
}


@pytest.fixture
async def work(store: Store, settings: Any) -> Work:
    return await settled_in(store, settings)


async def settled_in(store: Store, settings: Any) -> Work:
    await cast.settle(store)
    return Work(store, settings, settings.make_calendar(), VAULT)


@pytest.fixture
async def an(work: Work) -> Context:
    return Context(work, await acting(work, AN), NOW)


@pytest.fixture
async def visit_id(work: Work) -> int:
    return await a_visit(work)


async def a_visit(work: Work, site: cast.Place = SEN_VANG) -> int:
    visit = Visit(
        key=f"w47:{site.id}",
        week=MONDAY.date(),
        site_id=site.id,
        unit_id=site.parent or 0,
        officer_id=AN.id,
        created_at=MONDAY,
    )
    async with work.write() as session:
        session.add(visit)
    return visit.id or 0


async def no_files(_digests: Collection[str]) -> Mapping[str, tuple[int, str]]:
    return {}


def written(visit_id: int, values: Mapping[str, Any] = CORE, key: str = KEY) -> WrittenReport:
    return WrittenReport(key, visit_id, SEN_VANG.id, values)


async def sent(context: Context, visit_id: int, **changed: Any) -> Submitted:
    return await take(context, written(visit_id, {**CORE, **changed}), no_files)


async def rows(work: Work, table: Any) -> list[Any]:
    async with work.read() as session:
        return list((await session.exec(every(table))).all())


async def test_all_that_a_report_can_say_arrives_as_if_it_had_been_said_in_the_chat(
    an: Context, visit_id: int
) -> None:
    await take(an, written(visit_id, {**CORE, **EXTRAS}), no_files)
    report = (await rows(an.work, VisitReport))[0]
    assert report.phone_key == KEY
    assert (report.workers_met, report.headcount, report.average_income) == (12, 1850, 7_500_000)
    assert report.situation == HONEST
    assert report.arrears_state is Arrears.WAGES
    assert [a["who"] for a in report.agreements] == ["doanh nghiệp", "BCH CĐCS"]
    assert report.agreements[1]["until"] == "2026-11-30"
    assert (report.latitude, report.longitude) == (10.02, 105.08)
    blank = [
        field.key
        for field in offline_report.REPORT.extras
        if field.key in VisitReport.model_fields and is_blank(getattr(report, field.key))
    ]
    assert blank == []
    topics = {t.topic: (t.trouble, t.words) for t in await rows(an.work, ReportTopic)}
    assert topics == {"wages": (True, "Chậm lương tháng 10"), "safety": (False, "")}
    assert {case.text for case in await rows(an.work, Case)} >= set(EXTRAS["proposals"])
    assert (await rows(an.work, Visit))[0].status is VisitStatus.REPORTED


async def test_sent_again_after_a_lost_answer_it_is_the_same_receipt(
    an: Context, visit_id: int
) -> None:
    first = await sent(an, visit_id)
    again = await sent(replace(an, now=NOW + timedelta(hours=3)), visit_id, workers_met="99")
    assert again.report.id == first.report.id
    assert again.report.workers_met == 12
    assert len(await rows(an.work, VisitReport)) == 1


async def test_sent_by_several_tabs_at_once_it_is_one_report(
    any_store: Store, settings: Any
) -> None:
    work = await settled_in(any_store, settings)
    an, visit_id = Context(work, await acting(work, AN), NOW), await a_visit(work)
    receipts = await asyncio.gather(*(sent(an, visit_id) for _ in range(4)))
    assert len({submitted.report.id for submitted in receipts}) == 1
    assert len(await rows(work, VisitReport)) == 1


async def test_it_is_known_again_after_it_was_corrected_in_the_chat(
    an: Context, visit_id: int
) -> None:
    first = await sent(an, visit_id)
    corrected = {"visited_on": NOW.date(), "kind": "care", "workers_met": 3, "situation": HONEST}
    await reports.submit(an, visit_id, reports.ReportAnswers(corrected))
    again = await sent(an, visit_id)
    assert again.report.id == first.report.id
    assert [r.workers_met for r in await rows(an.work, VisitReport)] == [12, 3]


async def test_what_was_reported_another_way_is_not_written_over(
    an: Context, visit_id: int
) -> None:
    columns = {"visited_on": NOW.date(), "kind": "care", "workers_met": 3, "situation": HONEST}
    await reports.submit(an, visit_id, reports.ReportAnswers(columns))
    with pytest.raises(Refused, match="đã có báo cáo gửi trước đó"):
        await sent(an, visit_id)
    assert [r.workers_met for r in await rows(an.work, VisitReport)] == [3]


async def test_a_visit_given_to_another_is_refused(an: Context, visit_id: int) -> None:
    async with an.work.write() as session:
        (await session.get_one(Visit, visit_id)).officer_id = BINH.id
    with pytest.raises(Refused, match=messages.NOT_ALLOWED):
        await sent(an, visit_id)


async def test_a_visit_that_leads_elsewhere_now_is_refused(an: Context, visit_id: int) -> None:
    async with an.work.write() as session:
        (await session.get_one(Visit, visit_id)).site_id = SONG_LANH.id
    with pytest.raises(Refused, match=messages.PLACE_CHANGED):
        await sent(an, visit_id)


async def test_weeks_later_it_is_refused(an: Context, visit_id: int) -> None:
    late = replace(an, now=NOW + timedelta(weeks=30))
    with pytest.raises(Refused, match="đã quá hạn bổ sung"):
        await sent(late, visit_id)


async def test_the_key_of_somebody_else_shows_nothing(an: Context, visit_id: int) -> None:
    await sent(an, visit_id)
    binh = replace(an, actor=await acting(an.work, BINH))
    with pytest.raises(Refused, match=messages.NOT_ALLOWED):
        await sent(binh, visit_id)


async def test_what_was_written_before_the_week_was_over_is_in_time(
    an: Context, visit_id: int
) -> None:
    monday = MONDAY + timedelta(days=7)
    submitted = await sent(replace(an, now=monday, sent_at=monday - timedelta(hours=9)), visit_id)
    assert not submitted.visit.late


@pytest.mark.parametrize(
    ("changed", "step", "sentence"),
    [
        ({"situation": {"text": "", "files": []}}, "situation", "chưa trả lời"),
        ({"workers_met": "nhiều"}, "workers_met", "chữ số"),
        ({"visited_on": "2026-11-20"}, "visited_on", "chưa tới"),
        ({"visited_on": "2026-11-10"}, "visited_on", "không nằm trong"),
        ({"topics": {"wages": "trouble"}, "t.wages": ""}, "t.wages", "chưa trả lời"),
        ({"headcount": "5", "women": "9"}, "women", "lớn hơn"),
        ({"commendation": "Tổ may 3"}, "commendation_kind", "chưa trả lời"),
        ({"asked_no_more": "lời"}, "asked_no_more", "Mẫu báo cáo vừa đổi"),
        ({"results": [{"kind": "no_more", "values": {}}]}, "results", "chọn"),
    ],
)
async def test_what_does_not_fit_is_said_at_its_question(
    an: Context, visit_id: int, changed: dict[str, Any], step: str, sentence: str
) -> None:
    with pytest.raises(Unfit) as refused:
        await sent(an, visit_id, **changed)
    assert list(refused.value.steps) == [step]
    assert sentence in refused.value.steps[step]
    assert await rows(an.work, VisitReport) == []


async def test_files_that_have_not_arrived_are_named_and_then_taken(
    an: Context, visit_id: int
) -> None:
    digest = "a" * 64
    values = {**CORE, "situation": {"text": "", "files": [digest]}}
    with pytest.raises(FilesMissing) as missing:
        await take(an, written(visit_id, values), no_files)
    assert missing.value.digests == [digest]
    async with an.work.write() as session:
        file = StoredFile(
            channel="web", reference="", unique_id="1", kind="photo", created_at=NOW, sha256=digest
        )
        session.add(file)

    async def arrived(_digests: Collection[str]) -> Mapping[str, tuple[int, str]]:
        return {digest: (file.id or 0, "photo")}

    submitted = await take(an, written(visit_id, values), arrived)
    assert submitted.files == 1


async def test_the_phone_gets_what_waits_for_a_report_and_what_has_arrived(
    an: Context, visit_id: int
) -> None:
    other = await a_visit(an.work, SONG_LANH)
    await sent(an, visit_id)
    week = await week_of_phone(an)
    assert [(v["id"], v["place"], v["name"]) for v in week["visits"]] == [
        (other, SONG_LANH.id, SONG_LANH.name)
    ]
    assert [v["id"] for v in week["others"]] == [visit_id]
    assert week["arrived"] == {KEY: NOW.isoformat()}
    steps = week["forms"][week["visits"][0]["form"]]
    assert {"situation", "topics", "t.wages", "agreements"} <= {step["key"] for step in steps}
    binh = replace(an, actor=await acting(an.work, BINH))
    assert (await week_of_phone(binh))["arrived"] == {}


def test_every_question_of_the_report_can_be_asked_away_from_the_program() -> None:
    """A new field, kind or condition that no phone could show fails here."""
    about = {"week": MONDAY.date().isoformat()}
    steps = described(REPORT, Moment(NOW, about, {}))
    assert {step["sort"] for step in steps} <= {
        *("choice", "day", "number", "words", "checklist", "note", "items", "place", "records")
    }
    for step in (*REPORT.steps, *REPORT.extras):
        assert inputs.dispatch(type(step.kind)) is not inputs.dispatch(object), step.key
        assert "tin nhắn" not in (step.ask_on_page or step.ask), step.key


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(["good", "trouble", "2026-11-17", "\x00", "9" * 4200, "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "files", "kind", "values", "what", "who", "wages"]), inner
        )
    ),
    max_leaves=6,
)
steps_of = st.sampled_from([s.key for s in (*REPORT.steps, *REPORT.extras)])


@pytest.mark.wide
@given(st.dictionaries(steps_of, values, max_size=4))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_whatever_is_sent_is_taken_or_refused(
    an: Context, visit_id: int, given: dict[str, Any]
) -> None:
    async def arrived(digests: Collection[str]) -> Mapping[str, tuple[int, str]]:
        return {}

    with suppress(Refused):
        await take(an, written(visit_id, {**CORE, **given}), arrived)
    assert len(await rows(an.work, VisitReport)) <= 1


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        {},
        {"key": KEY, "visit": True, "place": 1, "values": {}},
        {"key": KEY.upper(), "visit": 1, "place": 1, "values": {}},
        {"key": KEY, "visit": 2**40, "place": 1, "values": {}},
        {"key": KEY, "visit": 1, "place": 1, "values": []},
    ],
)
def test_what_is_no_report_is_refused(given: Any) -> None:
    with pytest.raises(Refused):
        WrittenReport.read(given)
