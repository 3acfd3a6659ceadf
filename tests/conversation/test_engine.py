"""Walking through a form: answers are kept, old buttons do nothing, the way on is always open."""

import asyncio
import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.app import upkeep
from bot.app.assembly import FORMS
from bot.conversation import engine, registry, view
from bot.conversation import routes as conversation_routes
from bot.conversation.engine import ShownCard
from bot.conversation.form import FileInput, Form, Option, Step, UserInput
from bot.conversation.kinds import Checklist, Choice, Items, Location, Note, Number, Picked, Words
from bot.conversation.request import Request
from bot.core import messages
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage.models import Draft, SentForm
from storage.store import Store
from tests import cast
from tests.statements import statements

NOW = cast.MONDAY
AN, BINH = Actor(cast.AN.id, "An", look="an"), Actor(cast.BINH.id, "Bình")
SENT = "Đã gửi."


def trouble(answers: Any) -> bool:
    return (answers.get("topics") or {}).get("states", {}).get("wage") == "trouble"


async def submit(context: Context, draft: Draft) -> Card:
    """Reads, and keeps nothing: the engine ends the form."""
    return Card(SENT)


async def sites(work: Work, actor: Actor, draft: Draft) -> list[Option]:
    return [Option("12", "Thủy sản Sông Lành"), Option("13", "Giày Tân Lúa")]


TRIAL = Form(
    "trial",
    "Thử",
    (
        Step("site", "Cơ sở", "Đến đâu?", Picked()),
        Step("kind", "Hình thức", "Hình thức?", Choice((("a", "Họp"), ("b", "Thăm")))),
        Step("met", "Số người", "Bao nhiêu người?", Number(most=500, quick=(1, 5)), optional=True),
        Step("topics", "Nội dung", "Tình hình?", Checklist((("wage", "Lương"), ("meal", "Cơm")))),
        Step("t.wage", "Lương", "Cụ thể?", Words(), when=trouble),
        Step("note", "Ghi nhận", "Ghi nhận gì?", Note()),
    ),
    submit,
    extras=(
        Step("more", "Kiến nghị", "Kiến nghị gì?", Items()),
        Step("files", "Tệp", "Gửi tệp.", Note()),
        Step("place", "Vị trí", "Ở đâu?", Location()),
        Step("income", "Thu nhập", "Bao nhiêu?", Number(most=10**9)),
    ),
    words_to="note",
    files_to="files",
    choices={"site": sites},
)
# What answers each step, as a person would.
FITTING = {
    "site": UserInput(option="12"),
    "kind": UserInput(option="a"),
    "met": UserInput(words="25"),
    "topics": UserInput(option="=done"),
    "t.wage": UserInput(words="chậm lương"),
    "note": UserInput(words="ổn định", message_id=900),
    "more": UserInput(option="done"),
    "files": UserInput(words="xem tệp", message_id=901),
    "place": UserInput(place=(10.0, 105.0)),
    "income": UserInput(words="9.000.000"),
}


