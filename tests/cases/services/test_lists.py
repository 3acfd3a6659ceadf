"""Lists of cases: who finds what, in which order, in how many queries."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.cases.cards import lists as case_list_cards
from bot.cases.facts.cases import CaseList
from bot.cases.services import lists as case_lists
from bot.cases.services import merging
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from storage.enums import Category, Severity
from storage.models import Case
from storage.store import Store
from tests import cast
from tests.cases.help import TEXT, a_case, acting, set_case
from tests.cast import (
    AN,
    BEN_QUE,
    BINH,
    CUC,
    DUNG,
    GIANG,
    HA,
    KHOA,
    LAN,
    MAI,
    SEN_VANG,
    SONG_LANH,
    TAN_LUA,
    TINH,
    VAULT,
    Character,
)
from tests.cast import WEDNESDAY_1500 as NOW


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def listed(work: Work, who: Character, kind: str = "unit", page: int = 0) -> CaseList:
    return await case_lists.listed(Context(work, await acting(work, who), NOW), kind, page)


async def found(work: Work, who: Character, query: str) -> list[str]:
    result = await case_lists.search(Context(work, await acting(work, who), NOW), query, 0)
    return [row.case.code for row in result.rows]


def codes(result: CaseList) -> list[str]:
    return [row.case.code for row in result.rows]


async def different(work: Work, count: int, **more: Any) -> list[Case]:
    words = ["quạt hư", "bãi xe ngập", "nhà trẻ xa", "nước uống đục", "áo mưa rách", "đèn tối"]
    words += ["cầu thang gãy", "bảo vệ quát", "máy lạnh hỏng", "thiếu ghế ngồi", "sữa hết hạn"]
    words += ["mất áo khoác"]
    moments = [NOW + timedelta(seconds=n) for n in range(count)]
    return [await a_case(work, m, text=w, **more) for m, w in zip(moments, words, strict=False)]


async def test_everybody_finds_what_is_theirs_to_see(work: Work) -> None:
    park = await a_case(work, NOW)
    ward = await a_case(work, NOW, site=BEN_QUE)
    secret = await a_case(work, NOW, site=TAN_LUA, category=Category.QUAY_ROI, text="…")
    about = await a_case(work, NOW, site=SONG_LANH, text="Cán bộ quát mắng", about_id=DUNG.id)
    await set_case(work, about, unit_id=2)  # named or not: it lies with Dũng's own unit
    expected = {
        AN: [park, about],
        BINH: [park, about],
        CUC: [ward],
        DUNG: [park, secret],
        GIANG: [park, ward, secret, about],
        KHOA: [ward],  # a site of the cluster
    }
    for who, cases in expected.items():
        result = await listed(work, who)
        assert {*codes(result)} == {case.code for case in cases}, who.name
        assert result.counts.all == len(cases)
    await set_case(work, secret, assignee_id=BINH.id)
    assert secret.code in codes(await listed(work, BINH, "mine"))
    assert secret.code not in codes(await listed(work, AN))


async def test_what_escalated_is_out_of_the_lists_below(work: Work) -> None:
    case = await a_case(work, NOW)
    await set_case(work, case, unit_id=TINH.id, status="escalated")
    assert codes(await listed(work, AN)) == []
    assert codes(await listed(work, DUNG)) == []
    assert await found(work, DUNG, case.code) == []
    assert codes(await listed(work, GIANG)) == [case.code]


@pytest.mark.parametrize("who", [HA, MAI, LAN], ids=lambda who: who.name)
async def test_who_handles_no_cases_gets_no_list(work: Work, who: Character) -> None:
    with pytest.raises(Refused, match="chưa được giao quyền"):
        await listed(work, who)


async def test_the_most_urgent_comes_first(work: Work) -> None:
    late, plain, urgent = await different(work, 3)
    await set_case(work, late, settle_by=NOW - timedelta(days=1))
    await set_case(work, urgent, severity=Severity.URGENT)
    result = await listed(work, DUNG)
    assert codes(result) == [urgent.code, late.code, plain.code]
    assert (result.counts.overdue, result.counts.urgent, result.counts.unheld) == (1, 1, 3)
    assert codes(await listed(work, DUNG, "over")) == [late.code]
    assert codes(await listed(work, DUNG, "urgent")) == [urgent.code]
    assert codes(await listed(work, DUNG, "mine")) == []
    assert len(codes(await listed(work, DUNG, "free"))) == 3


async def test_ten_to_a_page(work: Work) -> None:
    await different(work, 12)
    first, second = await listed(work, DUNG), await listed(work, DUNG, page=1)
    assert (len(first.rows), first.more) == (10, True)
    assert (len(second.rows), second.more) == (2, False)
    labels = [b.label for row in case_list_cards.listed(second).rows for b in row]
    assert "‹ Trước" in labels
    assert any(label.startswith("11. ") for label in labels)


async def test_closed_cases_are_searched_but_not_listed(work: Work) -> None:
    case = await a_case(work, NOW)
    await set_case(work, case, status="answered")
    assert codes(await listed(work, AN)) == []
    assert await found(work, AN, case.code) == [case.code]


@pytest.mark.parametrize("query", ["MAY SEN VÀNG", "sen vang", "canh nguoi", "cơm sống sen"])
async def test_words_are_found_without_accents_in_text_and_place(work: Work, query: str) -> None:
    case = await a_case(work, NOW)
    await a_case(work, NOW, site=SONG_LANH, text="Bãi xe ngập nước")
    assert await found(work, AN, query) == [case.code]


async def test_a_place_not_in_the_list_is_found_by_its_words(work: Work) -> None:
    case = await a_case(work, NOW, site=None, site_words="Xưởng Gỗ Hai Lúa")
    assert await found(work, GIANG, "hai lua") == [case.code]


async def test_codes_are_read_however_typed_and_others_are_not_found(work: Work) -> None:
    case = await a_case(work, NOW)
    for typed in (case.code.lower(), case.code.replace("-", " "), f" {case.code} "):
        assert await found(work, AN, typed) == [case.code]
        assert await found(work, CUC, typed) == []


async def test_a_case_is_found_by_the_beginning_of_its_code(work: Work) -> None:
    case, other = await a_case(work, NOW), await a_case(work, NOW)
    an = await acting(work, AN)
    for typed in (case.code[:5], case.code[:8].lower(), case.code[:5] + "-"):
        found = await case_lists.search(Context(work, an, NOW), typed, 0)
        assert [row.case.id for row in found.rows] == [case.id] != [other.id]


async def test_percent_signs_and_quotes_are_plain_letters(work: Work) -> None:
    await a_case(work, NOW)
    assert await found(work, AN, "100% x_y '") == []
    with pytest.raises(Refused):
        await found(work, AN, "%%% ___")


async def test_the_same_concern_of_many_is_one_line(work: Work) -> None:
    first = await a_case(work, NOW)
    for n in range(4):
        await a_case(work, NOW + timedelta(minutes=n), text=f"{TEXT} {n}")
    await a_case(work, NOW, site=SONG_LANH)
    result = await listed(work, DUNG)
    assert (result.rows[0].case.code, result.rows[0].alike) == (first.code, 4)
    assert len(result.rows) == 2
    await merging.gather(Context(work, await acting(work, DUNG), NOW), first.id or 0)
    result = await listed(work, DUNG)
    assert (result.rows[0].case.code, result.rows[0].alike) == (first.code, 4)
    assert result.counts.all == 2


async def test_what_is_months_apart_is_not_the_same_concern(work: Work) -> None:
    await a_case(work, NOW - timedelta(days=40))
    await a_case(work, NOW)
    assert len((await listed(work, DUNG)).rows) == 2


async def test_a_list_takes_the_same_few_queries_however_long_it_is(work: Work) -> None:
    asked: list[str] = []
    dung = await acting(work, DUNG)

    def count(*given: Any) -> None:
        asked.append(given[2])

    engine = work.store.engine.sync_engine
    numbers = []
    for cases in (1, 11):
        await different(work, cases, site=SEN_VANG)
        event.listen(engine, "before_cursor_execute", count)
        await case_lists.listed(Context(work, dung, NOW), "unit", 0)
        event.remove(engine, "before_cursor_execute", count)
        numbers.append(len(asked))
        asked.clear()
    assert numbers[0] == numbers[1] <= 4


@pytest.mark.wide
async def test_a_page_of_long_texts_still_fits_a_message(work: Work) -> None:
    for n in range(10):
        await a_case(work, NOW + timedelta(seconds=n), text=f"{n} " + f"{n}<b>&" * 900)
    text = case_list_cards.listed(await listed(work, DUNG)).text
    assert "<b>&amp;" not in text


async def test_a_search_keeps_its_words_while_pages_turn(work: Work) -> None:
    await different(work, 12)
    dung = await acting(work, DUNG)
    result = await case_lists.search(Context(work, dung, NOW), "Sen Vàng", 0)
    card = case_list_cards.listed(result)
    assert "case:found:1:sen vang" in [button.data for row in card.rows for button in row]
    long = await case_lists.search(Context(work, dung, NOW), "vàng " * 40, 0)
    assert case_list_cards.listed(long).text
