"""The poster at the gate: how workers reach the union, A4, as PDF for the printer and as PNG.

Drawn with matplotlib: its font has every Vietnamese letter and comes with it.
"""

import io
from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Literal

import segno
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

MOTTO = "Ở đâu công nhân gặp khó, tổ chức Công đoàn có mặt"
STEPS = (
    ("Quét mã", "bằng máy ảnh điện thoại;\nTelegram mở ra,\nbấm “Bắt đầu”"),
    ("Nêu ý kiến", "viết, nói hoặc gửi ảnh\nvề lương, cơm ca,\ngiờ làm, an toàn…"),
    ("Nhận trả lời", "ngay trên điện thoại;\ncó mã để xem\nviệc đã đến đâu"),
)
PROMISE = "Không cần nêu tên. Công ty không được biết ai đã gửi."
A4 = (8.27, 11.69)
_RED, _INK, _PALE = "#b3261e", "#1f2933", "#fdf3f2"


def poster(site: str, link: str, form: Literal["pdf", "png"]) -> bytes:
    """The poster of one site. `link` is what the square code says."""
    figure = Figure(figsize=A4, facecolor="white")
    _head(figure)
    _code(figure, link)
    _where(figure, site, link)
    _steps(figure)
    _foot(figure)
    target = io.BytesIO()
    figure.savefig(target, format=form, dpi=150, metadata=_plain(form))
    return target.getvalue()


def _head(figure: Figure) -> None:
    _bar(figure, 0.86, 0.14)
    figure.text(0.5, 0.945, "GỬI Ý KIẾN TỚI CÔNG ĐOÀN", **_text(29, "white", bold=True))
    figure.text(
        0.5,
        0.893,
        "Gặp khó khăn, vướng mắc, hãy nói với Công đoàn.\nCông đoàn lắng nghe và trả lời.",
        **_text(14.5, "white"),
    )


def _code(figure: Figure, link: str) -> None:
    """The square code, as squares, so that a printer of any size keeps it sharp."""
    matrix: Sequence[Sequence[int]] = tuple(
        tuple(row) for row in segno.make(link, error="q").matrix
    )
    size = len(matrix)
    side = 0.43
    axes = figure.add_axes((0.5 - side / 2, 0.485, side, side * A4[0] / A4[1]))
    axes.set_xlim(-2, size + 2)
    axes.set_ylim(size + 2, -2)
    axes.set_axis_off()
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                axes.add_patch(Rectangle((x, y), 1.01, 1.01, color="black", linewidth=0))


def _where(figure: Figure, site: str, link: str) -> None:
    lines = wrap(site, 34)
    if len(lines) > 1:  # of about the same length, and never without its end
        lines = wrap(site, max(34, len(site) // min(3, len(lines)) + 8))
    size = {1: 20, 2: 16}.get(len(lines), 12)
    figure.text(0.5, 0.815, "\n".join(lines), **_text(size, _INK, bold=True))
    figure.text(0.5, 0.462, link.removeprefix("https://"), **_text(11, _INK))


def _steps(figure: Figure) -> None:
    width, gap = 0.285, 0.0225
    for n, (title, words) in enumerate(STEPS):
        left = 0.05 + n * (width + gap)
        figure.add_artist(
            FancyBboxPatch(
                (left, 0.262),
                width,
                0.158,
                boxstyle="round,pad=0,rounding_size=0.012",
                facecolor=_PALE,
                edgecolor=_RED,
                linewidth=1.2,
                transform=figure.transFigure,
            )
        )
        middle = left + width / 2
        figure.text(middle, 0.385, f"{n + 1}. {title}", **_text(17, _RED, bold=True))
        figure.text(middle, 0.32, words, **_text(11.5, _INK))


def _foot(figure: Figure) -> None:
    figure.text(0.5, 0.205, PROMISE, **_text(15.5, _INK, bold=True))
    figure.text(
        0.5,
        0.165,
        "Tên, số điện thoại chỉ lưu khi anh/chị muốn nêu, và được giữ kín.",
        **_text(12.5, _INK),
    )
    _bar(figure, 0.0, 0.115)
    figure.text(0.5, 0.058, f"“{MOTTO}”", **_text(15, "white", bold=True))


def _bar(figure: Figure, bottom: float, height: float) -> None:
    figure.add_artist(
        Rectangle((0, bottom), 1, height, color=_RED, linewidth=0, transform=figure.transFigure)
    )


def _text(size: float, color: str, *, bold: bool = False) -> dict[str, Any]:
    return {
        "parse_math": False,  # a name may hold any sign
        "ha": "center",
        "va": "center",
        "fontsize": size,
        "color": color,
        "linespacing": 1.45,
        "fontweight": "bold" if bold else "normal",
        "fontfamily": "DejaVu Sans",
    }


def _plain(form: str) -> dict[str, Any]:
    """No time of making: the same poster is the same file."""
    return {"CreationDate": None} if form == "pdf" else {}