class Desk:
    """Somebody filling in the trial form."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.draft_id = 0
        self.shown: ShownCard

    async def begin(self, **given: Any) -> ShownCard:
        self.shown = await engine.start(Context(self.work, AN, NOW), TRIAL, **given)
        assert self.shown.draft_id
        self.draft_id = self.shown.draft_id
        return self.shown

    async def press(self, step: str, option: str, actor: Actor = AN) -> ShownCard:
        self.shown = await engine.press(Context(self.work, actor, NOW), self.draft_id, step, option)
        return self.shown

    async def give(self, user_input: UserInput, actor: Actor = AN) -> ShownCard:
        self.shown = await engine.take(Context(self.work, actor, NOW), self.draft_id, user_input)
        return self.shown

    async def say(self, *texts: str, first: int = 1) -> ShownCard:
        for number, text in enumerate(texts):
            await self.give(UserInput(words=text, message_id=first + number))
        return self.shown

    async def answer(self, *keys: str) -> ShownCard:
        """Answer the steps named, by whatever fits them."""
        for key in keys:
            assert await self.step() == key
            fitting = FITTING[key]
            if fitting.option:
                await self.press(key, fitting.option)
            else:
                await self.give(fitting)
        return self.shown

    async def to_review(self) -> ShownCard:
        while key := await self.step():
            if key == "more":
                await self.say("một việc", first=950)
            await self.answer(key)
        return self.shown

    async def draft(self) -> Draft:
        async with self.work.read() as session:
            found = await session.get(Draft, self.draft_id)
            assert found
            return found

    async def gone(self) -> bool:
        async with self.work.read() as session:
            return await session.get(Draft, self.draft_id) is None

    async def step(self) -> str:
        """The step that is asked now; empty on the review."""
        found = TRIAL.current(await self.draft())
        return found.key if found else ""

    async def answers(self) -> dict[str, Any]:
        return dict((await self.draft()).answers)

    @property
    def buttons(self) -> list[tuple[str, str, str]]:
        """(label, step, option) of what can be pressed."""
        found = [button for row in self.shown.card.rows for button in row]
        return [(b.label, *b.data.split(":", 3)[2:]) for b in found]  # type: ignore[misc]


class Nowhere:
    """A door that leads nowhere: nothing is fetched, nothing linked."""

    def link(self, parameter: str, *, to_group: bool = False) -> str:
        raise AssertionError(parameter)

    async def fetch(self, file: FileInput) -> bytes:
        raise AssertionError(file)


@pytest.fixture(autouse=True)
def trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.FORMS, TRIAL.name, TRIAL)


@pytest.fixture
async def desk(store: Store, work: Work) -> Desk:
    await cast.settle(store)
    desk = Desk(work)
    await desk.begin()
    return desk


@pytest.mark.parametrize("name", [form.name for form in FORMS if not form.private])
async def test_who_is_unknown_begins_no_form_but_those_that_lead_to_nobody(
    work: Work, name: str
) -> None:
    """There is no row that it could belong to, and so nobody who could ever end it."""
    with pytest.raises(Refused):
        await engine.start(Context(work, Actor(look="lan"), NOW), registry.FORMS[name])
    async with work.read() as session:
        assert (await session.exec(select(Draft))).all() == []


async def test_the_questions_come_in_order_and_then_the_review(desk: Desk) -> None:
    asked = []
    while key := await desk.step():
        asked.append(key)
        await desk.answer(key)
    assert asked == ["site", "kind", "met", "topics", "note"]
    assert "ổn định" in desk.shown.card.text
    assert [label for label, *_ in desk.buttons] == ["✅ Gửi", "✏️ Sửa", "➕ Bổ sung", "✖️ Hủy"]
    assert (await desk.press("-", "send")).card.text == SENT
    assert await desk.gone()


async def test_every_answer_is_kept_before_the_next_question(desk: Desk) -> None:
    await desk.answer("site", "kind")
    again = await engine.current(Context(desk.work, AN, NOW))  # as after a restart
    assert again
    assert "Bao nhiêu người?" in again.card.text
    assert again.draft_id == desk.draft_id


async def test_a_step_is_asked_only_where_it_applies(desk: Desk) -> None:
    await desk.answer("site", "kind", "met")
    await desk.press("topics", "wage")
    await desk.press("topics", "=done")
    assert await desk.step() == "t.wage"
    assert "Bước 5/6" in desk.shown.card.text
    await desk.answer("t.wage")
    assert await desk.step() == "note"


async def test_an_optional_step_can_be_skipped_and_no_other(desk: Desk) -> None:
    await desk.press("-", "skip")
    assert await desk.step() == "site"
    await desk.answer("site", "kind")
    assert "Bỏ qua" in [label for label, *_ in desk.buttons]
    await desk.press("-", "skip")
    assert await desk.step() == "topics"
    assert (await desk.answers())["met"] is None


async def test_back_asks_the_last_step_again(desk: Desk) -> None:
    await desk.answer("site", "kind", "met", "topics")
    for key in ("topics", "met", "kind", "site"):
        await desk.press("-", "back")
        assert await desk.step() == key
    assert "« Quay lại" not in [label for label, *_ in desk.buttons]


async def test_back_passes_over_a_step_that_no_longer_applies(desk: Desk) -> None:
    await desk.answer("site", "kind", "met")
    for option in ("wage", "=done"):
        await desk.press("topics", option)
    await desk.answer("t.wage")
    await desk.press("-", "open.topics")
    for option in ("wage", "=done"):  # no trouble: nothing more is asked about it
        await desk.press("topics", option)
    for key in ("topics", "met"):
        await desk.press("-", "back")
        assert await desk.step() == key


async def test_back_never_undoes_what_came_before_its_question(desk: Desk) -> None:
    await desk.give(UserInput(file=FileInput("tg", "u1", "photo"), message_id=30))
    assert "« Quay lại" not in [label for label, *_ in desk.buttons]
    await desk.press("-", "back")
    await desk.answer("site", "kind")
    await desk.press("-", "back")
    assert await desk.step() == "kind"
    assert len((await desk.answers())["files"]["files"]) == 1


async def test_back_does_not_ask_what_was_known_when_the_form_was_opened(work: Work) -> None:
    desk = Desk(work)
    await desk.begin(answers={"site": {"query": "", "id": 12}})
    assert await desk.step() == "kind"
    assert "« Quay lại" not in [label for label, *_ in desk.buttons]
    await desk.press("-", "back")
    assert await desk.step() == "kind"


async def test_back_from_something_added_only_closes_it(desk: Desk) -> None:
    await desk.to_review()
    before = await desk.answers()
    await desk.press("-", "open.income")
    assert await desk.step() == "income"
    await desk.press("-", "back")
    assert await desk.step() == ""
    assert await desk.answers() == before


@pytest.mark.parametrize(("key", "words"), [("note", "ổn định"), ("kind", "Họp"), ("met", "25")])
async def test_what_is_changed_stands_above_the_question(desk: Desk, key: str, words: str) -> None:
    await desk.to_review()
    await desk.press("-", f"open.{key}")
    assert f"Đang ghi: {words}" in desk.shown.card.text
    await desk.answer(key)
    assert "Đang ghi" not in desk.shown.card.text


@pytest.mark.parametrize(
    ("page", "key", "asked"),
    [("add", "income", "bổ sung phần nào"), ("change", "kind", "sửa phần nào")],
)
async def test_back_from_what_was_opened_leads_to_the_list_it_was_opened_on(
    desk: Desk, page: str, key: str, asked: str
) -> None:
    await desk.to_review()
    await desk.press("-", page)
    await desk.press("-", f"open.{key}")
    await desk.press("-", "back")
    assert asked in desk.shown.card.text
    await desk.press("-", "review")
    assert "xem lại rồi bấm" in desk.shown.card.text


async def test_back_from_a_list_keeps_what_it_has_got(desk: Desk) -> None:
    await desk.to_review()
    await desk.press("-", "open.more")
    await desk.say("nước uống", first=50)
    await desk.press("-", "back")
    assert await desk.step() == ""
    await desk.press("-", "review")
    assert "nước uống" in desk.shown.card.text


@pytest.mark.parametrize("key", ["kind", "met", "topics", "note"])
async def test_back_from_something_changed_leaves_it_as_it_was(desk: Desk, key: str) -> None:
    await desk.to_review()
    before = await desk.answers()
    await desk.press("-", f"open.{key}")
    assert await desk.step() == key
    await desk.press("-", "back")
    assert await desk.step() == ""
    assert await desk.answers() == before


async def test_what_was_changed_on_the_review_stays_changed(desk: Desk) -> None:
    await desk.to_review()
    await desk.press("-", "open.kind")
    await desk.press("kind", "b")
    await desk.press("-", "open.met")
    await desk.press("-", "back")
    assert (await desk.answers())["kind"] == "b"
    assert await desk.step() == ""


async def test_what_is_added_is_asked_and_then_the_review_comes_back(desk: Desk) -> None:
    await desk.to_review()
    await desk.press("-", "add")
    assert {"Kiến nghị", "Tệp", "Vị trí", "Thu nhập"} <= {label for label, *_ in desk.buttons}
    await desk.press("-", "open.more")
    await desk.say("nước uống", "mái che", first=50)
    await desk.press("more", "done")
    assert await desk.step() == ""
    assert "bổ sung phần nào" in desk.shown.card.text
    assert [label for label, *_ in desk.buttons][-1] == "✔️ Xong"
    await desk.press("-", "review")
    assert "mái che" in desk.shown.card.text
    await desk.press("-", "open.more")  # a list goes on where it was
    await desk.say("quạt", first=60)
    await desk.press("more", "done")
    assert [words for _, words in (await desk.answers())["more"]["pieces"]] == [
        "nước uống",
        "mái che",
        "quạt",
    ]


async def test_what_comes_when_nothing_is_asked_finds_its_step(desk: Desk) -> None:
    await desk.to_review()
    await desk.say("còn một ý nữa", first=77)
    assert "còn một ý nữa" in str((await desk.answers())["note"])
    assert "Đã thêm vào phần “Ghi nhận”." in desk.shown.card.text
    await desk.give(UserInput(file=FileInput("tg", "u1", "photo"), message_id=78))
    assert len((await desk.answers())["files"]["files"]) == 1


async def test_a_picture_while_a_number_is_asked_is_kept_and_the_number_still_asked(
    desk: Desk,
) -> None:
    await desk.answer("site", "kind")
    for number in range(3):  # an album
        file = FileInput(f"tg{number}", f"u{number}", "photo")
        await desk.give(UserInput(file=file, message_id=30 + number))
    assert await desk.step() == "met"
    assert "Đã nhận ảnh, sẽ xếp vào phần “Tệp”." in desk.shown.card.text
    assert len((await desk.answers())["files"]["files"]) == 3


async def test_a_button_of_an_earlier_step_changes_nothing_and_says_so(desk: Desk) -> None:
    await desk.answer("site", "kind", "met")
    before = await desk.answers()
    shown = await desk.press("kind", "b")
    assert shown.toast == messages.FORM_MOVED_ON
    assert "Tình hình?" in shown.card.text
    assert await desk.answers() == before


async def test_sending_before_the_end_sends_nothing(desk: Desk) -> None:
    shown = await desk.press("-", "send")
    assert shown.toast == messages.FORM_MOVED_ON
    assert not await desk.gone()


@pytest.mark.parametrize(
    ("step", "option"),
    [
        ("site", "nowhere"),
        ("kind", "c"),
        ("nothing", "x"),
        ("-", "open.nothing"),
        ("-", "nonsense"),
        ("-", "open."),
        ("more", "done"),
    ],
)
async def test_a_forged_press_changes_nothing(desk: Desk, step: str, option: str) -> None:
    await desk.answer("site")
    before = await desk.answers()
    with suppress(Refused):
        await desk.press(step, option)
    assert await desk.answers() == before
    assert await desk.step() == "kind"


async def test_skipping_the_last_step_of_a_form_without_a_review_sends_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = replace(TRIAL, steps=TRIAL.steps[1:3], extras=(), review=False)
    monkeypatch.setitem(registry.FORMS, TRIAL.name, short)
    await desk.press("kind", "a")
    await desk.press("-", "skip")
    assert (desk.shown.card.text, desk.shown.draft_id) == (SENT, None)
    assert await desk.gone()


@pytest.mark.parametrize("option", ["send", "drop", "back", "skip", "cancel", "open.note"])
async def test_somebody_elses_form_is_out_of_reach(desk: Desk, option: str) -> None:
    await desk.to_review()
    before = await desk.answers()
    with pytest.raises(Refused, match="không phải của đồng chí"):
        await desk.press("-", option, actor=BINH)
    with pytest.raises(Refused, match="không phải của đồng chí"):
        await desk.give(UserInput(words="chen vào"), actor=BINH)
    with pytest.raises(Refused):
        await engine.resume(Context(desk.work, BINH, NOW), desk.draft_id)
    assert await desk.answers() == before
    assert await engine.current(Context(desk.work, BINH, NOW)) is None


@pytest.mark.parametrize("draft_id", [0, 4711, 2**63, 10**40])
async def test_a_form_that_is_not_there_is_said_to_be_over(desk: Desk, draft_id: int) -> None:
    desk.draft_id = draft_id
    for step, option in (("-", "send"), ("-", "drop"), ("kind", "a")):
        with pytest.raises(Refused, match="đã gửi hoặc đã hủy"):
            await desk.press(step, option)


async def test_cancelling_what_nobody_has_answered_asks_nothing_and_leaves_nothing(
    desk: Desk,
) -> None:
    assert (await desk.press("-", "cancel")).card.text == messages.FORM_DROPPED
    assert await desk.gone()
    await desk.begin(answers={"site": {"query": "", "id": 12}}, subject="site:12")
    assert (await desk.press("-", "cancel")).card.text == messages.FORM_DROPPED
    assert await desk.gone()


@pytest.mark.parametrize(
    "given",
    [
        UserInput(words="song lanh", message_id=1),
        UserInput(file=FileInput("tg", "file1", "photo"), message_id=1),
    ],
    ids=["half an answer", "ahead of its question"],
)
async def test_whatever_somebody_has_given_is_not_lost_by_one_tap(
    desk: Desk, given: UserInput
) -> None:
    await desk.give(given)
    await desk.press("-", "cancel")
    assert [option for *_, option in desk.buttons] == ["review", "drop"]


async def test_what_was_ticked_so_far_is_not_lost_by_one_tap(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ticks are no messages, and no answer yet."""
    monkeypatch.setitem(registry.FORMS, TRIAL.name, replace(TRIAL, steps=TRIAL.steps[3:]))
    await desk.press("topics", "wage")
    await desk.press("-", "cancel")
    assert [option for *_, option in desk.buttons] == ["review", "drop"]


