"""What is counted for whom: figures of one unit, of merged units, across moves and years."""

from datetime import date, timedelta

import pytest

from bot.core.rules.calendar import Week
from bot.core.work import Work
from bot.summaries.rules.figures import FIGURES, CategoryCount, Sort, TopicCount
from bot.summaries.services.numbers import own_numbers
from storage.enums import UnitKind, VisitStatus
from storage.figures import DaySpan
from storage.models import Alert, SummaryProposal, VisitReport
from storage.store import Store
from tests import cast
from tests.cast import (
    BA_NHIP,
    HON_SAO,
    KCN,
    LONG_HOA,
    SEN_VANG,
    SONG_LANH,
    TAN_LUA,
    TINH,
    VI_NA_SUN,
)
from tests.summaries.services.count_help import (
    NOW,
    YEAR_END,
    all_counted,
    brought,
    change,
    counted,
    merged,
    moment,
    owes,
    put,
    rated,
    sent,
    unit_of,
    went,
)

MARCH_3 = date(2026, 3, 3)
MARCH_10 = date(2026, 3, 10)


@pytest.fixture
async def work(any_store: Store, settings) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def test_visits_of_the_unit_are_counted(work):
    await went(work, SEN_VANG, MARCH_3, workers_met=20, kind="committee", new_members=4)
    await went(work, SEN_VANG, MARCH_10, workers_met=15, topics={"wages": True, "fees": True})
    await went(work, VI_NA_SUN, MARCH_10, kind="survey", commendation="Tổ 5", new_members=3)
    await went(work, TAN_LUA, MARCH_10, kind="care", training_needs="kỹ năng", topics={"fees": 1})
    numbers = await counted(work, await owes(work))
    told = numbers.values
    assert (told["visits"], told["sites_reached"], told["workers_met"]) == (4, 3, 35)
    assert (told["committee_visits"], told["propaganda_visits"], told["care_visits"]) == (1, 1, 1)
    assert (told["surveyed"], told["new_members"], told["commendations"]) == (1, 7, 1)
    assert (told["training_needs"], told["fees_troubles"], "helped" in told) == (1, 2, False)
    assert numbers.topics == {
        "wages": TopicCount(guided=1, trouble=1),
        "fees": TopicCount(guided=2, trouble=2),
    }


async def test_levels_are_those_of_today(work):
    await change(work, BA_NHIP, dissolved_on=date(2026, 5, 5))
    await change(work, TAN_LUA, sensitive=True, women=1500)
    told = (await counted(work, await owes(work))).values
    assert (told["unions"], told["enterprises"], told["sites"]) == (3, 1, 4)
    assert (told["workers"], told["members"]) == (1850 + 1240 + 2300 + 540, 1790 + 1105 + 1980)
    assert (told["sensitive"], told["women"]) == (1, 1500)


@pytest.mark.parametrize(
    ("report", "figure", "value"),
    [
        ({"commendation": "Không có"}, "commendations", 0),
        ({"commendation": "chưa có gì"}, "commendations", 0),
        ({"commendation": "Không nghỉ buổi nào: chị Lan"}, "commendations", 1),
        ({"commendation": ""}, "commendations", None),
        ({"training_needs": "ko có nhu cầu"}, "training_needs", 0),
        ({"training_needs": "kỹ năng thương lượng"}, "training_needs", 1),
        ({"help_given": "Hướng dẫn lập sổ"}, "helped", 1),
        ({"help_given": "không"}, "helped", 0),
        ({"topics": {"wages": False, "disputes": False}}, "helped", None),
        ({"topics": {"wages": False}}, "fees_troubles", None),
        ({"topics": {"fees": False}}, "fees_troubles", 0),
        ({"workers_met": None}, "workers_met", None),
        ({"workers_met": 0}, "workers_met", 0),
        ({"new_members": None}, "new_members", None),
    ],
)
async def test_a_question_is_answered_with_yes_or_no_or_not_at_all(work, report, figure, value):
    await went(work, SEN_VANG, MARCH_3, **report)
    assert (await counted(work, await owes(work))).values.get(figure) == value


