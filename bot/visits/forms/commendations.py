"""A leader says why not this time, or releases a good practice for every unit to read."""

from bot.conversation.form import Form, Step
from bot.conversation.kinds import Choice, QuickWords, Words
from bot.core.card import Card
from bot.core.context import Context
from bot.visits.cards import commendations as cards
from bot.visits.services import commendations
from storage.models import Draft

NAMED = "named"


async def _decline(context: Context, draft: Draft) -> Card:
    await commendations.decline(context, draft.about["commendation_id"], draft.answers["why"])
    return cards.listed(await commendations.waiting(context, 0))


async def _release(context: Context, draft: Draft) -> Card:
    key, answers = draft.about["commendation_id"], draft.answers
    site_named = answers["site"] == NAMED
    await commendations.release(context, key, answers["words"], site_named=site_named)
    return cards.detail(await commendations.opened(context, key))


DECLINE = Form(
    "commendation_no",
    "Chưa khen lần này",
    (
        Step(
            "why",
            "Lý do",
            "Vì sao chưa khen lần này? Bấm chọn hoặc gõ lý do; cán bộ đề xuất sẽ đọc được.",
            QuickWords(
                500,
                quick=(
                    "Cần thêm thành tích cụ thể",
                    "Để xét vào cuối năm",
                    "Đã được khen về việc này",
                ),
            ),
        ),
    ),
    _decline,
    review=False,
)

RELEASE = Form(
    "practice",
    "Phổ biến cách làm hay",
    (
        Step(
            "words",
            "Nội dung",
            "Đồng chí viết lại cách làm hay để mọi đơn vị đọc. Chỉ ghi tên người khi đồng chí ấy "
            "đồng ý.",
            Words(3000),
        ),
        Step(
            "site",
            "Tên cơ sở",
            "Có nêu tên cơ sở không?",
            Choice(((NAMED, "Nêu tên cơ sở"), ("not", "Không nêu tên"))),
        ),
    ),
    _release,
    send_label="💡 Phổ biến",
)
