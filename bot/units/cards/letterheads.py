"""What a unit's papers carry, line by line, with a button to change each."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from bot.core.card import Button, Card, grid
from bot.core.rendering import on_button, render
from bot.core.rules.letterhead import Head
from storage.models import Unit

HOME = Button("« Trang chính", "home")
DOTS = "(để trống)"

# Line -> (on a button, what is asked for). The order of the paper.
LINES = {
    "superior": ("Cơ quan cấp trên", "Tên cơ quan, tổ chức cấp trên (dòng trên, góc trái)?"),
    "issuer": (
        "Tên đầy đủ",
        "Tên chính thức, đầy đủ của đơn vị, không viết tắt (dòng đậm, góc trái). Ví dụ: Công đoàn "
        "các Khu công nghiệp tỉnh An Giang.",
    ),
    "short_name": (
        "Tên gọi trong bài",
        "Tên gọi trong bài và trong bảng, ngắn hơn nhưng không viết tắt. Ví dụ: Công đoàn các Khu "
        "công nghiệp.",
    ),
    "symbol": ("Ký hiệu", "Ký hiệu báo cáo, sau “Số: …/”. Ví dụ: BC-CĐ."),
    "place": ("Địa danh", "Địa danh trước ngày tháng. Ví dụ: An Giang."),
    "recipients": (
        "Nơi nhận",
        "Nơi nhận, mỗi nơi một dòng, gõ hết một lần; không cần gạch đầu dòng. Dòng lưu ghi: "
        "Lưu: VT, TC.",
    ),
    "authority": ("Thẩm quyền ký", "Thẩm quyền ký. Ví dụ: TM. BAN THƯỜNG VỤ."),
    "position": ("Chức vụ người ký", "Chức vụ người ký. Ví dụ: CHỦ TỊCH."),
    "signatory": ("Họ tên người ký", "Họ tên người ký?"),
}


BASIS = "Căn cứ"
ASK_BASIS = (
    "Báo cáo thực hiện văn bản nào? Đồng chí ghi phần sau chữ “Thực hiện”, ví dụ: Kế hoạch số "
    "15/KH-LĐLĐ ngày 20/01/2026 của Ban Thường vụ Liên đoàn Lao động tỉnh về thực hiện mô hình …"
)


def detail(
    unit: Unit, head: Head, own: Collection[str], plans: Mapping[str, str] = MappingProxyType({})
) -> Card:
    """`own`: the lines that the unit has set itself. `plans`: key -> short title, of those whose
    reports say what they carry out.
    """
    lines = [(label, words_of(head, key), key in own) for key, (label, _) in LINES.items()]
    buttons = [Button(label, f"paper:line:{unit.id}:{key}") for key, (label, _) in LINES.items()]
    for key, short in plans.items():
        label = f"{BASIS} ({short})" if len(plans) > 1 else BASIS
        lines.append((label, head.bases.get(key) or DOTS, f"basis:{key}" in own))
        buttons.append(Button(label, f"paper:basis:{unit.id}:{key}"))
    text = render("paper/head", f={"unit": unit}, lines=lines)
    return Card(text, (*grid(buttons, 2), (HOME,)))


def several(units: Sequence[Unit]) -> Card:
    """Whose papers?"""
    rows = tuple((Button(on_button(unit.name), f"paper:head:{unit.id}"),) for unit in units[:20])
    return Card(render("paper/heads", units=units), (*rows, (HOME,)))


def words_of(head: Head, key: str) -> str:
    """A line of the head as one reads it."""
    value = getattr(head, key)
    words = "; ".join(value) if isinstance(value, tuple) else value
    return words or DOTS