async def test_what_was_known_beforehand_is_no_step_of_the_way(desk: Desk) -> None:
    await desk.begin(answers={"kind": "a"}, subject="known")
    assert "Bước 1/4" in desk.shown.card.text
    await desk.answer("site")
    assert "Bước 2/4" in desk.shown.card.text
    await desk.press("-", "back")
    assert "Bước 1/4" in desk.shown.card.text


async def test_cancelling_asks_first(desk: Desk) -> None:
    await desk.answer("site")
    shown = await desk.press("-", "cancel")
    assert [option for *_, option in desk.buttons] == ["review", "drop"]
    assert shown.draft_id
    await desk.press("-", "review")
    assert await desk.step() == "kind"
    assert (await desk.press("-", "drop")).card.text == messages.FORM_DROPPED
    assert await desk.gone()


async def test_beginning_again_goes_on_with_what_was_begun(desk: Desk) -> None:
    await desk.answer("site", "kind")
    first = desk.draft_id
    await desk.begin()
    assert desk.draft_id == first
    assert await desk.step() == "met"
    await desk.begin(subject="visit:2")
    assert desk.draft_id != first


async def test_words_go_to_the_form_touched_last(desk: Desk) -> None:
    first = desk.draft_id
    later = NOW.replace(minute=1)
    second = await engine.start(Context(desk.work, AN, later), TRIAL, subject="visit:2")
    current = await engine.current(Context(desk.work, AN, NOW))
    assert current
    assert current.draft_id == second.draft_id
    await engine.resume(Context(desk.work, AN, later.replace(minute=2)), first)
    current = await engine.current(Context(desk.work, AN, NOW))
    assert current
    assert current.draft_id == first


