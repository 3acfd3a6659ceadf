"""Soạn thông báo: to whom, the words with a picture or paper, then a look at it before it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.announcements.cards import announcements as cards
from bot.announcements.facts.announcements import AnnouncementText
from bot.announcements.rules.audience import longest
from bot.announcements.services import sending, writing
from bot.conversation.form import Form, Moment, Option, Step, UserInput
from bot.conversation.kinds import Choice, Note, Picked, Words, text_of
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import number, on_button
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage.enums import Audience
from storage.models import Draft


@dataclass(frozen=True)
class Content(Note):
    """Words in as many messages as it takes, and one picture or paper at most: the last."""

    hint: str = "Đồng chí gõ lời nhắn, hoặc gửi ảnh, tệp có ghi lời nhắn kèm theo."

    def asks(self, value: Any) -> str:
        has_file = value and value["files"] and not value["pieces"]
        return "Đã nhận tệp. Đồng chí gõ lời nhắn gửi kèm." if has_file else ""

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        return []

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.file and user_input.file.kind == "video_note":
            raise Refused("Video tròn không gửi kèm lời nhắn được. Đồng chí gửi video thường.")
        content = super().take(user_input, value, at)
        if user_input.file_id is not None:
            content = {**content, "files": [user_input.file_id]}
        most, letters = longest(with_file=bool(content["files"])), len(text_of(content))
        if letters > most:
            with_file = " khi gửi kèm tệp" if content["files"] else ""
            raise Refused(
                f"Lời nhắn dài {number(letters)} ký tự; thông báo nhận nhiều nhất {number(most)} "
                f"ký tự{with_file}. Đề nghị rút gọn rồi gửi lại."
            )
        return content

    def complete(self, value: Any) -> bool:
        return bool(value) and bool(value["pieces"])


async def _places(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    query = (draft.answers.get("unit") or {}).get("query", "")
    offered = await writing.places(work, actor, query)
    return [Option(str(key), on_button(f"🏢 {name}")) for key, name in offered]


async def _names(work: Work, actor: Actor, draft: Draft) -> Mapping[str, str]:
    """The unit by its name, the audience with how many it is."""
    unit_id = (draft.answers.get("unit") or {}).get("id")
    names = {}
    if unit_id:
        names["unit"] = await writing.unit_name(work, actor, unit_id)
    if unit_id and draft.answers.get("audience"):
        audience = Audience(draft.answers["audience"])
        whom = await writing.reach(work, actor, unit_id, audience)
        names["audience"] = cards.readers_line(audience, whom)
    return names


async def _send(context: Context, draft: Draft) -> Card:
    answers = draft.answers
    content = answers["content"]
    written = AnnouncementText(
        answers["unit"]["id"],
        Audience(answers["audience"]),
        text_of(content),
        content["files"][-1] if content["files"] else None,
    )
    announcement_id = await writing.send(context, written)
    after = replace(context, work=context.work.unbound())
    return cards.progress(await sending.progress(after, announcement_id), context.now)


async def _answer(context: Context, draft: Draft) -> Card:
    author = await sending.answer(
        context, draft.about["announcement_id"], draft.id or 0, draft.answers["words"]
    )
    return cards.answer_sent(author)


ANNOUNCE = Form(
    name="announce",
    title="Thông báo",
    steps=(
        Step(
            "unit",
            "Phạm vi",
            "Gửi trong phạm vi đơn vị nào (gồm cả các đơn vị bên dưới)? Bấm chọn hoặc gõ tên.",
            Picked(),
        ),
        Step(
            "audience",
            "Gửi tới",
            "Gửi tới ai?",
            Choice(tuple((key.value, words) for key, words in cards.AUDIENCES.items())),
        ),
        Step(
            "content",
            "Nội dung",
            "Đồng chí gõ nội dung, hoặc gửi một ảnh, một tệp có ghi lời kèm theo. "
            "Chưa gửi đi ngay; đồng chí sẽ được xem lại.",
            Content(),
        ),
    ),
    submit=_send,
    words_to="content",
    files_to="content",
    send_label="📣 Gửi",
    choices={"unit": _places},
    names=_names,
)

ANSWER = Form(
    name="announcement_answer",
    title="Trả lời thông báo",
    steps=(Step("words", "Trả lời", "Đồng chí gõ nội dung trả lời.", Words(1000)),),
    submit=_answer,
    words_to="words",
)
