"""Cards of /dulieu."""

import json
from collections.abc import Mapping
from typing import Any

from bot.cases.cards.worker_messages import ERASED, WITHDRAWN, account_label, keeping_time
from bot.conversation.kinds import text_of
from bot.core.card import Button, Card
from bot.core.rendering import render

FILE_NAME, DATA_NAME = "du-lieu-cua-toi.html", "du-lieu-cua-toi.json"
DRAFTS = "đang viết dở"
FILE_CAPTION = (
    "Đây là những gì Công đoàn đang lưu về anh/chị. Tệp này nằm lại trong máy: xem xong, "
    "anh/chị nên xóa."
)
DATA_CAPTION = "Cũng nội dung đó, để chuyển sang phần mềm khác khi cần."
HOME = Button("🏠 Trang chính", "home")
BACK = Button("« Không", "data:see")


def stored(own_data: Any) -> Card:
    """What there is, and what may be done with it."""
    text = render(
        "own_data/stored",
        own_data=own_data,
        kept=keeping_time(own_data.keep_months),
        account=account_label(own_data.channel),
    )
    if not own_data.has_data:
        return Card(text, ((HOME,),))
    rows = [(Button("📄 Lấy bản sao", "data:export"),)]
    if own_data.consent_at:
        rows.append((Button("↩️ Rút lại đồng ý", "data:ask:withdraw"),))
    rows.append((Button("🗑 Xóa hết", "data:ask:erase"),))
    return Card(text, (*rows, (HOME,)))


def copy(content: Mapping[str, Any]) -> bytes:
    """What is stored, as a page that any telephone or computer opens. Of what is being written, the
    words: what was chosen besides stands there as the form's own signs.
    """
    written = [
        text_of(answer)
        for answers in content[DRAFTS]
        for answer in answers.values()
        if isinstance(answer, Mapping) and "pieces" in answer
    ]
    return render("own_data/copy", content={**content, DRAFTS: written}).encode()


def data(content: Mapping[str, Any]) -> bytes:
    """The same for another program."""
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def sure(what: str) -> Card:
    """Before it is done."""
    label = "Xóa hết" if what == "erase" else "Rút lại đồng ý"
    return Card(render("own_data/sure", what=what), ((Button(label, f"data:{what}"), BACK),))


def done(what: str) -> Card:
    return Card(ERASED if what == "erase" else WITHDRAWN, ((HOME,),))
