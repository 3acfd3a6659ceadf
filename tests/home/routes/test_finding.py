"""A name typed outside of any form opens what it names, for whoever may see it, and only then."""

import pytest

from bot.core.search import named
from storage.folding import fold
from tests.cases.help import a_case
from tests.cast import FRIDAY_1630, SITES
from tests.client import Town

NAMES = [(site.id, fold(site.name)) for site in SITES]
BY_ID = {site.id: site.name for site in SITES}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sen vang", ["May Sen Vàng"]),
        ("Sen Vàng", ["May Sen Vàng"]),
        ("senvang", ["May Sen Vàng"]),
        ("sen vag", ["May Sen Vàng"]),
        ("may sen vnag", ["May Sen Vàng"]),
        ("giay", ["Giày Tân Lúa"]),
        ("ba nhip", ["Cơ khí Ba Nhịp"]),
        ("thuy san", ["Thủy sản Sông Lành"]),
        ("chào đồng chí", []),
        ("cảm ơn", []),
        ("ok", []),
        ("vang", ["May Sen Vàng"]),
        ("đã xong", []),
        ("mai tôi đi", []),
        ("", []),
    ],
)
def test_words_name_a_site_or_nothing(typed: str, meant: list[str]) -> None:
    assert [BY_ID[key] for key in named(typed, NAMES)] == meant


@pytest.mark.parametrize("typed", ["sen vag", "/tim sen vang", "MAY SEN VANG"])
async def test_a_name_alone_opens_the_page_of_the_site(town: Town, typed: str) -> None:
    an = await town.person("An")
    await an.send(typed)
    assert "📍 May Sen Vàng" in an.card
    assert "CĐ các KCN tỉnh" in an.card


async def test_several_matches_are_a_list_each_opening(town: Town) -> None:
    giang = await town.person("Giang")
    await giang.send("giang")
    assert "Tìm “giang”" in giang.card
    assert giang.buttons == ["📍 Vận tải Nam Giang", "👤 Võ Trường Giang", "🏠 Trang chính"]
    await giang.click("👤 Võ Trường Giang")
    assert "Võ Trường Giang" in giang.card
    await giang.send("kcn")
    assert "CĐ các KCN tỉnh" in giang.card
    assert "lượt đã báo cáo" in giang.card


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("khu cong nghiep", "CĐ các KCN tỉnh"),
        ("kcn trang bang", "Công đoàn Khu công nghiệp Trảng Bàng"),
        ("công đoàn phường long hòa", "CĐ phường Long Hòa"),
        ("tnhh hai au", "Công ty trách nhiệm hữu hạn Hải Âu"),
    ],
)
def test_what_is_written_now_in_full_now_in_short_is_the_same_name(typed: str, listed: str) -> None:
    assert named(typed, [(1, fold(listed)), (2, fold("Siêu thị Bến Quê"))]) == [1]


@pytest.mark.parametrize("name", ["Giang", "An", "Hà"])
async def test_whoever_types_a_name_that_nothing_bears_is_told_so(town: Town, name: str) -> None:
    person = await town.person(name)
    await person.send("xưởng cưa Bảy Bụng")
    assert person.card.startswith("🔎 Không thấy")
    assert "📮" in person.card or "Quản trị" in person.card  # and the home card below it
    await person.send("cảm ơn đồng chí")
    assert "Không thấy" not in person.card


async def test_a_long_text_that_goes_nowhere_is_not_passed_over_in_silence(town: Town) -> None:
    giang = await town.person("Giang")
    await giang.send("Đề nghị các đồng chí báo cáo tình hình thưởng Tết trước thứ Sáu")
    assert "chưa gửi tới ai" in giang.card
    for name in ("Lan", "Mai"):
        person = await town.person(name)
        await person.send("bữa ăn ca")
        assert "Không thấy" not in person.card


@pytest.mark.parametrize("name", ["Cúc", "Mai", "Lan"])
async def test_nobody_finds_what_they_may_not_see_and_workers_find_nothing(
    town: Town, name: str
) -> None:
    person = await town.person(name)
    await person.send("giày tân lúa")
    assert "Giày Tân Lúa" not in person.card
    assert "Tìm “" not in person.card
    await person.send("/tim giày tân lúa")
    assert "📍 Giày Tân Lúa" not in person.card


async def test_a_code_opens_the_case_for_whoever_may_see_it(town: Town) -> None:
    case = await a_case(town.program.work, FRIDAY_1630, text="Cơm ca nguội")
    for name in ("Dũng", "Lan", "Cúc", "Hà"):
        person = await town.person(name)
        await person.send(case.code.lower().replace("-", " "))
        assert ("Cơm ca nguội" in person.card) is (name == "Dũng"), name


async def test_a_long_text_goes_the_way_it_went_and_a_name_in_full_is_still_a_name(
    town: Town,
) -> None:
    an = await town.person("An")
    await an.send("May Sen Vàng sáng nay công nhân phản ánh bữa ăn ca nguội")
    assert "📍 May Sen Vàng" not in an.card
    assert "báo cáo" in an.card
    await an.click("Hủy")
    lan = await town.person("Lan")
    await lan.send("Công ty May Sen Vàng chậm lương hai tháng rồi")
    assert "Tìm “" not in lan.card


async def test_what_names_nothing_shows_the_home_card_as_before(town: Town) -> None:
    an = await town.person("An")
    for words in ("chào đồng chí", "Vâng", "cảm ơn"):
        await an.send(words)
        assert "Đi cơ sở" in an.card
    await an.send("/tim zzzz")
    assert "Không thấy" in an.card
    await an.send("/tim")
    assert "/tim sen vang" in an.card


async def test_in_an_open_form_words_are_an_answer(town: Town) -> None:
    an = await town.person("An")
    await an.send("/canhbao")
    await an.click("Báo nguy cơ")
    await an.send("sen vang")
    assert "Lần đi gần nhất" not in an.card
    assert "Cán bộ phụ trách" not in an.card


@pytest.mark.parametrize("typed", ["An", "W3EAK"])
async def test_who_typed_too_little_is_told_how_much_it_takes(town: Town, typed: str) -> None:
    dung = await town.person("Dũng")
    await dung.send(f"/tim {typed}")
    assert "gõ từ 3 chữ cái trở lên; mã phản ánh thì gõ đủ" in dung.card


async def test_the_help_begins_with_what_its_reader_does(town: Town) -> None:
    for name, order in (("Dũng", ["Lãnh đạo", "Đi cơ sở"]), ("An", ["Đi cơ sở"])):
        person = await town.person(name)
        await person.send("/trogiup")
        lines = person.card.splitlines()
        assert [line for line in lines if line in ("Lãnh đạo", "Đi cơ sở")] == order, name
        assert lines[2] == order[0], name