async def test_a_visit_of_the_provinces_people_is_none_of_the_units_but_what_it_found_is(work):
    await went(work, SEN_VANG, MARCH_3, workers_met=5, by_leader=True, commendation="Tổ 1")
    await went(work, SEN_VANG, MARCH_10, workers_met=7, by_leader=False)
    answers = {"new_members": 3, "arrears_state": "wages", "topics": {"fees": True}}
    await went(
        work, TAN_LUA, MARCH_10, made_by=TINH, workers_met=40, commendation="Tổ 2", **answers
    )
    told = (await counted(work, await owes(work))).values
    assert (told["visits"], told["workers_met"], told["commendations"]) == (2, 12, 1)
    assert (told["leader_visits"], told["specialist_visits"]) == (1, 1)
    assert (told["sites_reached"], told["weeks_met"]) == (1, 2)
    assert (told["new_members"], told["arrears_sites"], told["fees_troubles"]) == (3, 1, 1)


async def test_the_provinces_own_people_and_cases_are_counted_apart_from_the_units(work):
    await went(work, SEN_VANG, MARCH_3, workers_met=5)
    await went(work, TAN_LUA, MARCH_10, made_by=TINH, by_leader=True, workers_met=40)
    await brought(work, SEN_VANG, MARCH_3, "escalated", unit_id=TINH.id)
    await brought(work, SEN_VANG, MARCH_3, home_id=TINH.id, unit_id=TINH.id)
    await brought(work, SEN_VANG, MARCH_3, "referred", home_id=TINH.id, unit_id=TINH.id)
    async with work.read() as session:
        span = DaySpan(date(2026, 1, 1), YEAR_END)
        own = (await own_numbers(session, work, TINH.id, span)).values
    assert (own["visits"], own["leader_visits"], own["workers_met"]) == (1, 1, 40)
    assert (own["received"], own["open"], own["handed_up"], own["referred"]) == (2, 1, 0, 1)
    unit = (await counted(work, await owes(work))).values
    assert (unit["visits"], unit["received"], unit["handed_up"]) == (1, 1, 1)


async def test_an_empty_unit_has_every_figure_and_all_of_them_are_nothing(work):
    nobody = cast.Place(50, "V", "CĐ xã Vắng", UnitKind.UPPER, "/1/50/", 1)
    await put(work, unit_of(nobody))
    numbers = await counted(work, await owes(work, nobody))
    told = dict(numbers.values)
    assert told.pop("weeks") > 40
    unasked = {f.key for f in FIGURES if f.sort is Sort.SHARE or f.optional}
    assert set(told) == {f.key for f in FIGURES} - unasked - {"weeks"}
    assert set(told.values()) == {0}
    assert (numbers.topics, numbers.categories, numbers.ratings) == ({}, {}, {})


async def test_before_the_period_begins_nothing_has_happened_in_it(work):
    await went(work, SEN_VANG, date(2026, 12, 31), topics={"wages": True}, arrears="nợ lương")
    await brought(work, SEN_VANG, date(2026, 12, 31))
    await rated(work, SEN_VANG, 2026, "XS")
    next_year = await owes(work, year=2027)
    numbers = await counted(work, next_year, date(2026, 12, 31))
    flows = [f.key for f in FIGURES if f.sort is Sort.FLOW]
    assert {numbers.values.get(key, 0) for key in flows} == {0}
    assert numbers.values["sites"] == 5


@pytest.mark.parametrize(
    ("status", "latest", "day", "counts"),
    [
        (VisitStatus.REPORTED, True, date(2026, 1, 1), 1),
        (VisitStatus.REPORTED, True, date(2025, 12, 31), 0),
        (VisitStatus.REPORTED, True, YEAR_END, 1),
        (VisitStatus.REPORTED, True, YEAR_END + timedelta(days=1), 0),
        (VisitStatus.REPORTED, False, MARCH_3, 0),
        (VisitStatus.MISSED, True, MARCH_3, 0),
        (VisitStatus.CONFIRMED, True, MARCH_3, 0),
    ],
)
async def test_a_visit_counts_once_reported_on_the_day_its_latest_report_names(
    work, status, latest, day, counts
):
    visit = await went(work, SEN_VANG, day, workers_met=9, latest=latest)
    async with work.write() as session:
        (await session.get_one(type(visit), visit.id)).status = status
    told = (await counted(work, await owes(work))).values
    assert (told["visits"], told.get("workers_met", 0)) == (counts, 9 * counts)


