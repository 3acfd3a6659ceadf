"""Cards of /dulieu."""

from typing import Any

from bot.cases.cards.worker_messages import ERASED, WITHDRAWN, keeping_time
from bot.core.card import Button, Card
from bot.core.rendering import render

FILE_NAME = "du-lieu-cua-toi.json"
FILE_CAPTION = (
    "Đây là những gì Công đoàn đang lưu về anh/chị. Tệp này nằm lại trong máy: xem xong, "
    "anh/chị nên xóa."
)
HOME = Button("🏠 Trang chính", "home")
BACK = Button("« Không", "data:see")


def stored(own_data: Any) -> Card:
    """What there is, and what may be done with it."""
    text = render("own_data/stored", own_data=own_data, kept=keeping_time(own_data.keep_months))
    if not own_data.has_data:
        return Card(text, ((HOME,),))
    rows = [(Button("📄 Lấy bản sao", "data:export"),)]
    if own_data.consent_at:
        rows.append((Button("↩️ Rút lại đồng ý", "data:ask:withdraw"),))
    rows.append((Button("🗑 Xóa hết", "data:ask:erase"),))
    return Card(text, (*rows, (HOME,)))


def sure(what: str) -> Card:
    """Before it is done."""
    label = "Xóa hết" if what == "erase" else "Rút lại đồng ý"
    return Card(render("own_data/sure", what=what), ((Button(label, f"data:{what}"), BACK),))


def done(what: str) -> Card:
    return Card(ERASED if what == "erase" else WITHDRAWN, ((HOME,),))