async def test_a_message_for_the_open_form_draws_one_card_and_looks_for_the_form_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.answer("site", "kind")
    drawn: list[str] = []
    card = view.card

    def drawing(opened: view.OpenForm, *rest: Any) -> Card:
        drawn.append(opened.form.name)
        return card(opened, *rest)

    monkeypatch.setattr(view, "card", drawing)
    with statements(desk.work.store) as by_number:
        await desk.say("25", first=40)
    drawn.clear()
    request = Request(desk.work, AN, NOW, Nowhere(), UserInput(words="26", message_id=41))
    await engine.press(Context(desk.work, AN, NOW), desk.draft_id, view.MENU, "back")
    drawn.clear()
    with statements(desk.work.store) as by_message:
        reply = await conversation_routes.answer(request)
    assert reply is not None
    assert (await desk.answers())["met"] == 26
    assert drawn == ["trial"]
    assert len(by_message) == len(by_number) + 1


async def test_a_message_that_begins_a_form_draws_one_card(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Any] = []
    monkeypatch.setattr(view, "card", lambda *given: drawn.append(given) or Card("Tiếp"))
    await desk.press(view.MENU, "drop")
    shown = await engine.start_with(
        Context(desk.work, AN, NOW), TRIAL, UserInput(words="song lanh", message_id=1)
    )
    desk.draft_id = shown.draft_id or 0
    assert list(await desk.answers()) == ["site"]
    assert len(drawn) == 1


