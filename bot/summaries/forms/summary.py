"""Writing a summary: a section over several messages, an answer, a proposal, a number, remarks.

A draft holds only what one person is writing now; the unit's text is in the summary. When somebody
else wrote meanwhile nothing is overwritten: the form asks how the two are to meet.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.conversation import view
from bot.conversation.form import Answers, Form, Moment, Step
from bot.conversation.kinds import Choice, Number, Words
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import brief, capital, moment, number
from bot.core.work import Work
from bot.summaries.cards import board, parts, summaries
from bot.summaries.cards import messages as says
from bot.summaries.forms.kinds import Clash, RightNumber, Text, Why, joined
from bot.summaries.rules.summaries import LONGEST_SECTION, addressees
from bot.summaries.services import board_unit, corrections, pages, sending, writing
from bot.summaries.services.writing import Mode, NewText, WrittenMeanwhile
from storage import drafts
from storage.enums import Addressee
from storage.models import Draft

LARGEST = 1_000_000_000
LARGEST_FIGURE = 1_000_000_000_000  # some are in đồng
CLASH = "clash"
YES_NO = (("yes", "Có"), ("no", "Không"))


def _clashed(answers: Answers) -> bool:
    return CLASH in answers


_HOW = Step(
    "how",
    "Cách ghi",
    "Bản cũ vẫn được lưu trong các lần sửa. Đồng chí muốn ghi thế nào?",
    Clash(),
    when=_clashed,
)


async def _write(context: Context, draft: Draft) -> Card:
    """Into the unit's draft; where a colleague was faster the form asks how."""
    key, section = int(draft.about["id"]), draft.about["section"]
    try:
        await writing.write_section(context, key, _new(draft))
    except WrittenMeanwhile as met:
        return await _ask_how(context.work, draft, met, context.now)
    return summaries.page(await pages.page(context, key), written=section)


def _new(draft: Draft) -> NewText:
    answers, about = draft.answers, draft.about
    text = joined(answers["text"]) if "text" in answers else _answer(answers)
    mode = Mode(answers.get("how") or about["mode"])
    files = answers.get("text", {}).get("files", [])
    return NewText(about["section"], text, files, mode, about["seen"], about["heard"])


def _answer(answers: Answers) -> str:
    """A number or yes and no, as it is read."""
    value = answers["value"]
    return number(value) if isinstance(value, int) else dict(YES_NO)[value]


async def _ask_how(work: Work, draft: Draft, met: WrittenMeanwhile, now: datetime) -> Card:
    """Nothing was written. The next try counts on what is there now."""
    async with work.keeping_draft().write() as session:
        locked_draft = await drafts.get_locked(session, draft.id or 0)
        if locked_draft is None:
            raise Refused(says.NOT_FOUND)
        locked_draft.answers = {
            **{k: v for k, v in locked_draft.answers.items() if k != "how"},
            CLASH: True,
        }
        locked_draft.trail = [key for key in locked_draft.trail if key != "how"]
        locked_draft.about = {**locked_draft.about, "seen": met.revision}
    note = (
        f"Đồng chí {met.name} vừa viết phần này lúc {moment(met.at)}. "
        f"Hiện có: “{brief(met.text, 160)}”"
    )
    at = Moment(now, locked_draft.about, locked_draft.answers, work.calendar)
    form = BY_KIND[draft.about.get("question", "")]
    return view.card(view.OpenForm(form, locked_draft, at, note=note), form.step("how"))


async def _propose(context: Context, draft: Draft) -> Card:
    key, answers = int(draft.about["id"]), draft.answers
    to = Addressee(answers["addressee"])
    await writing.propose(context, key, to, answers["words"])
    return parts.proposals(await pages.page(context, key))


async def _correct(context: Context, draft: Draft) -> Card:
    about, answers = draft.about, draft.answers
    key, figure = int(about["id"]), about["figure"]
    doubted = (await pages.page(context, key)).doubts
    try:
        await corrections.correct(
            context, key, figure, answers["value"], answers["reason"], seen_id=about["seen"]
        )
    except Refused as refused:
        return _too_late(draft, refused)
    facts = await pages.page(context, key)
    strange = [doubt for doubt in facts.doubts if doubt not in doubted]
    return parts.part(facts, about["part"], says.NUMBER_CORRECTED, strange)


