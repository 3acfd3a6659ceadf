"""Plans as an operator writes them: files in a folder."""

from pathlib import Path

SIXTH = """
key = "nha-o"
title = "Nhà ở cho công nhân"
short = "Nhà ở"
issuer = "LĐLĐ tỉnh"
source = "Kế hoạch số 7/KH-LĐLĐ ngày 02/01/2026"
starts = 2026-01-05
ends = 2030-12-31
responsible = "Ban Chính sách"
difficulties = "Văn phòng"
campaign_months = [11]
{more}
[[tasks]]
number = "1"
text = "Khảo sát nhà trọ <b>"
department = "Ban Chính sách"
source = "II.1"

[[tasks]]
number = "2"
text = "Lập quỹ"
department = "Ban Tài chính"
source = "II.2"

[[targets]]
key = "phong"
text = "Phòng trọ được sửa"
value = 1_500
measure = "phòng"
source = "I.2"
last_year = 2028

[[topics]]
key = "housing"
short = "Nhà trọ"
words = "nhà trọ, giá điện"

[[topics]]
key = "care"

[[reports]]
key = "quy-4"
title = "Kết quả chăm lo nhà ở"
before = "20/12"
source = "III.4"
first = "1/10"
last = "31/12"
sections = ["II", "V"]
figures = ["I", "III.2"]
outline = "short"
"""


def sixth(more: str = "") -> str:
    return SIXTH.format(more=more)


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file
