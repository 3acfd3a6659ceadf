"""A card's text on a page: the tags that Telegram takes, and nothing else whatever a text holds."""

import pytest
from markupsafe import Markup

from bot.channels.web.markup import marked, with_labels, with_links

COMMANDS = {"dulieu": "“Thông tin đang lưu về tôi”"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "a <b>b</b> <i>c</i> <u>d</u> <s>e</s>",
            "a <strong>b</strong> <em>c</em> <u>d</u> <s>e</s>",
        ),
        ("<code>x &lt; y</code> <pre>z</pre>", "<code>x &lt; y</code> <pre>z</pre>"),
        ("<blockquote>lời\ndài</blockquote>", "<blockquote>lời\ndài</blockquote>"),
        ("<blockquote>lời</blockquote>\n\nhết", "<blockquote>lời</blockquote>\nhết"),
        (
            "<blockquote expandable>lời</blockquote>",
            "<details><summary>Xem đầy đủ</summary><blockquote>lời</blockquote></details>",
        ),
        (
            '<a href="https://a.vn/?b=1&amp;c=2">đây</a>',
            '<a href="https://a.vn/?b=1&amp;c=2" rel="noreferrer noopener">đây</a>',
        ),
        ('<a href="tel:0912">gọi</a>', '<a href="tel:0912" rel="noreferrer noopener">gọi</a>'),
        ('<a href="javascript:alert(1)">đây</a>', "đây"),
        ('<a href="https://a.vn/&quot; onclick=&quot;x">đây</a>', "đây"),
        ("<tg-spoiler>kín</tg-spoiler>", '<span class="spoiler" tabindex="0">kín</span>'),
        (
            '<span class="tg-spoiler">kín</span>',
            '<span class="spoiler" tabindex="0">kín</span>',
        ),
        ('<span class="x">chữ</span>', "chữ"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<script>alert(1)</script>", "alert(1)"),
        ('<img src=x onerror="alert(1)">ảnh', "ảnh"),
        ('<b onclick="x">đậm</b>', "<strong>đậm</strong>"),
        ("<b>mở <i>lồng</b> sau", "<strong>mở <em>lồng</em></strong> sau"),
        ("thừa</div></b>", "thừa"),
        ("<!-- x --><b", "&lt;b"),
    ],
)
def test_only_what_telegram_takes_comes_out(text: str, html: str) -> None:
    assert marked(text, {}).html == html


def test_the_first_line_is_the_heading_where_it_is_all_bold() -> None:
    text = marked("<b>Xin chào &amp; mời vào</b>\n\nNội dung", {})
    assert (text.heading, text.html) == ("Xin chào & mời vào", "Nội dung")
    assert marked("<b>Tên</b>: Lan\nhai", {}).heading == ""


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("📮 <b>Phản ánh, kiến nghị</b> · Quá hạn", True),
        ("🎯 <b>Chỉ tiêu · Sát cơ sở</b>, năm 2026", True),
        ("<b>Phần đơn vị viết</b> (0/4)", True),
        ("📬 <b>3</b> thông báo chưa xem.", False),
        ("<b>Lần đi gần nhất:</b> 03/11/2026", False),
        ("Cơ sở <b>May Sen Vàng</b>", False),
    ],
)
def test_what_stands_beside_the_bold_words_of_a_first_line_belongs_to_the_heading(
    line: str, is_heading: bool
) -> None:
    text = marked(f"{line}\nNội dung", {})
    assert (text.heading != "") is is_heading
    assert ("<strong>" in text.html) is not is_heading


PA1 = "1. 🔵 <strong>PA1</strong> · May"
LINKED_PA1 = '<a href="/a">1. 🔵 <strong>PA1</strong></a> · May'


@pytest.mark.parametrize(
    ("html", "buttons", "linked"),
    [
        (PA1, [("1", "/a")], LINKED_PA1),
        (f"{PA1}\n2. chưa nhận", [("1", "/a"), ("2", "")], f"{LINKED_PA1}\n2. chưa nhận"),
        (
            "1. Tuần 48/2026 · <strong>May</strong>\nlời 2. lẻ",
            [("1", "/a"), ("1", "/the site")],
            '<a href="/a">1. Tuần 48/2026</a> · <strong>May</strong>\nlời 2. lẻ',
        ),
        (
            "1. một\n1. hai\n3. ba",
            [("1", "/a"), ("1", "/b"), ("3", "/c")],
            '<a href="/a">1. một</a>\n<a href="/b">1. hai</a>\n<a href="/c">3. ba</a>',
        ),
        ("1. một\n2. hai", [("2", "/b"), ("1", "/a")], "1. một\n2. hai"),
        ("1. một\n2. hai", [("1", "/a")], "1. một\n2. hai"),
        (
            "1. <strong>An</strong>: 0/1\n2. <strong>Bình</strong>",
            [("Bình", "/b"), ("An", "/a"), ("An Lộc", "/c")],
            '<a href="/a">1. <strong>An</strong></a>: 0/1\n<a href="/b">2. '
            "<strong>Bình</strong></a>",
        ),
    ],
)
def test_entries_of_a_list_lead_where_the_buttons_of_their_numbers_do(
    html: str, buttons: list[tuple[str, str]], linked: str
) -> None:
    assert with_links(Markup(html), buttons) == linked


def test_an_example_of_a_command_to_be_typed_is_a_field_on_the_page() -> None:
    html = marked("gõ tên, ví dụ: <code>/dulieu sen &amp; vang</code>", COMMANDS).html
    assert 'placeholder="sen &amp; vang"' in html
    assert '<button name="command" value="dulieu">Tìm</button>' in html
    assert marked("<code>/khac sen</code>", COMMANDS).html == "<code>/khac sen</code>"


def test_a_command_that_only_looks_is_a_link_within_the_words() -> None:
    html = marked("gõ /dulieu", COMMANDS, {"dulieu": "/muc/dulieu"}).html
    assert html == 'bấm <a href="/muc/dulieu">“Thông tin đang lưu về tôi”</a>'


def test_what_a_link_says_is_not_said_again_beside_it() -> None:
    said = "• /dulieu: thông tin đang lưu về tôi; xóa hết.\n• /dulieu: xem, xóa."
    html = marked(said, COMMANDS, {"dulieu": "/x"}).html
    link = '<a href="/x">“Thông tin đang lưu về tôi”</a>'
    assert html == f"• {link}; xóa hết.\n• {link}: xem, xóa."


def test_a_command_is_a_button_on_the_page() -> None:
    html = marked("Muốn xóa, anh/chị gõ /dulieu. Xem a/b, /khac", COMMANDS).html
    assert html == (
        'Muốn xóa, anh/chị bấm <button class="word" name="command" value="dulieu">“Thông tin đang '
        "lưu về tôi”</button>. Xem a/b, /khac"
    )
    assert marked("Bấm /dulieu", COMMANDS).html.startswith('Bấm <button class="word"')
    assert "button" not in marked('<a href="https://a.vn/dulieu">/dulieu</a>', COMMANDS).html


def test_plain_words_name_a_command_as_the_page_does() -> None:
    commands = {"start": "“Trang chính”"}
    said_in_chat = "Không tìm thấy nội dung này. Đề nghị bấm /start để xem lại."
    on_the_page = "Không tìm thấy nội dung này. Đề nghị bấm “Trang chính” để xem lại."
    assert with_labels(said_in_chat, commands) == on_the_page
    assert with_labels("Gõ /start", commands) == "Bấm “Trang chính”"
    assert with_labels("Xem https://a.vn/start, /khac", commands) == "Xem https://a.vn/start, /khac"
