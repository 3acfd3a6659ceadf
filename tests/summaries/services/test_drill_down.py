"""What a number was counted from adds up to the number; who may look, and what stays quiet."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.cases.cards.labels import CATEGORIES
from bot.channels.telegram.cards import MAX_DATA_BYTES, MAX_TEXT
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from bot.summaries.cards import figures
from bot.summaries.facts.figures import FigureEntry
from bot.summaries.rules.figures import FIGURES, PARTS, Sort, value_of
from bot.summaries.services import contents
from bot.summaries.services.drill_down import behind
from bot.summaries.services.drill_down_lists import OTHERS
from bot.visits.rules.results import OWN
from storage.models import Alert, Commendation, SummaryCorrection, SummaryVersion
from storage.store import Store
from tests import cast
from tests.cases.help import acting
from tests.cast import AN, BINH, CUC, DUNG, GIANG, KCN, LAN, SEN_VANG, SONG_LANH, TAN_LUA, VI_NA_SUN
from tests.summaries.services.count_help import (
    NOW,
    brought,
    change,
    counted,
    merged,
    moment,
    owes,
    put,
    rated,
    sent,
    went,
)

MARCH_3 = date(2026, 3, 3)
COUNTED = [figure.key for figure in FIGURES]
SENT = {"sent_at": NOW, "sent_by": DUNG.id, "due_before": date(2026, 12, 15)}


@pytest.fixture
async def work(any_store: Store, settings) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


def every_result(n):
    """A result of every kind for each of its choices, with all its numbers."""
    for kind in OWN:
        choices = [(m.key, key) for m in kind.measures for key, _ in m.choices] or [()]
        counted_values = {m.key: n * 5_000 + 1_000 for m in kind.measures if m.is_counted}
        for choice in choices:
            chosen = {choice[0]: choice[1]} if choice else {}
            yield {"kind": kind.key, "values": {**counted_values, **chosen}}


@pytest.fixture
async def owed(work):
    """A year in which every figure is there, and most of them more than once."""
    kinds = ("committee", "propaganda", "exchange", "care", "dialogue", "survey", "unplanned")
    for n in range(13):
        site = (SEN_VANG, TAN_LUA, VI_NA_SUN, SONG_LANH)[n % 4]
        await went(
            work,
            site,
            MARCH_3 + timedelta(days=5 * n),
            kind=kinds[n % 7],
            by=BINH if n % 3 else AN,
            workers_met=n * 3 or None,
            new_members=n % 5,
            arrears_state=("wages", "both", "unclear", None)[n % 4],
            arrears="từ tháng 9" if n % 2 else "",
            commendation="Tổ may 5" if n % 4 == 0 else "",
            training_needs="kỹ năng thương lượng" if n % 6 == 0 else "không có",
            by_leader=n % 5 == 0,
            help_given="Giúp lập sổ" if n % 2 else "",
            results=list(every_result(n)) if n % 3 else [],
            topics={"wages": n % 2 == 0, "fees": n % 3 == 0, "safety": False},
        )
    agreed = {"site_id": SEN_VANG.id, "unit_id": KCN.id, "words": "Tổ may 5", "state": "accepted"}
    agreed |= {"proposed_by": AN.id, "proposed_at": moment(MARCH_3)}
    await put(work, Commendation(visit_id=1, **agreed))
    statuses = ("received", "referred", "settled", "answered", "in_progress", "guided", "escalated")
    for n, status in enumerate(statuses):
        case = await brought(
            work,
            SEN_VANG,
            MARCH_3 + timedelta(days=n),
            status,
            category="QUAY_ROI" if n == 4 else "LUONG",
            unit_id=1 if status == "escalated" else KCN.id,
            settle_by=moment(date(2026, 4, 4)),
        )
    await brought(work, SEN_VANG, MARCH_3, "merged", merged_into=case.id)
    for n in range(3):
        alert = {"unit_id": KCN.id, "site_id": SEN_VANG.id, "case_id": case.id, "level": "alarm"}
        alert["home_id"] = KCN.id
        day = moment(MARCH_3 + timedelta(days=20 * n))
        await put(work, Alert(key=f"site:{n % 2}", at=day, signs=["stoppage:ngừng việc"], **alert))
    await change(work, SEN_VANG, women=900, sensitive=True, union_since=date(2026, 3, 10))
    for site, rating in ((SEN_VANG, "XS"), (SONG_LANH, "XS"), (TAN_LUA, "KHT")):
        await rated(work, site, 2026, rating)
    await went(work, cast.BEN_QUE, MARCH_3, by=CUC, workers_met=7)
    await went(work, SEN_VANG, MARCH_3, by=CUC, made_by=cast.TINH, workers_met=90, new_members=6)
    await merged(work, cast.LONG_HOA, KCN, date(2026, 6, 1), *cast.SITES[5:8])
    return await owes(work)


async def pages_of(work, owed, key, one=GIANG):
    actor = await acting(work, one)
    first = await behind(Context(work, actor, NOW), owed.id, key, 0)
    rest = [await behind(Context(work, actor, NOW), owed.id, key, n) for n in range(1, first.pages)]
    return [first, *rest]


async def test_every_list_adds_up_to_its_figure(work, owed):
    numbers = await counted(work, owed)
    told, listed = {}, {}
    for figure in FIGURES:
        if figure.sort is Sort.SHARE:
            continue
        pages = await pages_of(work, owed, figure.key)
        told[figure.key] = pages[0].value
        listed[figure.key] = sum(entry.worth for page in pages for entry in page.entries)
    assert told == dict(numbers.values)
    assert listed == told
    assert [key for key, value in told.items() if not value] == []


async def same_as_counted(work, owed):
    values = (await counted(work, owed)).values
    pages = [(await pages_of(work, owed, figure.key))[0] for figure in FIGURES]
    behind_numbers = {page.figure.key: page.value for page in pages}
    assert behind_numbers == {figure.key: value_of(values, figure.key) for figure in FIGURES}
    return behind_numbers


async def test_behind_every_number_stands_the_same_number(work, owed):
    await same_as_counted(work, owed)


async def test_what_nobody_was_asked_is_unknown_behind_its_number_too(work):
    values = await same_as_counted(work, await owes(work))
    assert values["arrears_wages"] is values["workers_met"] is values["specialist_visits"] is None


async def test_what_was_answered_with_nothing_is_none_at_all_behind_its_number_too(work):
    owed = await owes(work)
    nothing = dict.fromkeys(("help_given", "commendation", "training_needs"), "không có")
    results = [
        {"kind": kind.key, "values": {m.key: 0 for m in kind.measures if m.is_counted}}
        for kind in OWN
    ]
    await went(
        work,
        SEN_VANG,
        MARCH_3,
        arrears_state="none",
        workers_met=0,
        new_members=0,
        by_leader=True,
        results=results,
        topics={"fees": False},
        **nothing,
    )
    values = await same_as_counted(work, owed)
    without = ("arrears_wages", "workers_met", "new_members", "helped", "commended")
    assert {key: values[key] for key in (*without, "fees_troubles")} == dict.fromkeys(
        (*without, "fees_troubles"), 0
    )
    answered_with_0 = [f.key for f in FIGURES if f.of_result and values[f.key] == 0]
    assert answered_with_0


async def test_a_share_shows_the_two_figures_it_comes_from(work, owed):
    values = (await counted(work, owed)).values
    for figure in FIGURES:
        if figure.share_of:
            [page] = await pages_of(work, owed, figure.key)
            part, whole = figure.share_of
            assert page.value == value_of(values, figure.key) is not None
            assert page.shared.part_value == values[part]
            assert page.shared.whole_value == values[whole]


async def in_list_since(work, day):
    """The union, and the one that was merged into it."""
    for unit in (KCN, cast.LONG_HOA):
        await change(work, unit, known_since=day)


async def test_weeks_say_since_when_they_are_counted_where_the_unit_came_later(work, owed):
    await in_list_since(work, date(2026, 5, 4))
    for key, is_explained in (("weeks", True), ("weeks_share", True), ("visits", False)):
        page, *_ = await pages_of(work, owed, key)
        card = figures.behind(page).text
        assert ("Đơn vị có trong danh sách từ ngày 04/05/2026." in card) is is_explained, key
    assert (await counted(work, owed)).weeks_since == date(2026, 5, 4)


async def test_weeks_of_a_unit_that_was_there_before_the_period_need_no_explanation(work, owed):
    await in_list_since(work, date(2025, 5, 4))
    page, *_ = await pages_of(work, owed, "weeks")
    assert page.since is None
    assert (await counted(work, owed)).weeks_since is None


async def test_pages_hold_ten_and_never_end_in_nothing(work, owed):
    pages = await pages_of(work, owed, "visits")
    assert [len(page.entries) for page in pages] == [10, 4]
    beyond = await behind(Context(work, await acting(work, GIANG), NOW), owed.id, "visits", 99)
    assert beyond == pages[-1]


@pytest.mark.parametrize(
    ("one", "may"), [(AN, True), (DUNG, True), (GIANG, True), (CUC, False), (LAN, False)]
)
async def test_only_those_of_the_unit_and_above_may_look(work, one, may):
    owed, actor = await owes(work), await acting(work, one)
    if may:
        assert (await behind(Context(work, actor, NOW), owed.id, "visits", 0)).unit == KCN.name
        return
    with pytest.raises(Refused):
        await behind(Context(work, actor, NOW), owed.id, "visits", 0)


@pytest.mark.parametrize(("obligation", "key"), [(10**6, "visits"), (None, "nothing")])
async def test_what_is_not_there_is_refused(work, owed, obligation, key):
    with pytest.raises(Refused):
        await behind(Context(work, await acting(work, GIANG), NOW), obligation or owed.id, key, 0)


async def test_an_officer_opens_only_own_visits(work, owed):
    entries = [e for page in await pages_of(work, owed, "visits", AN) for e in page.entries]
    assert [e.visit_id is not None for e in entries] == [AN.full_name in e.words for e in entries]
    assert any(e.visit_id for e in entries)


async def test_what_must_be_kept_quiet_has_neither_code_nor_words(work, owed):
    entries = [e for page in await pages_of(work, owed, "received") for e in page.entries]
    assert not any("Nội dung" in e.words + e.head for e in entries)
    assert not any(CATEGORIES["QUAY_ROI"][1] in e.words for e in entries)
    assert entries[-1] == FigureEntry(OTHERS, amount=1)


async def test_of_what_went_up_the_union_that_has_it_is_named_once(work, owed):
    entries = [e for page in await pages_of(work, owed, "handed_up") for e in page.entries]
    assert {e.words.count(cast.TINH.name) for e in entries if "chuyển lên" in e.words} == {1}


async def test_of_cases_that_one_may_not_see_the_list_says_only_how_many(work, owed):
    pages = await pages_of(work, owed, "received", AN)
    entries = [e for page in pages for e in page.entries]
    assert entries[-1] == FigureEntry(OTHERS, amount=2), (
        "the one that escalated, the confidential one"
    )
    assert sum(e.worth for e in entries) == pages[0].value


async def test_a_corrected_number_says_so(work, owed):
    summary = await sent(work, owed)
    row = {"figure": "visits", "computed": 14, "author_id": AN.id, "at": NOW}
    await put(work, SummaryCorrection(summary_id=summary.id, value=20, reason="Sổ giấy", **row))
    [page, *_] = await pages_of(work, owed, "visits")
    assert page.corrected == (20, "Sổ giấy", AN.full_name)
    assert "Đơn vị sửa thành <b>20</b>: Sổ giấy" in figures.behind(page).text


async def lies_with_the_receiver(work, owed, now):
    """As it was counted at `now`; the number of visits in it."""
    summary = await sent(work, owed)
    async with work.read() as session:
        paper = await contents.paper_of(session, work, owed, now)
    content = contents.to_json(paper)
    await put(work, SummaryVersion(summary_id=summary.id, number=1, content=content, **SENT))
    return paper.numbers.values["visits"]


async def test_behind_a_report_that_was_sent_lies_what_it_was_counted_from(work, owed):
    visits = await lies_with_the_receiver(work, owed, NOW)
    await went(work, SEN_VANG, NOW.date() + timedelta(days=3))
    later = Context(work, await acting(work, DUNG), NOW + timedelta(days=10))
    page = await behind(later, owed.id, "visits", 0)
    assert (page.value, page.until, page.sent) == (visits, NOW.date(), None)


async def test_what_came_in_after_a_report_was_sent_is_named_beside_its_number(work, owed):
    visits = await lies_with_the_receiver(work, owed, NOW)
    await went(work, SEN_VANG, NOW.date() - timedelta(days=3))
    later = Context(work, await acting(work, DUNG), NOW + timedelta(days=10))
    page = await behind(later, owed.id, "visits", 0)
    assert (page.value, page.sent) == (visits + 1, visits)
    assert f"Lúc gửi báo cáo, số này là <b>{visits} lượt</b>" in figures.behind(page).text
    share = replace(await behind(later, owed.id, "weeks_share", 0), sent=50)
    assert "số này là <b>50%</b>" in figures.behind(share).text


async def test_every_page_is_a_card(work, owed):
    for figure in FIGURES:
        for page in await pages_of(work, owed, figure.key):
            card = figures.behind(page)
            assert figure.label in card.text
            assert len(card.text) <= MAX_TEXT
            data = [button.data for row in card.rows for button in row]
            assert data[-1] == f"sum:part:{owed.id}:{figure.part}"
            assert figure.part in PARTS


def test_the_longest_key_fits_a_button():
    longest = max(COUNTED, key=len)
    assert len(f"ov:v:{10**9 - 1}:0:9:fig:{10**9 - 1}:{longest}:999") <= MAX_DATA_BYTES