async def test_a_corrected_report_counts_once(work):
    visit = await went(work, SEN_VANG, MARCH_3, workers_met=90, latest=False)
    again = VisitReport(
        visit_id=visit.id,
        version=2,
        author_id=1,
        submitted_at=NOW,
        visited_on=MARCH_3,
        kind="care",
        workers_met=9,
    )
    await put(work, again)
    told = (await counted(work, await owes(work))).values
    assert (told["visits"], told["workers_met"], told["care_visits"]) == (1, 9, 1)


async def test_a_site_that_moved_counts_where_it_was_visited_and_stands_where_it_is(work):
    await went(work, SEN_VANG, MARCH_3, arrears="nợ lương tháng 2")
    await change(work, SEN_VANG, parent_id=LONG_HOA.id, path=f"{LONG_HOA.path}{SEN_VANG.id}/")
    await went(work, SEN_VANG, date(2026, 9, 9), unit=LONG_HOA, arrears="nợ BHXH")
    here, there = await owes(work), await owes(work, LONG_HOA)
    found = await all_counted(work, [here, there])
    old, new = found[here.id].values, found[there.id].values
    assert (old["visits"], new["visits"]) == (1, 1)
    assert (old["sites_reached"], new["sites_reached"]) == (1, 1)
    assert (old["unions"], new["unions"]) == (3, 4)
    assert ("arrears_sites" in old, new["arrears_sites"]) == (False, 1)  # once among all


async def test_the_newest_report_says_whether_something_is_owed(work):
    await went(work, SEN_VANG, MARCH_3, arrears="nợ lương")
    await went(work, SEN_VANG, MARCH_10)
    await went(work, TAN_LUA, MARCH_3)
    await went(work, TAN_LUA, MARCH_10, arrears="nợ BHXH 3 tháng")
    await went(work, SONG_LANH, date(2025, 12, 1), arrears="nợ lương")
    told = (await counted(work, await owes(work))).values
    # A later report that was not asked takes nothing back.
    assert (told["arrears_sites"], told["arrears_wages"], told["arrears_insurance"]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("reports", "figures"),
    [
        ([{}], None),
        ([{"topics": {"wages": False}}], None),
        ([{"arrears_state": "none"}], (1, 0, 0, 0, 0)),
        ([{"arrears_state": "both"}], (1, 1, 1, 1, 0)),
        ([{"arrears_state": "wages"}, {"arrears_state": "none"}], (1, 0, 0, 0, 0)),
        ([{"arrears_state": "wages"}, {}], (1, 1, 1, 0, 0)),
        ([{"arrears": "Không nợ"}], (1, 0, 0, 0, 0)),
        ([{"arrears": "tháng 9, 40 triệu"}], (0, 0, 0, 0, 1)),
        ([{"arrears_state": "unclear"}], (0, 0, 0, 0, 1)),
        ([{"topics": {"wages": True}, "topic_words": "nợ lương tháng 10"}], (1, 1, 1, 0, 0)),
        ([{"topics": {"wages": True}, "topic_words": "lương thấp"}], None),
    ],
)
async def test_arrears_are_stated_denied_left_open_or_not_spoken_of(work, reports, figures):
    for n, report in enumerate(reports):
        await went(work, SEN_VANG, MARCH_3 + timedelta(days=n), **report)
    told = (await counted(work, await owes(work))).values
    keys = ("arrears_asked", "arrears_sites", "arrears_wages", "arrears_insurance")
    found = tuple(told.get(key) for key in (*keys, "arrears_unclear"))
    assert found == (figures or (None,) * 5)


async def test_a_merged_unit_counts_with_its_successor(work):
    await went(work, SEN_VANG, MARCH_3)
    await went(work, cast.ONG_TU, MARCH_10, by=cast.CUC)
    await brought(work, cast.ONG_TU, MARCH_3, "settled")
    await merged(work, HON_SAO, KCN, date(2026, 7, 1), *cast.SITES[8:])
    await went(work, cast.ONG_TU, date(2026, 9, 9), unit=KCN)
    told = (await counted(work, await owes(work))).values
    assert (told["visits"], told["sites_reached"], told["received"]) == (3, 2, 1)
    assert told["unions"] == 4 + 3


