"""Telegram's HTML: what it means, and what Telegram refuses."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import parse_html, trimmed, units
from bot.sandbox.errors import ApiError
from bot.sandbox.found_entities import add_found


def simple(source: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, entities = parse_html(source)
    return text, [(entity["type"], entity["offset"], entity["length"]) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("chào", "chào", []),
        ("<b>Đ/c</b> Lan", "Đ/c Lan", [("bold", 0, 3)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<u>a</u>", "😀a", [("underline", 2, 1)]),
        (
            "<s>1</s><strike>2</strike><del>3</del>",
            "123",
            [("strikethrough", i, 1) for i in range(3)],
        ),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1), ("code", 0, 1)]),
        ("<B>x</>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("&lt;b&gt; &amp; &quot;", '<b> & "', []),
        ("&#39;&#x27;&lt3", "''<3", []),
        ("&nbsp;&apos;&copy;", "&nbsp;&apos;&copy;", []),
        ("&#0;&#xd800;", "&#0;&#xd800;", []),
        ('<a href="không">x</a>', "x", []),
    ],
)
def test_html_becomes_text_and_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    assert simple(source) == (text, entities)


def test_a_link_keeps_its_address_with_references_decoded() -> None:
    _, entities = parse_html('<a href="https://vd.vn/?a=1&amp;b=2">x</a>')
    assert entities[0]["url"] == "https://vd.vn/?a=1&b=2"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("đ<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ],
)
def test_wrong_html_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text())
def test_escaped_text_always_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(st.text(), st.sampled_from(["b", "i", "u", "s", "code", "pre", "blockquote"]), st.text())
def test_an_entity_covers_exactly_its_own_text(before: str, tag: str, text: str) -> None:
    _, entities = parse_html(f"{html.escape(before)}<{tag}>{html.escape(text)}</{tag}>")
    covered = [(entity["offset"], entity["length"]) for entity in entities]
    assert covered == ([(units(before), units(text))] if text else [])


@given(st.text(alphabet=" \n😀đb"))
def test_trimming_never_leaves_an_entity_outside_the_text(text: str) -> None:
    whole = [{"type": "bold", "offset": 0, "length": units(text)}]
    kept, entities = trimmed(text, whole if text else [])
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= units(kept) for e in entities)


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("/start abc", "bot_command", "/start"),
        ("Xem /lich.", "bot_command", "/lich"),
        ("Vào https://congdoan.vn/a?b=1.", "url", "https://congdoan.vn/a?b=1"),
        ("hỏi @lan_cd nhé", "mention", "@lan_cd"),
        ("gửi cd@vd.vn nhé", "email", "cd@vd.vn"),
        ("#congdoan", "hashtag", "#congdoan"),
    ],
)
def test_links_and_commands_are_found_without_marks(text: str, kind: str, part: str) -> None:
    offset = text.index(part)
    assert add_found(text, []) == [{"type": kind, "offset": offset, "length": len(part)}]


@pytest.mark.parametrize("text", ["20/11/2026", "và/hoặc", "1/2", "#12"])
def test_dates_and_fractions_are_no_commands(text: str) -> None:
    assert add_found(text, []) == []
