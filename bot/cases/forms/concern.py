"""A worker's concern: consent first, then at most six taps and one message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.cases.cards import concerns as concern_cards
from bot.cases.cards import worker_messages
from bot.cases.cards.worker_messages import AFFECTED, CATEGORIES, CONSENT_VERSION
from bot.cases.rules.classify import suggest
from bot.cases.rules.legal_dates import is_information
from bot.cases.services import concerns, flood
from bot.cases.services.concerns import Concern
from bot.config.settings import Settings
from bot.conversation.form import Form, Moment, Option, Step, UserInput
from bot.conversation.kinds import Base, Choice, Note, Picked, Words, text_of
from bot.core import speech
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import on_button
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage.enums import Category
from storage.models import Draft

NAME = "concern"
NOT_LISTED = 0
MOST_LETTERS = 4000
MOST_FILES = 10
MOST_WORDS_OF_A_NAME = 8
TAP = "Mời anh/chị bấm một nút bên dưới."


@dataclass(frozen=True)
class Consent(Base):
    """Yes, to this version of the text; no ends the form. Nothing is ticked beforehand."""

    hint: str = TAP
    taps_only: bool = True

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        return [[Option("yes", "Đồng ý"), Option("drop", "Không", menu=True)]]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option != "yes":
            raise Refused(self.hint)
        return CONSENT_VERSION

    def complete(self, value: Any) -> bool:
        return bool(value == CONSENT_VERSION)


@dataclass(frozen=True)
class Workplace(Picked):
    """A site of the list, or the option that it is not there."""

    hint: str = "Mời anh/chị gõ vài chữ trong tên công ty, không cần dấu, rồi bấm chọn."

    def passes_on(self, words: str) -> bool:
        """A story told here is kept as one: so many words about a trouble name no company."""
        about_trouble = suggest(words).category is not Category.KHAC
        return about_trouble and len(words.split()) > MOST_WORDS_OF_A_NAME


_PHONE = re.compile(r"(?:\d[ .-]?){9,11}")


@dataclass(frozen=True)
class ConcernWords(Note):
    """What somebody tells, within what anybody needs."""

    hint: str = "Mời anh/chị viết, gửi tin thoại hoặc ảnh."

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if value and "who" in at.answers and _PHONE.search(user_input.words or ""):
            raise Refused(worker_messages.PHONE_IN_WORDS)  # meant as an answer to who they are
        answer = super().take(user_input, value, at)
        if len(text_of(answer)) > MOST_LETTERS:
            raise Refused(worker_messages.TOO_LONG.format(most=MOST_LETTERS))
        if len(answer["files"]) > MOST_FILES:
            raise Refused(worker_messages.TOO_MANY_FILES.format(most=MOST_FILES))
        return answer


@dataclass(frozen=True)
class HowMany(Base):
    """By a tap, or a number typed; other words go on with the story."""

    hint: str = "Mời anh/chị bấm một nút hoặc gõ số người."

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        people = suggest(text_of(at.answers.get("words"))).people
        suggested = [[Option(str(people), f"Khoảng {people} người")]] if (people or 0) > 1 else []
        brackets = [Option(key, label) for key, (label, _) in AFFECTED.items()]
        return [*suggested, brackets[:2], brackets[2:]]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        answer = (user_input.option or user_input.words or "").strip()
        if user_input.option in AFFECTED or _is_count(answer):
            return answer
        raise Refused(self.hint)

    def passes_on(self, words: str) -> bool:
        return not _is_count(words.strip())

    def show(self, value: Any) -> str:
        return AFFECTED[value][0] if value in AFFECTED else f"khoảng {value} người"


@dataclass(frozen=True)
class About(Base):
    """The category: the suggested one by one tap, the others behind. {"id": … or None}."""

    hint: str = TAP
    taps_only: bool = True

    def options(self, value: Any, at: Moment) -> list[list[Option]]:
        suggestion = suggest(text_of(at.answers.get("words")))
        guess = suggestion.category
        if guess is Category.KHAC or value is not None:
            every = [Option(key, label) for key, label in CATEGORIES.items()]
            return [every[i : i + 2] for i in range(0, len(every), 2)]
        first = [[Option(guess, f"Đúng: {CATEGORIES[guess]}")]]
        if suggestion.runner_up not in (None, Category.KHAC):
            first.append([Option(suggestion.runner_up, CATEGORIES[suggestion.runner_up])])
        return [*first, [Option("more", "Không phải, chọn việc khác")]]

    def take(self, user_input: UserInput, value: Any, at: Moment) -> Any:
        if user_input.option == "more":
            return {"id": None}
        if user_input.option not in set(Category):
            raise Refused(self.hint)
        return {"id": user_input.option}

    def complete(self, value: Any) -> bool:
        return bool(value) and value["id"] is not None

    def show(self, value: Any) -> str:
        return CATEGORIES[Category(value["id"])]


@dataclass(frozen=True)
class Contact(Words):
    """A name, a phone or both; sealed as soon as it is given."""

    hint: str = "Mời anh/chị gõ họ tên, số điện thoại."

    def show(self, value: Any) -> str:
        return "đã ghi, được giữ kín"


def _is_count(words: str) -> bool:
    return words.isdecimal() and 0 < len(words) < 6 and int(words) > 0


def _unlisted(answers: Any) -> bool:
    return bool((answers.get("site") or {}).get("id") == NOT_LISTED)


def _named(answers: Any) -> bool:
    return "named" in (answers.get("who"), answers.get("standing"))


def _lacks_standing(answers: Any) -> bool:
    """Whether the words are a khiếu nại or tố cáo that nobody wants to put a name to."""
    if answers.get("who") != "anonymous":  # asked at every step: the words are not weighed for that
        return False
    return is_information(suggest(text_of(answers.get("words"))).kind, True)


async def _sites(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    query = (draft.answers.get("site") or {}).get("query", "")
    sites = await concerns.sites_like(work, query)
    listed = [Option(str(key), on_button(f"🏭 {name}")) for key, name in sites]
    return [*listed, Option(str(NOT_LISTED), "Không có trong danh sách")]


async def _names(work: Work, actor: Actor, draft: Draft) -> dict[str, str]:
    site_id = (draft.answers.get("site") or {}).get("id")
    if site_id is None:
        return {}
    name = await concerns.site_name(work, site_id) if site_id else ""
    return {"name": name, "site": name or "không có trong danh sách"}


def _asks(settings: Settings, channel: str) -> dict[str, str]:
    controller = speech.controller(settings.organisation)
    return {
        "consent": worker_messages.consent(controller, settings.privacy.keep_months, channel),
        **asks_contact(settings, channel),
    }


def asks_contact(_settings: Settings, channel: str) -> dict[str, str]:
    """How the name is asked for in this channel."""
    return {"contact": worker_messages.ask_contact(channel)}


async def _submit(context: Context, draft: Draft) -> Card:
    receipt = await concerns.submit(context, typed(draft.answers))
    return concern_cards.receipt(
        receipt.case, receipt.site, context.work.settings.cases.clocks, receipt.files_given_up
    )


def typed(answers: dict[str, Any]) -> Concern:
    """The draft's JSON as the service takes it."""
    words = answers["words"]
    affected, group = _affected(answers.get("affected") or "", text_of(words))
    return Concern(
        text=text_of(words),
        consent=answers.get("consent") or "",
        site_id=answers["site"]["id"],
        site_words=answers.get("site_words") or "",
        category=Category(answers["about"]["id"]),
        affected=affected,
        affected_group=group,
        named=_named(answers),
        contact=(answers.get("contact") or "") if _named(answers) else "",
        files=tuple(words["files"]),
    )


