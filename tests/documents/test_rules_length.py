"""The rules below a line follow its length, whatever the unit is called."""

from dataclasses import replace

import pytest

from bot.documents.layout import length_of
from bot.summaries.papers import report_docx, samples
from tests.documents.measuring import Opened, rule_length


@pytest.mark.parametrize(
    ("text", "size", "measured"),
    [
        ("Độc lập - Tự do - Hạnh phúc", 14, 6.04),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, 9.5),
        ("CĐ CÁC KCN TỈNH", 13, 4.18),
        ("Kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân” năm 2026", 14, 13.66),
    ],
)
def test_lengths_are_those_of_times_new_roman(text: str, size: float, measured: float) -> None:
    assert length_of(text, size) == pytest.approx(measured, rel=0.06)


@pytest.mark.parametrize("name", ["LĐLĐ tỉnh", "CĐ phường Long Hòa", "Công đoàn " * 12])
def test_the_rule_below_the_issuer_is_a_third_to_a_half_of_its_line(name: str) -> None:
    paper = replace(samples.PAPER, head=replace(samples.HEAD, issuer=name))
    opened = Opened(report_docx.unit_report(paper, None))
    drawn = rule_length(opened.left[2], 7.3)
    line = min(length_of(name.upper().strip(), 12), 7.3)
    assert drawn is not None
    assert 1 / 3 <= drawn / line <= 1 / 2
