"""The poster at the gate."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.cases.papers.poster import MOTTO, PROMISE, STEPS, STEPS_TO_A_PAGE, lines_of_name, poster
from bot.cases.services import site_links
from bot.cli.operating import posters
from bot.config.settings import Settings, Web
from bot.core.errors import ConfigError
from storage.store import Store
from tests import cast

LINK = "https://t.me/satcoso_bot?start=cs-b-fa3774"
LONG = "Công đoàn cơ sở Công ty trách nhiệm hữu hạn một thành viên Chăn nuôi Hòa Điền"


LONGEST = " ".join(["Công đoàn cơ sở Công ty Chế biến Xuất nhập khẩu Nông lâm thủy sản"] * 3)


@pytest.mark.wide
def test_the_pdf_is_one_page_of_a4_and_the_same_each_time() -> None:
    data = poster("May Sen Vàng", LINK, "pdf")
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page ") == 1
    assert poster("May Sen Vàng", LINK, "pdf") == data


@pytest.mark.parametrize("site", ["May Sen Vàng", LONG, LONGEST, "X", "A&B <b>$\\frac$</b>\x00"])
def test_the_picture_has_the_shape_of_a4_whatever_the_name(site: str) -> None:
    with Image.open(io.BytesIO(poster(site, LINK, "png"))) as picture:
        assert picture.height / picture.width == pytest.approx(2**0.5, abs=0.01)
        dots = picture.width / 210  # a mm
        for left in (0, 200):  # the name leaves both edges white
            edge = picture.crop([round(mm * dots) for mm in (left, 43, left + 10, 170)])
            assert edge.convert("L").getextrema() == (255, 255)


@pytest.mark.parametrize("site", ["May Sen Vàng", LONG, LONGEST, "X"])
def test_a_name_is_broken_between_words_into_few_lines_of_about_one_length(site: str) -> None:
    lines = lines_of_name(site)
    assert " ".join(lines) == site
    assert len(lines) <= 4
    assert min(map(len, lines)) > max(map(len, lines)) / 2


def test_it_says_in_three_steps_what_to_do_and_promises_no_name() -> None:
    assert len(STEPS) == 3
    assert "Không cần nêu tên" in PROMISE
    assert MOTTO.startswith("Ở đâu công nhân gặp khó")


async def test_the_code_leads_to_the_page_where_there_is_one(
    store: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await cast.settle(store)
    drawn: list[str] = []

    def draw(site: str, link: str, form: str) -> bytes:
        drawn.append(link)
        return b""

    monkeypatch.setattr("bot.cases.papers.poster.poster", draw)
    on = settings.model_copy(update={"web": Web(address="https://congdoan.test/")})
    assert await posters(on, tmp_path / "out", cast.SEN_VANG.code, "") == 1
    start = site_links.parameter(cast.VAULT, cast.SEN_VANG.id)
    assert set(drawn) == {f"https://congdoan.test/m/{start}"}


@pytest.mark.parametrize("steps", [STEPS, STEPS_TO_A_PAGE])
def test_its_steps_fit_their_boxes(steps: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    assert len(steps) == 3
    assert all(len(line) <= 24 for _, lines in steps for line in lines)
    assert all(len(lines) <= 3 for _, lines in steps)


@pytest.mark.wide
async def test_the_command_writes_a_pdf_and_a_png_for_the_site_it_names(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    await cast.settle(store)
    assert await posters(settings, tmp_path / "out", cast.SEN_VANG.code, "@satcoso_bot") == 1
    found = {file.name for file in (tmp_path / "out").iterdir()}
    assert found == {f"{cast.SEN_VANG.code}.pdf", f"{cast.SEN_VANG.code}.png"}
    with pytest.raises(ConfigError, match="no such site"):
        await posters(settings, tmp_path / "out", "KHONG-CO", "satcoso_bot")
