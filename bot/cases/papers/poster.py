"""The poster at the gate: how workers reach the union, A4, as PDF for the printer and as PNG.

What it looks like stands in poster.svg.
"""

from math import ceil
from pathlib import Path
from textwrap import wrap
from typing import Literal

from bot.documents import drawing
from bot.documents.rendering import clean

TITLE = "GỬI Ý KIẾN TỚI CÔNG ĐOÀN"
OPENING = (
    "Gặp khó khăn, vướng mắc, hãy nói với Công đoàn.",
    "Công đoàn lắng nghe và trả lời.",
)
MOTTO = "Ở đâu công nhân gặp khó, tổ chức Công đoàn có mặt"
STEPS = (
    ("Quét mã", ("bằng máy ảnh điện thoại;", "Telegram mở ra,", "bấm “Bắt đầu”")),
    ("Nêu ý kiến", ("viết, nói hoặc gửi ảnh", "về lương, cơm ca,", "giờ làm, an toàn…")),
    ("Nhận trả lời", ("ngay trên điện thoại;", "có mã để xem", "việc đã đến đâu")),
)
STEPS_TO_A_PAGE = (
    ("Quét mã", ("bằng máy ảnh điện thoại;", "trang của Công đoàn", "mở ra")),
    ("Nêu ý kiến", ("ngay trên trang", "hoặc qua Telegram;", "viết, nói hoặc gửi ảnh")),
    ("Nhận trả lời", ("ngay trên điện thoại;", "có số bí mật để xem", "việc đã đến đâu")),
)
TELEGRAM = "https://t.me/"
PROMISE = "Không cần nêu tên. Công ty không được biết ai đã gửi."
PRIVACY = "Tên, số điện thoại chỉ lưu khi anh/chị muốn nêu, và được giữ kín."
SCREEN_PIXELS = 1240  # across: A4 at 150 dots an inch
_SIZES = (7.4, 6.2, 5.0, 4.1)  # mm, of a name of one line, two, three, more
_LETTERS = (34, 36, 44)  # in a line, of a name that takes so many lines
_LONG_LINE = 54


def poster(site: str, link: str, form: Literal["pdf", "png"]) -> bytes:
    """The poster of one site. `link` is what the square code says."""
    code, squares = drawing.qr_path(link)
    name_lines = lines_of_name(clean(site))
    drawn = drawing.svg(
        Path(__file__).with_suffix(".svg"),
        {
            "title": TITLE,
            "opening": OPENING,
            "name_lines": name_lines,
            "name_size": _SIZES[min(len(name_lines), len(_SIZES)) - 1],
            "code": code,
            "squares": squares,
            "address": link.removeprefix("https://"),
            "steps": STEPS if link.startswith(TELEGRAM) else STEPS_TO_A_PAGE,
            "promise": PROMISE,
            "privacy": PRIVACY,
            "motto": MOTTO,
        },
    )
    return drawing.pdf(drawn, drawing.A4) if form == "pdf" else drawing.png(drawn, SCREEN_PIXELS)


def lines_of_name(name: str) -> list[str]:
    """In as few lines as it can be read in, all about equally long, and never without its end."""
    count = next((n for n, most in enumerate(_LETTERS, 1) if len(wrap(name, most)) <= n), 0)
    if not count:
        return wrap(name, _LONG_LINE) or [name]
    widths = range(max(1, ceil(len(name) / count)), _LETTERS[count - 1] + 1)
    return next((lines for width in widths if len(lines := wrap(name, width)) <= count), [name])
