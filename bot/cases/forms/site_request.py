"""A grassroots committee asks for a visit or help, or brings a concern of its workers."""

from dataclasses import dataclass
from typing import Any

from bot.cases.cards import site_requests as cards
from bot.cases.facts.site_requests import SiteRequest
from bot.cases.services import site_requests
from bot.conversation.form import Form, Step
from bot.conversation.kinds import Choice, Note, Number, OneOf, QuickWords, text_of
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rules.permissions import Action
from bot.units.forms.own_site import own_sites, site_name
from storage.models import Draft

MOST_WORKERS = 100_000


@dataclass(frozen=True)
class Need(Choice):
    """By a tap; words that come first are what it is about."""

    taps_only: bool = True


def _about(what: str) -> Any:
    return lambda answers: answers.get("about") == what


async def _submit(context: Context, draft: Draft) -> Card:
    answers = draft.answers
    about = answers["about"]
    request = SiteRequest(
        site_id=answers["site"],
        about=about,
        words=text_of(answers["words"]),
        day=(answers.get("day") or "") if about == "visit" else "",
        affected=answers.get("affected") if about == "workers" else None,
        files=tuple(answers["words"]["files"]),
    )
    return cards.sent(await site_requests.send(context, request))


async def _add(context: Context, draft: Draft) -> Card:
    note = draft.answers["note"]
    case_id = int(draft.about["case_id"])
    return cards.added(await site_requests.answer(context, case_id, text_of(note), note["files"]))


SITE_REQUEST = Form(
    "site_request",
    "Gửi đề nghị lên cấp trên",
    (
        Step("site", "CĐCS", "Đồng chí gửi thay mặt CĐCS nào?", OneOf()),
        Step(
            "about",
            "Việc",
            "Đồng chí cần gì?",
            Need(
                (
                    ("visit", "📅 Mời cán bộ về cơ sở"),
                    ("help", "🤝 Đề nghị hỗ trợ, hướng dẫn"),
                    ("workers", "✍️ Ý kiến của người lao động"),
                )
            ),
        ),
        Step(
            "day",
            "Thời gian",
            "Đồng chí mong cán bộ về khi nào? Bấm chọn hoặc gõ ngày, giờ.",
            QuickWords(100, quick=("Trong tuần này", "Tuần sau", "Khi cán bộ thu xếp được")),
            when=_about("visit"),
        ),
        Step(
            "words",
            "Nội dung",
            "Nội dung cụ thể thế nào? Đồng chí viết, gửi tin thoại hoặc ảnh. "
            "Nếu là ý kiến của người lao động thì không cần ghi tên ai.",
            Note(),
        ),
        Step(
            "affected",
            "Bao nhiêu người",
            "Khoảng bao nhiêu người lao động cùng ý kiến?",
            Number(MOST_WORKERS, least=1, quick=(1, 5, 20, 50)),
            when=_about("workers"),
            optional=True,
        ),
    ),
    _submit,
    words_to="words",
    files_to="words",
    choices={"site": own_sites(Action.ASK_FOR_SITE)},
    names=site_name,
    send_label="✅ Gửi",
)

SITE_ANSWER = Form(
    "site_answer",
    "Trả lời, bổ sung",
    (Step("note", "Nội dung", "Đồng chí viết, gửi tin thoại hoặc ảnh.", Note()),),
    _add,
    words_to="note",
    files_to="note",
)