async def test_without_an_open_form_a_message_answers_nothing(desk: Desk) -> None:
    request = Request(desk.work, BINH, NOW, Nowhere(), UserInput(words="26", message_id=41))
    with statements(desk.work.store) as sent:
        assert await conversation_routes.answer(request) is None
    assert len(sent) == 1


async def test_an_edited_message_corrects_the_answer_it_gave(desk: Desk) -> None:
    await desk.answer("site", "kind")
    await desk.say("25", first=40)
    shown = await engine.correct(
        Context(desk.work, AN, NOW), 40, UserInput(words="26", message_id=40)
    )
    assert shown
    assert shown.toast == messages.ANSWER_CORRECTED
    assert (await desk.answers())["met"] == 26
    assert await desk.step() == "topics"
    with pytest.raises(Refused):
        await engine.correct(
            Context(desk.work, AN, NOW), 40, UserInput(words="nhiều", message_id=40)
        )
    assert (await desk.answers())["met"] == 26


async def test_an_edited_message_whose_answer_was_given_anew_changes_nothing(desk: Desk) -> None:
    await desk.answer("site", "kind")
    await desk.say("25", first=40)
    await desk.press("-", "back")
    assert (
        await engine.correct(Context(desk.work, AN, NOW), 40, UserInput(words="26", message_id=40))
        is None
    )
    await desk.say("30", first=41)
    assert (
        await engine.correct(Context(desk.work, AN, NOW), 40, UserInput(words="26", message_id=40))
        is None
    )
    assert (await desk.answers())["met"] == 30