def _affected(answer: str, words: str) -> tuple[int, str]:
    """A number typed; else the one the story names ("60 người"), before what a tap is worth: that
    one is a guess, and the tap stays beside it.

    "Chỉ mình tôi" is a number of its own.
    """
    if answer not in AFFECTED:
        return int(answer), ""
    guess = AFFECTED[answer][1]
    if guess == 1:
        return guess, ""
    return (people, "") if (people := suggest(words).people) else (guess, answer)


CONCERN = Form(
    NAME,
    "Gửi ý kiến tới Công đoàn",
    (
        Step("consent", "Đồng ý", "", Consent(), hidden=True),
        Step("site", "Nơi làm việc", worker_messages.ASK_SITE, Workplace()),
        Step(
            "site_words",
            "Tên công ty",
            "Anh/chị làm ở công ty nào, tại đâu?",
            Words(200, "Mời anh/chị gõ tên và nơi có công ty."),
            when=_unlisted,
        ),
        Step("words", "Nội dung", worker_messages.ASK_WORDS, ConcernWords()),
        Step("affected", "Bao nhiêu người", "Việc này ảnh hưởng đến bao nhiêu người?", HowMany()),
        Step("about", "Về việc", "Anh/chị phản ánh về việc này, đúng không?", About()),
        Step(
            "who",
            "Nêu tên",
            worker_messages.ASK_WHO,
            Choice((("anonymous", "🙈 Không nêu tên"), ("named", "🙋 Nêu tên")), hint=TAP),
        ),
        Step(
            "standing",
            "Khiếu nại, tố cáo",
            worker_messages.ASK_STANDING,
            Choice((("named", "🙋 Nêu tên"), ("information", "🙈 Vẫn không nêu tên")), hint=TAP),
            when=_lacks_standing,
        ),
        Step(
            "contact",
            "Liên hệ",
            worker_messages.ASK_CONTACT,
            Contact(200),
            when=_named,
            optional=True,
            sealed=True,
        ),
    ),
    _submit,
    words_to="words",
    files_to="words",
    private=True,
    admit=flood.message_sent,
    send_label="✅ Gửi Công đoàn",
    choices={"site": _sites},
    names=_names,
    asks=_asks,
    who="anh/chị",
)
