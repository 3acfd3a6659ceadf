"""What a unit's papers carry, line by line, with a button to change each."""

from collections.abc import Collection, Sequence

from bot.core.card import Button, Card, grid
from bot.core.rendering import render
from bot.core.rules.letterhead import Head
from storage.models import Unit

HOME = Button("« Trang chính", "home")
DOTS = "(để trống)"

# Line -> (on a button, what is asked for). The order of the paper.
LINES = {
    "superior": ("Cơ quan cấp trên", "Tên cơ quan, tổ chức cấp trên (dòng trên, góc trái)?"),
    "issuer": ("Cơ quan ban hành", "Tên cơ quan ban hành văn bản (dòng đậm, góc trái)?"),
    "symbol": ("Ký hiệu", "Ký hiệu báo cáo, sau “Số: …/”, ví dụ: BC-CĐ?"),
    "place": ("Địa danh", "Địa danh trước ngày tháng, ví dụ: An Giang?"),
    "recipients": (
        "Nơi nhận",
        "Nơi nhận, mỗi nơi một dòng, trong một tin nhắn; không cần gạch đầu dòng. Dòng lưu ghi: "
        "Lưu: VT, TC.",
    ),
    "authority": ("Thẩm quyền ký", "Thẩm quyền ký, ví dụ: TM. BAN THƯỜNG VỤ?"),
    "position": ("Chức vụ người ký", "Chức vụ người ký, ví dụ: CHỦ TỊCH?"),
    "signatory": ("Họ tên người ký", "Họ tên người ký?"),
}


def one(unit: Unit, head: Head, own: Collection[str]) -> Card:
    """`own`: the lines that the unit has set itself."""
    lines = [(label, _words(head, key), key in own) for key, (label, _) in LINES.items()]
    text = render("paper/head", f={"unit": unit}, lines=lines)
    buttons = [Button(label, f"paper:line:{unit.id}:{key}") for key, (label, _) in LINES.items()]
    return Card(text, (*grid(buttons, 2), (HOME,)))


def several(units: Sequence[Unit]) -> Card:
    """Whose papers?"""
    rows = tuple((Button(unit.name[:60], f"paper:head:{unit.id}"),) for unit in units[:20])
    return Card(render("paper/heads", units=units), (*rows, (HOME,)))


def _words(head: Head, key: str) -> str:
    value = getattr(head, key)
    words = "; ".join(value) if isinstance(value, tuple) else value
    return words or DOTS