async def test_through_two_mergers(work):
    await went(work, cast.ONG_TU, MARCH_3)
    await went(work, cast.BEN_QUE, MARCH_3)
    await merged(work, HON_SAO, LONG_HOA, date(2026, 5, 1), *cast.SITES[8:])
    await merged(work, LONG_HOA, KCN, date(2026, 7, 1), *cast.SITES[5:])
    told = (await counted(work, await owes(work))).values
    assert (told["visits"], told["sites_reached"], told["sites"]) == (2, 2, len(cast.SITES))


async def test_a_predecessor_that_sent_its_own_report_stands_on_its_own_row(work):
    await went(work, cast.ONG_TU, MARCH_3)
    await went(work, cast.BEN_QUE, MARCH_3)
    theirs = await owes(work, LONG_HOA)
    await sent(work, theirs)
    await merged(work, HON_SAO, LONG_HOA, date(2026, 5, 1), *cast.SITES[8:])
    await merged(work, LONG_HOA, KCN, date(2026, 11, 1), *cast.SITES[5:])
    ours = await owes(work)
    found = await all_counted(work, [ours, theirs])
    assert found[ours.id].values["visits"] == 0  # Hòn Sao's are in Long Hòa's report
    assert found[theirs.id].values["visits"] == 2
    assert found[ours.id].values["sites"] == len(cast.SITES)


async def test_a_predecessor_that_sent_another_report_still_counts(work):
    await went(work, cast.BEN_QUE, MARCH_3)
    await sent(work, await owes(work, LONG_HOA, group="ctr-1306:june:2026"))
    await merged(work, LONG_HOA, KCN, date(2026, 11, 1), *cast.SITES[5:8])
    assert (await counted(work, await owes(work))).values["visits"] == 1


async def test_all_at_once_is_each_alone(work):
    await went(work, SEN_VANG, MARCH_3, topics={"wages": True})
    await went(work, cast.BEN_QUE, MARCH_3)
    await brought(work, cast.BEN_QUE, MARCH_3)
    owed = [await owes(work, place) for place in (KCN, LONG_HOA, HON_SAO)]
    short = await owes(work, KCN, group="half", last_day=date(2026, 2, 28))
    together = await all_counted(work, [*owed, short])
    alone = {one.id: await counted(work, one) for one in [*owed, short]}
    assert together == alone
    assert [together[o.id].values["visits"] for o in [*owed, short]] == [1, 1, 0, 0]


async def test_weeks_before_the_unit_was_known_are_not_asked_for(work):
    await change(work, KCN, known_since=date(2026, 1, 9))  # a Friday: that week is over for it
    told = (await counted(work, await owes(work), date(2026, 1, 25))).values
    assert told["weeks"] == 2  # 12–18/1 and 19–25/1


async def test_weeks_belong_to_the_year_of_their_thursday(work):
    await change(work, KCN, known_since=date(2025, 12, 1))
    year = await owes(work)
    numbers = await counted(work, year, date(2026, 1, 15))
    assert numbers.values["weeks"] == 3  # 29/12–4/1, 5–11/1 and 12–18/1
    await went(work, SEN_VANG, date(2025, 12, 30))  # in week 1 of 2026
    await went(work, SEN_VANG, date(2026, 1, 13))
    await went(work, SEN_VANG, date(2026, 1, 14))
    told = (await counted(work, year, date(2026, 1, 15))).values
    assert (told["weeks_met"], told["visits"]) == (2, 2)


async def test_a_week_off_is_not_asked_for_even_if_somebody_went(work):
    off = work.calendar
    tet = next(
        date(2026, 1, 5) + timedelta(weeks=n)
        for n in range(52)
        if off.week_is_off(Week.of(date(2026, 1, 5) + timedelta(weeks=n)))
    )
    before = (await counted(work, await owes(work), tet - timedelta(days=1))).values["weeks"]
    await went(work, SEN_VANG, tet)
    told = (await counted(work, await owes(work, group="x"), tet + timedelta(days=6))).values
    assert (told["weeks"], told["weeks_met"], told["visits"]) == (before, 0, 1)


