"""Charts: read on a phone, in grey, with every number where it belongs."""

import io
import re
from itertools import combinations

import pytest
from PIL import Image

from bot.documents import charts
from bot.documents.charts import (
    Bar,
    Bars,
    Chart,
    Column,
    Columns,
    Fill,
    Heading,
    Key,
    Lines,
    SiteMap,
    Spot,
    SpotName,
)
from bot.documents.charts.frame import WIDTH, axis

KEYS = [Key(fill, f"nghĩa {fill}") for fill in Fill]
MARKS = [Key(mark, mark) for mark in ("recent", "while", "long", "never")]
HEAD = Heading("Lượt đi cơ sở <theo> tuần & tháng", "LĐLĐ tỉnh", KEYS, "Chú thích ở dưới.")
EVERY: dict[str, Chart] = {
    "columns": Columns(HEAD, [Column("T46", (3, 1, 0, 2, 1), "57%"), Column("T47", (0,) * 5)]),
    "bars": Bars(HEAD, [Bar("CĐ phường Long Hòa", (3, 1, 0, 2, 1), "4/7")], shares=True),
    "lines": Lines(HEAD, ["T1", "T2", "T3"], [100, 120], [100, 150, 200]),
    "map": SiteMap(
        Heading("Bản đồ", keys=MARKS),
        [Spot(10.1, 105.2, "recent"), Spot(10.1, 105.2, "never"), Spot(10.4, 105.9, "long")],
        [SpotName(10.1, 105.2, "Long Hòa"), SpotName(10.1, 105.2, "Hòn Sao")],
        [(10.2, 105.4), (20.0, 105.4)],
    ),
    "nothing": Bars(HEAD, []),
    "no column": Columns(HEAD, []),
    "no place": SiteMap(Heading("Bản đồ", keys=MARKS), []),
}


@pytest.mark.parametrize("name", EVERY)
def test_every_chart_is_as_wide_as_a_phone_and_three_dots_fine(name: str) -> None:
    with Image.open(io.BytesIO(charts.picture(EVERY[name]))) as drawn:
        assert drawn.width == charts.PIXELS == 3 * WIDTH
        assert drawn.height < 2 * drawn.width
        assert drawn.convert("L").getextrema() != (255, 255)


@pytest.mark.parametrize("name", EVERY)
def test_no_letter_is_smaller_than_a_phone_shows(name: str) -> None:
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", EVERY[name].svg())]
    assert min(sizes) >= 9.5


def test_words_of_people_are_words_in_the_drawing() -> None:
    assert "&lt;theo&gt; tuần &amp; tháng" in EVERY["columns"].svg()


def _greys(kind: str, chart: Chart) -> list[float]:
    with Image.open(io.BytesIO(charts.picture(chart))) as drawn:
        grey = drawn.convert("L")
    rect = re.search(rf'class="{kind}" x="([\d.]+)" y="([\d.]+)" width="(\d+)', _bar(chart.svg()))
    assert rect is not None
    top = re.search(r"<g transform=\"translate\(0 ([\d.]+)\)", chart.svg())
    assert top is not None
    left, y, wide = float(rect[1]), float(rect[2]) + float(top[1]), float(rect[3])
    box = (left + 3, y + 3, left + wide - 3, y + 10)
    return list(grey.crop(tuple(round(3 * side) for side in box)).get_flattened_data())


def _bar(svg: str) -> str:
    return svg[svg.index("<g transform") :]


def test_fills_are_told_apart_in_grey_by_lightness_or_by_their_pattern() -> None:
    chart = Bars(HEAD, [Bar("CĐ", (1,) * len(Fill), "5")])
    seen = {kind: _greys(kind, chart) for kind in Fill}
    light = {kind: sum(dots) / len(dots) for kind, dots in seen.items()}
    spread = {kind: max(dots) - min(dots) for kind, dots in seen.items()}
    for first, second in combinations(Fill, 2):
        apart = abs(light[first] - light[second])
        assert apart > 20 or abs(spread[first] - spread[second]) > 60, (first, second)


def test_parts_of_a_bar_are_as_long_as_their_numbers() -> None:
    bars = [Bar("một", (1, 3, 0, 0, 0)), Bar("hai", (8, 0, 0, 0, 0))]
    wide = {
        name: re.findall(r'class="(\w+)" x="[\d.]+" y="\d+" width="([\d.]+)"', chart.svg())
        for name, chart in (("whole", Bars(HEAD, bars)), ("share", Bars(HEAD, bars, True)))
    }
    assert wide["whole"] == [("dark", "42.0"), ("hatched", "126.0"), ("dark", "336.0")]
    assert wide["share"] == [("dark", "84.0"), ("hatched", "252.0"), ("dark", "336.0")]


def test_columns_stand_on_the_ground_and_end_at_their_sum() -> None:
    svg = Columns(HEAD, [Column("T47", (30, 20, 0, 0, 0), "60%"), Column("T48", (100, 0, 0, 0, 0))])
    rects = re.findall(
        r'<rect class="(\w+)" x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"',
        _bar(svg.svg()),
    )
    assert rects == [
        ("dark", "147.0", "57.0"),
        ("hatched", "109.0", "38.0"),
        ("dark", "14.0", "190.0"),
    ]


