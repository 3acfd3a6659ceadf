"""What a card does with more than a message holds."""

import pytest

from bot.core.card import MAX_TEXT, Card
from bot.core.rendering import render


def said(words: str) -> str:
    """A sentence in a template of ours."""
    return render("case/refused", sentence=words)


def test_a_quotation_mark_is_one_letter_whatever_it_is_escaped_to() -> None:
    text = Card(said('"Tốt" & <b>' * 300)).text
    assert text.count("&#34;Tốt&#34; &amp; &lt;b&gt;") == 300


@pytest.mark.parametrize("words", ["x" * 3000, '"' * 3000])
def test_what_is_too_long_loses_whole_lines_at_the_end(words: str) -> None:
    text = Card(f"<b>Đầu</b>\n{said(words)}\n{said(words)}").text
    assert text.startswith("<b>Đầu</b>")
    assert text.endswith("\n…")
    assert text.count(said(words)) == 1
    assert MAX_TEXT == 4096
