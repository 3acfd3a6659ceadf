"""How a sentence to cadres is said to a worker: "anh/chị", nothing abbreviated."""

import re

from bot.config.settings import Organisation
from bot.core import messages
from bot.core.rules.official_names import official_name


def to_worker(sentence: str) -> str:
    """A sentence written for cadres, as somebody without a role hears it."""
    sentence = _INSTEAD.get(sentence, sentence)
    sentence = _REQUEST.sub(lambda request: f"{_INVITATIONS[request[1]]} anh/chị ", sentence)
    return sentence.replace("Đồng chí", "Anh/chị").replace("đồng chí", "anh/chị")


def controller(organisation: Organisation) -> str:
    """Who answers for people's data (bên kiểm soát dữ liệu, Luật 91/2025/QH15 Điều 9): the name
    spelt out, then address and contact as far as the operator wrote them."""
    name = organisation_name(organisation)
    parts = (name, organisation.address.strip(), organisation.contact.strip())
    return "; ".join(part for part in parts if part)


def organisation_name(organisation: Organisation) -> str:
    """The full official name of the unit at the top."""
    name = organisation.full_name.strip()
    return name or official_name(organisation.name, organisation.place.strip())


_REQUEST = re.compile(
    "([Đđ]ề nghị) (?:đồng chí )?(?=(?:bấm|chọn|ghi|gõ|gửi|hỏi|nhập|rút gọn|thử|xem) )"
)
_INVITATIONS = {"Đề nghị": "Mời", "đề nghị": "mời"}
"""An office requests (đề nghị) that something is done; a worker is invited to (mời)."""

_INSTEAD = {
    messages.ANSWER_ALREADY_SENT: (
        "Nội dung này đã gửi đi nên sửa tin nhắn không còn tác dụng. "
        "Muốn bổ sung, mời anh/chị gõ /theodoi."
    ),
    messages.LEFT_TOO_LONG: (
        "Vừa qua Công đoàn chưa nhận được nội dung anh/chị gửi. "
        "Mong anh/chị thông cảm, xem lại và gửi lại nếu vẫn cần."
    ),
    messages.NOT_YOUR_DRAFT: "Nội dung này không phải của anh/chị.",
}