def test_sites_at_one_place_lie_beside_each_other_and_names_do_not_cover() -> None:
    svg = EVERY["map"].svg()
    names = re.findall(r'class="halo mid" x="[\d.]+" y="([\d.]+)">([^<]+)<', svg)
    assert [name for _, name in names] == ["Long Hòa", "Hòn Sao"]
    assert abs(float(names[0][0]) - float(names[1][0])) > 12
    body = _bar(svg)
    circle = re.search(r'class="recent" cx="([\d.]+)" cy="([\d.]+)"', body)
    cone = re.search(r'class="never" d="M([\d.]+) ([\d.]+)', body)
    assert circle is not None
    assert cone is not None
    assert abs(float(circle[1]) - float(cone[1])) > 3
    assert body.count("#edf0f3") == 1  # a ward far away does not make the rest small


def test_north_is_up_and_east_is_right() -> None:
    places = [Spot(10.0, 105.0, "long"), Spot(10.5, 106.0, "recent")]
    body = _bar(SiteMap(Heading("Bản đồ", keys=MARKS), places).svg())
    south_west = re.search(r'class="long" x="([\d.]+)" y="([\d.]+)"', body)
    north_east = re.search(r'class="recent" cx="([\d.]+)" cy="([\d.]+)"', body)
    assert south_west is not None
    assert north_east is not None
    assert float(south_west[1]) < float(north_east[1])
    assert float(south_west[2]) > float(north_east[2])


@pytest.mark.parametrize(
    ("lowest", "highest", "marks"),
    [
        (0, 0, [0, 1]),
        (0, 3, [0, 1, 2, 3]),
        (0, 118, [0, 50, 100, 150]),
        (116_002, 120_952, [116_000, 118_000, 120_000, 122_000]),
        (5, 5, [5, 6]),
    ],
)
def test_an_axis_has_round_marks(lowest: float, highest: float, marks: list[float]) -> None:
    scale = axis(lowest, highest)
    assert list(scale.marks) == marks
    assert scale.share(scale.first) == 0
    assert scale.share(scale.last) == 1


def test_points_of_lines_stand_where_they_lie_in_time() -> None:
    places = [0.0, 10.0, 20.0, 40.0]
    drawing = Lines(HEAD, ["a", "b", "c", "d"], [0, 1], [0.0, 1.0, 2.0, 4.0], places).svg()
    (path,) = re.findall(r'class="straight" d="M([^"]+)"', drawing)
    numbers = [float(word) for word in path.split()]
    x, y = numbers[::2], numbers[1::2]
    slopes = {round((y[n + 1] - y[n]) / (x[n + 1] - x[n]), 3) for n in range(3)}
    assert len(slopes) == 1, "what rises evenly is a straight line"


@pytest.mark.parametrize("members", [1, 60, 1790, 120_952])
def test_what_does_not_move_is_drawn_in_the_middle_between_marks_around_it(members: int) -> None:
    body = _bar(Lines(HEAD, ["1/26", "2/26"], [members, members]).svg())
    marks = [float(y) for y in re.findall(r'class="thin" d="M[\d.]+ ([\d.]+)H', body)]
    (line,) = {float(y) for y in re.findall(r'circle cx="[\d.]+" cy="([\d.]+)"', body)}
    assert len(marks) >= 3
    assert min(marks) <= line <= max(marks)
    assert len(set(re.findall(r'class="soft end"[^>]*>([^<]+)<', body))) == len(marks)


def test_a_name_on_the_map_stands_where_it_covers_no_mark() -> None:
    places = [Spot(10.0, 105.0 + n / 100, "recent") for n in range(12)]
    places += [Spot(10.3, 105.0, "recent"), Spot(9.988, 105.05, "recent")]
    body = _bar(SiteMap(Heading("Bản đồ", keys=MARKS), places, [SpotName(10, 105.05, "X Y")]).svg())
    (name,) = re.findall(r'class="halo mid" x="([\d.]+)" y="([\d.]+)"', body)
    x, y = float(name[0]), float(name[1])
    marks = re.findall(r'class="recent" cx="([\d.]+)" cy="([\d.]+)"', body)
    assert len(marks) == len(places)
    assert not [m for m in marks if abs(float(m[0]) - x) < 10 and y - 10 < float(m[1]) < y + 2]


def test_the_last_number_stands_beside_a_line_that_comes_up_steeply_from_below() -> None:
    """Below the end, where it stands else, the line would run through it."""
    straight = [0.0, 100.0, 200.0, 300.0, 400.0]

    def end_of(real: list[float]) -> tuple[float, float]:
        drawing = Lines(HEAD, ["a", "b", "c", "d", "e"], real, straight).svg()
        last = re.findall(r'<circle cx="([\d.]+)"', drawing)[-1]
        (x,) = re.findall(rf'x="([\d.]+)" y="[\d.]+">{real[-1]:.0f}<', drawing)
        return float(last), float(x)

    point, number = end_of([0, 0, 0, 210])
    assert number > point
    point, number = end_of([0, 50, 60, 62])
    assert number == point