async def _give_back(context: Context, draft: Draft) -> Card:
    key, number_sent = int(draft.about["id"]), int(draft.about["number"])
    remarks = draft.answers["words"]
    try:
        await sending.give_back(context, key, number_sent, remarks)
    except Refused as refused:
        return _too_late(draft, refused)
    return board.unit(await board_unit.unit(context, key, 0))


def _too_late(draft: Draft, refused: Refused) -> Card:
    """What can no longer be done ends the form with the reason."""
    return summaries.refused(str(refused), int(draft.about["id"]))


ASKS = {
    Mode.REPLACE: "Nội dung mới sẽ thay phần đang có; bản cũ vẫn được lưu trong các lần sửa. "
    "Gõ nội dung mới, nhiều tin cũng được.",
    Mode.WRITE_OUT: "Gõ lại lời trong tin thoại, nhiều tin cũng được.",
}


def _asking(form: Form, about: Answers) -> Form:
    """What is asked for depends on what is done with it."""
    ask = ASKS.get(about.get("mode", "")) if about.get("seen") else None
    if ask is None:
        return form
    first, *others = form.steps
    return replace(form, steps=(replace(first, ask=ask), *others))


SECTION = Form(
    "summary_section",
    "Viết báo cáo",
    (
        Step(
            "text",
            "Nội dung",
            "Gõ nội dung hoặc gửi tin thoại, nhiều tin cũng được; dài nhất "
            f"{number(LONGEST_SECTION)} ký tự.",
            Text(),
        ),
        _HOW,
    ),
    _write,
    words_to="text",
    files_to="text",
    send_label="✅ Gửi vào báo cáo của đơn vị",
    numbered=False,
    fit=_asking,
)

ANSWER_NUMBER = Form(
    "summary_answer_number",
    "Trả lời",
    (Step("value", "Số", "Ghi bằng chữ số, ví dụ 1.234.", Number(LARGEST)), _HOW),
    _write,
    review=False,
    numbered=False,
)

ANSWER_YES_NO = Form(
    "summary_answer_yes_no",
    "Trả lời",
    (Step("value", "Trả lời", "Bấm chọn câu trả lời.", Choice(YES_NO, columns=2)), _HOW),
    _write,
    review=False,
    numbered=False,
)


def _to_whom() -> Choice:
    return Choice(tuple((str(key), capital(name)) for key, name in addressees().items()))


def _by_own_name(form: Form, _about: Mapping[str, Any]) -> Form:
    """With the province's own name, which is known once the settings are read."""
    steps = (
        replace(step, kind=_to_whom()) if step.key == "addressee" else step for step in form.steps
    )
    return replace(form, steps=tuple(steps))


PROPOSE = Form(
    "summary_propose",
    "Đề xuất, kiến nghị",
    (
        Step(
            "addressee",
            "Nơi nhận",
            "Đề xuất gửi cơ quan, đơn vị nào?",
            _to_whom(),
        ),
        Step("words", "Nội dung", "Đơn vị đề xuất điều gì? Mỗi lần một đề xuất.", Words(3000)),
    ),
    _propose,
    review=False,
    fit=_by_own_name,
)

CORRECT = Form(
    "summary_correct",
    "Sửa số",
    (
        Step("value", "Số đúng", "Số đúng là bao nhiêu?", RightNumber(LARGEST_FIGURE)),
        Step(
            "reason",
            "Lý do",
            "Vì sao khác số hệ thống tính? Bấm chọn hoặc gõ.",
            Why(
                500,
                quick=(
                    "Theo sổ sách của đơn vị",
                    "Có lượt đi chưa nhập vào hệ thống",
                    "Danh sách đơn vị chưa cập nhật",
                ),
            ),
        ),
    ),
    _correct,
    review=False,
)

GIVE_BACK = Form(
    "summary_return",
    "Trả lại báo cáo",
    (Step("words", "Đề nghị", "Đơn vị cần sửa, bổ sung những gì?", Words(3000)),),
    _give_back,
    review=False,
)

BY_KIND = {"": SECTION, "words": SECTION, "number": ANSWER_NUMBER, "yes_no": ANSWER_YES_NO}
ALL = (SECTION, ANSWER_NUMBER, ANSWER_YES_NO, PROPOSE, CORRECT, GIVE_BACK)
