"""Which pictures of an overview there are to choose from."""

from bot.core.card import Button, Card, grid
from bot.core.rendering import render
from bot.visits.facts.pictures import PictureChoice

LABELS = {
    "v": "📊 Lượt đi theo tuần",
    "c": "📶 Cơ sở đã đến",
    "m": "🗺 Bản đồ cơ sở",
    "a": "💬 Phản ánh đang chờ",
    "w": "⏱ Thời gian giải quyết",
    "d": "👥 Đoàn viên",
}
NOTHING = "Chưa có số liệu để vẽ nội dung này."


def choice(facts: PictureChoice) -> Card:
    """One button a picture, and the way back."""
    key = facts.view.key
    pictures = [Button(LABELS[kind], f"ov:g:{kind}:{key}") for kind in facts.kinds]
    back = Button("« Tổng quan", f"ov:w:{key}")
    return Card(render("picture/choice", view=facts.view), (*grid(pictures, 2), (back,)))
