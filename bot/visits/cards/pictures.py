"""Which pictures of an overview there are to choose from."""

from bot.core.card import Button, Card, grid
from bot.core.rendering import number, render
from bot.visits.facts.pictures import AgesFacts, AnyPicture, MapFacts, PictureChoice

LABELS = {
    "v": "📊 Lượt đi theo tuần",
    "c": "📶 Cơ sở đã đến",
    "m": "🗺 Bản đồ cơ sở",
    "a": "💬 Phản ánh đang chờ",
    "w": "⏱ Thời gian giải quyết",
    "d": "👥 Đoàn viên",
}
NOTHING = "Chưa có số liệu để vẽ nội dung này."
NONE_WAITING = "Không có phản ánh, kiến nghị nào đang chờ. Việc cần giữ kín không đưa vào biểu đồ."
TOO_FEW = "Chỉ có {} phản ánh, kiến nghị đang chờ, ít quá nên không vẽ, tránh để lộ người phản ánh."
NO_PLACES = "Chưa có cơ sở nào được ghi vị trí (vĩ độ, kinh độ) trong danh sách đơn vị."


def nothing(facts: AnyPicture) -> str:
    """Why there is nothing to draw."""
    if isinstance(facts, AgesFacts):
        return TOO_FEW.format(number(facts.left_out)) if facts.left_out else NONE_WAITING
    return NO_PLACES if isinstance(facts, MapFacts) else NOTHING


def choice(facts: PictureChoice) -> Card:
    """One button a picture, and the way back."""
    key = facts.view.key
    pictures = [Button(LABELS[kind], f"ov:g:{kind}:{key}") for kind in facts.kinds]
    back = Button("« Tổng quan", f"ov:w:{key}")
    return Card(render("picture/choice", view=facts.view), (*grid(pictures, 2), (back,)))
