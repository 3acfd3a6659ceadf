"""What units' papers carry: from the tree, as far as the unit has not set it otherwise."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from bot.config.settings import Settings
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from bot.core.rules.programmes import Programme, ReportDue, basis_of
from bot.core.work import Work
from bot.units.services import letterheads
from storage.models import Unit
from storage.store import Store
from tests import cast
from tests.cast import AN, DUNG, GIANG, HA, HON_SAO, KCN, KHOA, LONG_HOA, MONDAY, TINH, Character


@pytest.fixture
async def work(any_store: Store, settings: Settings) -> Work:
    await cast.settle(any_store)
    placed = settings.organisation.model_copy(update={"place": "An Giang"})
    settings = settings.model_copy(update={"organisation": placed})
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def acting(work: Work, one: Character) -> Actor:
    return await actor_of(work, one.address)


async def test_a_unit_that_set_nothing_has_what_the_tree_says(work: Work) -> None:
    seen = await letterheads.see(work, await acting(work, DUNG), KCN.id)
    head = seen.head
    assert head.superior == "Liên đoàn Lao động tỉnh An Giang"
    assert head.issuer == "Công đoàn các Khu công nghiệp tỉnh An Giang"
    assert head.short_name == "Công đoàn các Khu công nghiệp tỉnh"
    assert (head.symbol, head.place) == ("BC-CĐ", "An Giang")
    assert head.recipients == ("Liên đoàn Lao động tỉnh (để báo cáo)",)
    assert (head.authority, head.position) == ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")
    assert head.signatory == ""
    assert seen.own == frozenset()


async def test_the_province_reports_to_the_confederation(work: Work) -> None:
    head = (await letterheads.see(work, await acting(work, GIANG), TINH.id)).head
    assert head.superior == "Tổng Liên đoàn Lao động Việt Nam"
    assert head.symbol == "BC-LĐLĐ"


async def test_a_line_is_changed_and_brought_back(work: Work) -> None:
    dung = await acting(work, DUNG)
    said = "  Phạm \n Tiến   Dũng "
    seen = await letterheads.change(Context(work, dung, MONDAY), KCN.id, "signatory", said)
    assert seen.head.signatory == "Phạm Tiến Dũng"
    assert seen.own == {"signatory"}
    seen = await letterheads.change(Context(work, dung, MONDAY), KCN.id, "signatory", "")
    assert seen.head.signatory == ""
    assert seen.own == frozenset()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("BC-CĐLH", "BC-CĐLH"),
        (" 15/BC-CĐLH", "BC-CĐLH"),
        ("Số:      /BC-CĐLH", "BC-CĐLH"),
        ("số 07 / BC-CĐLH", "BC-CĐLH"),
        ("Số: …/BC-LĐLĐ", "BC-LĐLĐ"),
        ("BC-CĐ/KCN", "BC-CĐ/KCN"),
    ],
)
def test_the_number_before_the_symbol_is_left_to_the_hand(typed: str, kept: str) -> None:
    assert letterheads.symbol_of(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            "- LĐLĐ tỉnh;\n– Ban Tổ chức;\n- Lưu: VT, TC.",
            ("LĐLĐ tỉnh", "Ban Tổ chức", "Lưu: VT, TC"),
        ),
        ("LĐLĐ tỉnh\n\n\n", ("LĐLĐ tỉnh",)),
        ("\n".join(f"Nơi {n}" for n in range(30)), tuple(f"Nơi {n}" for n in range(15))),
    ],
)
async def test_recipients_are_taken_as_people_type_them(
    work: Work, typed: str, kept: tuple[str, ...]
) -> None:
    dung = await acting(work, DUNG)
    seen = await letterheads.change(Context(work, dung, MONDAY), KCN.id, "recipients", typed)
    assert seen.head.recipients == kept


@pytest.mark.parametrize(
    ("who", "where", "allowed"),
    [
        (DUNG, KCN, True),
        (DUNG, LONG_HOA, False),
        (DUNG, TINH, False),
        (GIANG, KCN, True),
        (HA, LONG_HOA, True),
        (AN, KCN, False),
    ],
)
async def test_only_whoever_leads_or_administers_the_unit_changes_it(
    work: Work, who: Character, where: cast.Place, allowed: bool
) -> None:
    actor = await acting(work, who)
    if allowed:
        await letterheads.change(Context(work, actor, MONDAY), where.id, "place", "Hòn Sao")
        return
    with pytest.raises(Refused):
        await letterheads.change(Context(work, actor, MONDAY), where.id, "place", "Hòn Sao")
    with pytest.raises(Refused):
        await letterheads.see(work, actor, where.id)


async def test_a_line_that_is_not_there_is_refused(work: Work) -> None:
    with pytest.raises(Refused):
        await letterheads.change(
            Context(work, await acting(work, DUNG), MONDAY), KCN.id, "changed_by", "1"
        )


async def test_one_sees_the_units_where_ones_role_sits(work: Work) -> None:
    assert [u.id for u in await letterheads.mine(work, await acting(work, DUNG))] == [KCN.id]
    assert [u.id for u in await letterheads.mine(work, await acting(work, HA))] == [TINH.id]
    assert await letterheads.mine(work, await acting(work, AN)) == []
    assert await letterheads.mine(work, await acting(work, KHOA)) == []  # sites only


async def test_the_heads_of_many_units_take_two_queries(work: Work) -> None:
    asked: list[str] = []
    async with work.read() as session:
        found = [await session.get_one(Unit, one.id) for one in (TINH, KCN, LONG_HOA, HON_SAO)]
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
        heads = await letterheads.heads_of(session, work, found)
    assert set(heads) == {TINH.id, KCN.id, LONG_HOA.id, HON_SAO.id}
    assert len(asked) == 2


async def test_names_that_a_unit_gives_itself_are_those_its_lower_units_name(work: Work) -> None:
    giang = Context(work, await acting(work, GIANG), MONDAY)
    await letterheads.change(giang, TINH.id, "issuer", "Liên đoàn Lao động tỉnh Cửu Long")
    await letterheads.change(giang, TINH.id, "short_name", "Liên đoàn Lao động Cửu Long")
    head = (await letterheads.see(work, await acting(work, DUNG), KCN.id)).head
    assert head.superior == "Liên đoàn Lao động tỉnh Cửu Long"
    assert head.recipients == ("Liên đoàn Lao động Cửu Long (để báo cáo)",)


async def test_what_a_report_carries_out_comes_from_the_plan_then_the_unit_above_then_the_unit(
    work: Work,
) -> None:
    plans = (PLAN, replace(PLAN, key="other", reports=()))
    work = replace(work, programmes=plans)
    dung, giang = await acting(work, DUNG), await acting(work, GIANG)
    seen = await letterheads.see(work, dung, KCN.id)
    assert seen.head.bases == {
        "sat-co-so": "Kế hoạch số ………/KH-LĐLĐ ngày …………… của Ban Thường vụ Liên đoàn Lao động tỉnh "
        "An Giang về thực hiện mô hình"
    }
    assert seen.plans == {"sat-co-so": "Sát cơ sở"}, "nobody reports on the other"
    words = "Thực hiện  Kế hoạch số 15/KH-LĐLĐ ngày 20/01/2026;"
    seen = await letterheads.change(Context(work, giang, MONDAY), TINH.id, "basis:sat-co-so", words)
    assert seen.own == {"basis:sat-co-so"}
    theirs = (await letterheads.see(work, dung, KCN.id)).head.bases
    assert theirs == {"sat-co-so": "Kế hoạch số 15/KH-LĐLĐ ngày 20/01/2026"}
    own = Context(work, dung, MONDAY)
    await letterheads.change(own, KCN.id, "basis:sat-co-so", "Kế hoạch số 2/KH-CĐ")
    seen = await letterheads.see(work, dung, KCN.id)
    assert seen.head.bases == {"sat-co-so": "Kế hoạch số 2/KH-CĐ"}
    seen = await letterheads.change(own, KCN.id, "basis:sat-co-so", "")
    assert (seen.head.bases, seen.own) == (theirs, frozenset())
    with pytest.raises(Refused):
        await letterheads.change(own, KCN.id, "basis:other", "Kế hoạch")


PLAN = Programme(
    key="sat-co-so",
    title="Mô hình",
    short="Sát cơ sở",
    issuer="Ban Thường vụ LĐLĐ tỉnh khác",
    source="s",
    starts=date(2020, 5, 15),
    responsible="r",
    difficulties="d",
    about="thực hiện mô hình",
    reports=(ReportDue("nam", "Kết quả", (15, 12), "IV"),),
)


@pytest.mark.parametrize(
    ("changed", "basis"),
    [
        (
            {"number": "233/KH-LĐLĐ", "issued": date(2021, 3, 11)},
            "Kế hoạch số 233/KH-LĐLĐ ngày 11/03/2021 của Ban Thường vụ Liên đoàn Lao động tỉnh "
            "khác về thực hiện mô hình",
        ),
        (
            {"about": "", "title": "Nhà ở cho công nhân"},
            "Kế hoạch số ………/KH-LĐLĐ ngày …………… của Ban Thường vụ X về thực hiện “Nhà ở cho công "
            "nhân”",
        ),
    ],
)
def test_a_plan_with_a_number_names_its_issuer_and_one_without_leaves_room(
    changed: dict[str, Any], basis: str
) -> None:
    assert basis_of(replace(PLAN, **changed), "X") == basis


async def test_the_name_that_the_operator_states_heads_the_papers_of_the_top(work: Work) -> None:
    top = work.settings.organisation.model_copy(
        update={"full_name": "Liên đoàn Lao động tỉnh An Giang (hợp nhất)"}
    )
    work = replace(work, settings=work.settings.model_copy(update={"organisation": top}))
    head = (await letterheads.see(work, await acting(work, GIANG), TINH.id)).head
    assert head.issuer == "Liên đoàn Lao động tỉnh An Giang (hợp nhất)"
    below = (await letterheads.see(work, await acting(work, DUNG), KCN.id)).head
    assert below.superior == "Liên đoàn Lao động tỉnh An Giang (hợp nhất)"
    assert below.issuer == "Công đoàn các Khu công nghiệp tỉnh An Giang"