async def test_an_edited_message_of_no_form_is_not_taken(desk: Desk) -> None:
    user_input = UserInput(words="26", message_id=4711)
    assert await engine.correct(Context(desk.work, AN, NOW), 4711, user_input) is None
    assert await engine.correct(Context(desk.work, BINH, NOW), 4711, user_input) is None


async def test_a_file_too_large_to_fetch_is_refused(desk: Desk) -> None:
    await desk.answer("site", "kind", "met", "topics")
    big = FileInput("tg", "u", "document", "phim.mp4", size=20_000_001)
    with pytest.raises(Refused, match="20 MB"):
        await desk.give(UserInput(file=big, message_id=5))
    assert await desk.step() == "note"


async def test_a_form_that_this_version_no_longer_has_is_passed_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NOW.replace(minute=5)
    gone = replace(TRIAL, name="gone")
    monkeypatch.setitem(registry.FORMS, "gone", gone)
    await engine.start(Context(desk.work, AN, later), gone)
    monkeypatch.delitem(registry.FORMS, "gone")
    current = await engine.current(Context(desk.work, AN, later))
    assert current
    assert current.draft_id == desk.draft_id
    await desk.answer("site", "kind")
    await desk.say("25", first=40)
    user_input = UserInput(words="26", message_id=40)
    assert await engine.correct(Context(desk.work, AN, later.replace(minute=6)), 40, user_input)