@pytest.mark.parametrize(
    ("status", "unit", "key"),
    [
        ("received", KCN, "open"),
        ("in_progress", KCN, "open"),
        ("escalated", TINH, "passed"),
        ("in_progress", TINH, "passed"),
        ("referred", KCN, "passed"),
        ("guided", KCN, "settled"),
        ("settled", TINH, "settled"),
        ("answered", KCN, "settled"),
    ],
)
async def test_a_case_is_settled_or_passed_or_open(work, status, unit, key):
    await brought(work, SEN_VANG, MARCH_3, status, unit_id=unit.id, category="BHXH")
    numbers = await counted(work, await owes(work))
    stands = {one: numbers.values[one] for one in ("received", "settled", "passed", "open")}
    assert stands == {"received": 1, "settled": 0, "passed": 0, "open": 0, key: 1}
    assert numbers.categories == {"BHXH": CategoryCount(received=1, **{key: 1})}


async def test_a_case_folded_into_another_stands_where_that_one_stands(work):
    first = await brought(work, SEN_VANG, MARCH_3, "settled")
    await brought(work, SEN_VANG, MARCH_10, "merged", merged_into=first.id, category="THUONG")
    numbers = await counted(work, await owes(work))
    assert numbers.values["settled"] == 2
    assert numbers.categories["THUONG"] == CategoryCount(received=1, settled=1, passed=0, open=0)


@pytest.mark.parametrize(
    ("status", "due", "overdue"),
    [
        ("received", YEAR_END - timedelta(days=1), 1),
        ("referred", YEAR_END - timedelta(days=1), 1),
        ("received", YEAR_END, 0),
        ("settled", YEAR_END - timedelta(days=9), 0),
    ],
)
async def test_overdue_is_what_should_have_been_settled_before_the_day_of_counting(
    work, status, due, overdue
):
    await brought(work, SEN_VANG, MARCH_3, status, settle_by=moment(due, 16))
    assert (await counted(work, await owes(work))).values["overdue"] == overdue


async def test_what_a_summary_proposes_is_not_counted_as_received(work):
    owed = await owes(work)
    case = await brought(work, SEN_VANG, MARCH_3, kind="proposal")
    summary = await sent(work, owed)
    await put(
        work,
        SummaryProposal(
            summary_id=summary.id,
            addressee="btv",
            text="x",
            author_id=1,
            at=NOW,
            case_id=case.id,
        ),
    )
    assert (await counted(work, owed)).values["received"] == 0


async def test_ratings_are_compared_with_the_year_before(work):
    for site, rating in ((SEN_VANG, "XS"), (SONG_LANH, "XS"), (TAN_LUA, "KHT")):
        await rated(work, site, 2026, rating)
    numbers = await counted(work, await owes(work))
    assert numbers.ratings == {"XS>XS": 1, "T>XS": 1, "HT>KHT": 1}
    told = numbers.values
    assert (told["rated"], told["raised"], told["lowered"]) == (3, 1, 1)


async def test_a_first_rating_is_neither_up_nor_down(work):
    await rated(work, VI_NA_SUN, 2026, "HT")
    numbers = await counted(work, await owes(work))
    assert (numbers.ratings, numbers.values["raised"]) == ({">HT": 1}, 0)


async def test_new_unions_and_surveys_of_those_that_had_none_yet(work):
    await change(work, SEN_VANG, union_since=date(2026, 6, 1))
    await change(work, SONG_LANH, union_since=date(2025, 6, 1))
    await went(work, SEN_VANG, MARCH_3)  # still without a union
    await went(work, SONG_LANH, MARCH_3)
    told = (await counted(work, await owes(work))).values
    assert (told["new_unions"], told["surveyed"]) == (1, 1)


async def test_an_alert_that_grew_is_one_event(work):
    case = await brought(work, SEN_VANG, MARCH_3)
    for day in (date(2025, 12, 30), date(2026, 1, 2), MARCH_3, MARCH_3 + timedelta(days=5)):
        await put(
            work,
            Alert(
                key="site:11:cluster",
                unit_id=KCN.id,
                home_id=KCN.id,
                site_id=SEN_VANG.id,
                case_id=case.id,
                at=moment(day),
                level="alarm",
            ),
        )
    assert (await counted(work, await owes(work))).values["alerts"] == 1
