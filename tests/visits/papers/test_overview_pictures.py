"""What the overview's pictures show and say: nothing of what is not over, no empty beginning."""

from datetime import date, timedelta

from bot.core.rules.calendar import Week
from bot.documents.charts import Bars, Columns, SiteMap
from bot.visits.facts.overview import View
from bot.visits.facts.pictures import AgesFacts, MapFacts, PlacedSite, WaitsFacts, WeeksFacts
from bot.visits.papers.pictures import picture_of
from bot.visits.rules.overview import WeekTally
from storage.enums import Category

MONDAY = date(2026, 11, 16)
VIEW = View(Week(MONDAY), 0, "CĐ các KCN tỉnh")


def weeks_of(*tallies: WeekTally) -> WeeksFacts:
    """The last weeks; the last of them is running."""
    mondays = [MONDAY - timedelta(weeks=n) for n in reversed(range(len(tallies)))]
    rows = [(Week(day), tally) for day, tally in zip(mondays, tallies, strict=True)]
    return WeeksFacts(VIEW, rows, VIEW.week)


def test_a_week_that_is_not_over_is_never_called_the_lowest_and_pulls_no_share_down() -> None:
    facts = weeks_of(WeekTally(9, missed=1), WeekTally(8, missed=2), WeekTally(1, no_day=9))
    picture = picture_of(facts)
    assert picture is not None
    assert picture[1].startswith("Từ tuần 45 đến tuần 46 (09–15/11), CĐ các KCN tỉnh: đã báo cáo")
    assert "17/20 lượt đi cơ sở (85%)" in picture[1]
    assert "Thấp nhất 80% (tuần 46), cao nhất 90% (tuần 45)." in picture[1]
    assert picture[1].endswith("Tuần này đến nay: 1/10 lượt.")


def test_the_map_counts_weeks_as_the_lists_do_and_rings_enterprises_without_a_union() -> None:
    sites = [
        PlacedSite("May Sen Vàng", 3, (10.1, 105.1), True),
        PlacedSite("In Sao Khuê", 4, (10.2, 105.2), True),
        PlacedSite("Nhà hàng Sông Trăng", None, (10.3, 105.3), True, unionless=True),
    ]
    picture = picture_of(MapFacts(VIEW, sites, [], []))
    assert picture is not None
    assert isinstance(picture[0], SiteMap)
    assert picture[1].endswith(
        "trong 3 cơ sở (có 1 doanh nghiệp chưa có công đoàn): 1 cơ sở có cán bộ đến cách "
        "đây chưa đầy 4 tuần, 1 cơ sở cách đây 4–11 tuần, 1 cơ sở chưa ghi nhận lượt đi nào."
    )
    keys = {key.fill: key.words for key in picture[0].head.keys}
    assert keys["while"] == "4–11 tuần"  # a list says "4 tuần" of In Sao Khuê
    assert keys["ring"] == "DN chưa có công đoàn"
    assert picture[0].svg().count('<circle class="ring"') == 2  # the key's and the restaurant's
    unions = picture_of(MapFacts(VIEW, sites[:2], [], []))
    assert unions is not None
    assert "ring" not in {key.fill for key in unions[0].head.keys}


def test_a_week_in_which_nothing_is_assigned_yet_is_not_called_nought_of_nought() -> None:
    picture = picture_of(weeks_of(WeekTally(9, missed=1), WeekTally(8, missed=2), WeekTally()))
    assert picture is not None
    assert picture[1].endswith("Tuần này chưa giao lượt đi nào.")


def test_where_several_weeks_are_the_lowest_none_of_them_is_named_alone() -> None:
    low, high, running = WeekTally(8, missed=2), WeekTally(9, missed=1), WeekTally(1, no_day=9)

    def said(*tallies: WeekTally) -> str:
        picture = picture_of(weeks_of(*tallies, running))
        assert picture is not None
        return picture[1]

    assert "Thấp nhất 80% (tuần 43 và 45), cao nhất 90% (tuần 44 và 46)." in said(
        low, high, low, high
    )
    assert "Thấp nhất 80% (tuần 43, 44 và 45), cao nhất 90% (tuần 46)." in said(low, low, low, high)
    assert "Thấp nhất 80% (4 tuần), cao nhất 90% (tuần 46)." in said(low, low, low, low, high)
    assert "Thấp nhất" not in said(high, high)


def test_weeks_and_months_before_the_first_figures_are_not_drawn() -> None:
    nothing = WeekTally()
    picture = picture_of(weeks_of(nothing, nothing, WeekTally(1), nothing, WeekTally(1)))
    assert picture is not None
    assert isinstance(picture[0], Columns)
    assert [column.label for column in picture[0].columns] == ["T45", "T46", "T47"]
    assert picture[1].startswith("Từ tuần 45 đến tuần 46")
    none, some = [0, 0, 0, 0], [1, 0, 0, 0]
    waits = WaitsFacts(VIEW, [((2026, 9), none, 0), ((2026, 10), some, 3), ((2026, 11), none, 0)])
    picture = picture_of(waits)
    assert picture is not None
    assert isinstance(picture[0], Columns)
    assert [column.label for column in picture[0].columns] == ["10/2026", "11/2026"]
    assert "từ tháng 10/2026 đã giải quyết 1" in picture[1]


def test_what_a_leader_agreed_to_is_no_part_of_the_share_but_is_said() -> None:
    picture = picture_of(weeks_of(WeekTally(3, allowed=1)))
    assert picture is not None
    assert "đã báo cáo 3/3 lượt đi cơ sở (100%) (1 lượt được đồng ý vắng)." in picture[1]


def test_where_all_cases_are_of_small_categories_nothing_is_called_the_most() -> None:
    picture = picture_of(AgesFacts(VIEW, [(Category.KHAC, [2, 1, 0, 0])], 0))
    assert picture is not None
    assert isinstance(picture[0], Bars)
    assert [bar.name for bar in picture[0].bars] == ["Các lĩnh vực, gộp chung"]
    assert "Nhiều nhất" not in picture[1]
