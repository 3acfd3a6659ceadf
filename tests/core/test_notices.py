"""A notice in a list, on one line."""

from bot.core.notices import plain


def test_lines_of_a_list_lose_their_dots_where_they_come_on_one_line() -> None:
    text = "Từ ngày 09/12/2026: <b>đổi tên</b>\n• Bến Quê: đổi tên\n• Hòn Sao: giải thể"
    assert plain(text) == "Từ ngày 09/12/2026: đổi tên · Bến Quê: đổi tên · Hòn Sao: giải thể"