async def test_a_draft_of_an_older_version_asks_what_is_new(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.to_review()
    new = Step("sector", "Ngành", "Ngành gì?", Words())
    changed = replace(TRIAL, steps=(*(s for s in TRIAL.steps if s.key != "kind"), new))
    monkeypatch.setitem(registry.FORMS, TRIAL.name, changed)
    shown = await engine.current(Context(desk.work, AN, NOW))
    assert shown
    assert "Ngành gì?" in shown.card.text


async def test_what_people_write_cannot_become_markup(desk: Desk) -> None:
    await desk.answer("site", "kind", "met", "topics")
    await desk.say("<b>đậm</b> & <script>", first=20)
    assert "<b>đậm</b>" not in desk.shown.card.text
    assert "&lt;b&gt;đậm&lt;/b&gt; &amp; &lt;script&gt;" in desk.shown.card.text


# ---- Whatever people do -------------------------------------------------------------------

STEPS = [step.key for step in (*TRIAL.steps, *TRIAL.extras)]
OPTIONS = ["a", "b", "12", "5", "wage", "meal", "=good", "=done", "done", "zzz"]
MENU = ["back", "skip", "change", "add", "cancel", "review", *(f"open.{key}" for key in STEPS)]
ACTIONS = st.one_of(
    st.tuples(st.just("shown"), st.integers(0, 30)),  # a button that is really there
    st.tuples(st.just("press"), st.tuples(st.sampled_from(STEPS), st.sampled_from(OPTIONS))),
    st.tuples(st.just("menu"), st.sampled_from(MENU)),
    st.tuples(st.just("say"), st.sampled_from(["25", "Họp", "ổn định", "", "99999", "😀 <b>"])),
    st.tuples(st.just("file"), st.integers(1, 3)),
    st.tuples(st.just("place"), st.just(None)),
    st.tuples(st.just("edit"), st.integers(1, 12)),
    st.tuples(st.just("right"), st.just(None)),
)
TAKES_AWAY = ("back", "open.")


@pytest.fixture(scope="module")
def runner(
    migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[asyncio.Runner, Store]]:
    """One database for all examples: each begins a form of its own."""
    file = tmp_path_factory.mktemp("walk") / "walk.db"
    shutil.copy(migrated, file)
    with asyncio.Runner() as runner:
        store = Store(f"sqlite+aiosqlite:///{file}")
        runner.run(cast.settle(store))
        yield runner, store
        runner.run(store.close())


async def act(desk: Desk, action: str, what: Any, message_id: int) -> bool:
    """Do it; returns whether it may take an answer away."""
    if action == "shown":
        shown = [b for b in desk.buttons if b[2] not in ("send", "drop")]
        _, step, option = shown[what % len(shown)]
        await desk.press(step, option)
        return option.startswith(TAKES_AWAY)
    if action == "press":
        await desk.press(*what)
    elif action == "menu":
        await desk.press("-", what)
        return bool(what.startswith(TAKES_AWAY))
    elif action == "say":
        await desk.give(UserInput(words=what, message_id=message_id))
    elif action == "file":
        file = FileInput("tg", f"file{what}", "photo")
        await desk.give(UserInput(file=file, words="chú thích", message_id=message_id))
    elif action == "place":
        await desk.give(UserInput(place=(10.0, 105.0), message_id=message_id))
    elif action == "edit":
        user_input = UserInput(words="sửa lại", message_id=what)
        shown_again = await engine.correct(Context(desk.work, AN, NOW), what, user_input)
        desk.shown = shown_again or desk.shown
    elif (key := await desk.step()) and key != "more":
        await desk.answer(key)
    return False


async def walk(desk: Desk, actions: list[tuple[str, Any]]) -> None:
    for message_id, (action, what) in enumerate(actions, 1):
        before, at = await desk.answers(), await desk.step()
        taken_away = False
        try:
            taken_away = await act(desk, action, what, message_id)
        except Refused as said:
            assert str(said)  # noqa: PT017 - refusing is right, but not without a word
            assert await desk.answers() == before
        if desk.shown.draft_id is None:  # cancelled before anything was entered
            assert before == {}
            await desk.begin()
        after = await desk.answers()
        if action == "press" and what[0] != at:
            assert after == before, "a button of another step changed something"
        if not taken_away:
            assert set(before) <= set(after), "an answer is gone"
    await desk.to_review()
    assert (await desk.press("-", "send")).card.text == SENT
    assert await desk.gone()


@given(st.lists(ACTIONS, max_size=25), st.integers(0, 10**9))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_people_do_answers_stay_and_the_form_can_be_finished(
    runner: tuple[asyncio.Runner, Store], settings: Any, actions: list[Any], number: int
) -> None:
    loop, store = runner
    desk = Desk(Work(store, settings, settings.make_calendar(), cast.VAULT))

    async def scene() -> None:
        await desk.begin(subject=f"walk:{number}")
        await walk(desk, actions)

    loop.run(scene())


# ---- The second tap on "Gửi" ----------------------------------------------------------------


def another_replica() -> Any:
    """The engine as another process has it: it shares the database, not the memory."""
    spec = importlib.util.find_spec("bot.conversation.engine")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("private", [False, True])
async def test_another_replica_tells_the_second_tap_the_same(
    work: Work, monkeypatch: pytest.MonkeyPatch, private: bool
) -> None:
    monkeypatch.setitem(registry.FORMS, TRIAL.name, replace(TRIAL, private=private))
    desk = Desk(work)
    await desk.begin()
    await desk.to_review()
    await desk.press("-", "send")
    for replica in (engine, another_replica()):
        with pytest.raises(Refused, match="Đã gửi rồi, đồng chí yên tâm"):
            await replica.press(Context(work, AN, NOW), desk.draft_id, "-", "send")
        with pytest.raises(Refused, match="đã gửi hoặc đã hủy"):
            await replica.press(Context(work, BINH, NOW), desk.draft_id, "-", "send")


async def test_two_taps_at_once_send_once_and_calm_the_second(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits: list[int] = []

    async def slow(context: Context, draft: Draft) -> Card:
        work = context.work
        await asyncio.sleep(0)
        async with work.write():
            commits.append(draft.id or 0)
        return Card(SENT)

    monkeypatch.setitem(registry.FORMS, TRIAL.name, replace(TRIAL, submit=slow))
    desk = Desk(work)
    await desk.begin()
    await desk.to_review()
    presses = (engine.press(Context(work, AN, NOW), desk.draft_id, "-", "send") for _ in range(3))
    results = await asyncio.gather(*presses, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == [
        "SentAlready",
        "SentAlready",
        "ShownCard",
    ]
    assert commits == [desk.draft_id]


async def test_a_submission_that_is_refused_leaves_the_form_and_no_receipt(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(context: Context, draft: Draft) -> Card:
        work = context.work
        async with work.write():
            raise Refused("Chưa được.")

    monkeypatch.setitem(registry.FORMS, TRIAL.name, replace(TRIAL, submit=refuse))
    desk = Desk(work)
    await desk.begin()
    await desk.to_review()
    for _ in range(2):
        with pytest.raises(Refused, match="Chưa được"):
            await desk.press("-", "send")
    assert not await desk.gone()
    async with work.read() as session:
        assert (await session.exec(select(SentForm))).all() == []


async def test_only_the_first_commit_of_a_submission_ends_the_form(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def twice(context: Context, draft: Draft) -> Card:
        work = context.work
        async with work.keeping_draft().write() as session:
            assert await session.get(Draft, draft.id)
        for _ in range(2):
            async with work.write() as session:
                assert await session.get(Draft, draft.id) is None
        return Card(SENT)

    monkeypatch.setitem(registry.FORMS, TRIAL.name, replace(TRIAL, submit=twice))
    desk = Desk(work)
    await desk.begin()
    await desk.to_review()
    assert (await desk.press("-", "send")).card.text == SENT


async def test_a_form_that_asks_again_goes_on_though_nothing_was_kept(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask_again(context: Context, draft: Draft) -> Card:
        async with context.work.keeping_draft().write():
            return Card("Chọn lại.")

    monkeypatch.setitem(registry.FORMS, TRIAL.name, replace(TRIAL, submit=ask_again))
    desk = Desk(work)
    await desk.begin()
    await desk.to_review()
    await desk.press("-", "send")
    assert not await desk.gone()


def test_no_form_has_to_end_itself() -> None:
    """What each would have to remember, one of them forgets."""
    code = (Path(__file__).parents[2] / "bot").rglob("*.py")
    ending = {path.name for path in code if "end_draft(" in path.read_text("utf-8")}
    assert ending == {"work.py", "engine.py"}


async def test_the_receipt_leads_to_nobody_and_is_forgotten_after_days(work: Work) -> None:
    desk = Desk(work)
    await desk.begin()
    await desk.to_review()
    await desk.press("-", "send")

    async def kept() -> list[SentForm]:
        async with work.read() as session:
            return list((await session.exec(select(SentForm))).all())

    (receipt,) = await kept()
    assert set(receipt.model_dump()) == {"receipt", "who", "sent_on"}
    assert receipt.receipt != sha256(f"sent:{AN.owner}:{desk.draft_id}".encode()).hexdigest()
    for nights in range(1, 4):
        await upkeep.tidy(work, NOW + timedelta(days=nights))
        assert await kept() == [receipt]
    for nights in range(4, 7):
        await upkeep.tidy(work, NOW + timedelta(days=nights))
    assert await kept() == []


async def test_what_was_sent_beside_a_form_left_lying_can_be_dropped_and_the_form_stays(
    work: Work,
) -> None:
    desk = Desk(work)
    await desk.begin()
    later = replace(Context(work, AN, NOW + engine.LYING * 2))
    outcome = await engine.answer(later, UserInput(words="nhầm rồi", message_id=9))
    assert outcome is not None
    assert "✖️ Bỏ tin này" in [b.label for row in outcome.card.rows for b in row]
    outcome = await engine.press(later, desk.draft_id, view.MENU, view.PUT_AWAY)
    assert "Đến đâu?" in outcome.card.text
    assert not await desk.gone()
    async with work.read() as session:
        assert view.HELD not in (await session.get_one(Draft, desk.draft_id)).about
