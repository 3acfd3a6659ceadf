"""A card's text on a page: the tags that Telegram takes, and nothing else whatever a text holds."""

import pytest

from bot.channels.web.markup import marked

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


def test_a_command_is_a_button_on_the_page() -> None:
    html = marked("Muốn xóa, anh/chị gõ /dulieu. Xem a/b, /khac", COMMANDS).html
    assert html == (
        'Muốn xóa, anh/chị bấm <button class="word" name="command" value="dulieu">“Thông tin đang '
        "lưu về tôi”</button>. Xem a/b, /khac"
    )
    assert marked("Bấm /dulieu", COMMANDS).html.startswith('Bấm <button class="word"')
    assert "button" not in marked('<a href="https://a.vn/dulieu">/dulieu</a>', COMMANDS).html
