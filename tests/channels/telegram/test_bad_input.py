"""Whatever people send: a clear word, nothing lost, nothing done twice, nobody else's business."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from bot.core import access, messages
from bot.documents import pdf
from bot.visits.services import visits
from storage.enums import CaseKind, Category
from storage.models import Draft, InboxUpdate, Person, Unit, Visit, VisitReport
from storage.store import Store
from tests import cast, quick
from tests.cases.help import a_case
from tests.client import Person as Somebody
from tests.client import Town
from tests.rows import every
from tests.sent_help import Sent

CODE = re.compile(r"mã ([A-Z2-9]{6})")
HONEST = "Công nhân chuyền 5 phản ánh định mức tăng lên 120 cái một giờ, nhiều chị em không đạt."


async def drafts(town: Town) -> list[Draft]:
    async with town.program.work.read() as session:
        return list((await session.exec(select(Draft))).all())


async def reports(town: Town) -> list[VisitReport]:
    async with town.program.work.read() as session:
        return list((await session.exec(select(VisitReport))).all())


@pytest.fixture
def wired() -> bool:
    """Hundreds of buttons, and none of it is about the wire."""
    return quick.AS_EVER


@pytest.fixture
async def an(town: Town) -> Somebody:
    """An, with the report of this week's visit begun: the day is asked."""
    an = await town.person("An")
    await an.click("Báo cáo")
    assert "ngày nào" in an.card
    return an


# ---- The wrong thing at a step -------------------------------------------------------------

WRONG: dict[str, Callable[[Somebody], Awaitable[object]]] = {
    "a place": lambda person: person.location(),
    "a contact": lambda person: person.contact(),
    "words": lambda person: person.send("hôm kia hay hôm kìa gì đó"),
    "a day that does not exist": lambda person: person.send("31/02"),
    "a day to come": lambda person: person.send("25/12"),
    "only a picture": lambda person: person.send("😀😀😀"),
    "the longest message": lambda person: person.send("x" * 4096),
    "markup": lambda person: person.send("<b>&lt;script&gt;"),
}


@pytest.mark.parametrize("what", WRONG)
async def test_the_wrong_thing_is_refused_with_a_word_and_the_step_stays(
    an: Somebody, what: str
) -> None:
    before = len(an.cards)
    await WRONG[what](an)
    assert len(an.cards) > before
    assert not CODE.search(an.card)
    assert "ngày nào" in an.card, "the buttons are at hand again"
    assert sum("ngày nào" in card for card in an.cards) == 1
    await an.click("Hôm nay")
    assert any("Hình thức" in card for card in an.cards), "the card further up goes on"


async def test_a_picture_at_the_wrong_moment_is_kept(town: Town, an: Somebody) -> None:
    await an.photo("cổng chính")
    assert "ngày nào" in an.card
    (draft,) = await drafts(town)
    assert draft.answers["files"]["files"]


@pytest.mark.parametrize("command", ["/start", "/start zzz", "/start p-0", "/baocao", "/gibberish"])
async def test_a_command_in_the_middle_of_a_form_loses_nothing(
    town: Town, an: Somebody, command: str
) -> None:
    await an.click("Hôm nay")
    await an.send(command)
    assert not CODE.search(an.card)
    (draft,) = await drafts(town)
    assert draft.answers["visited_on"] == "2026-11-16"


# ---- Old, forged and doubled buttons -------------------------------------------------------


async def test_a_button_of_an_earlier_step_shows_where_the_form_is(
    town: Town, an: Somebody
) -> None:
    message, data = an.button("Hôm nay")
    await an.click("Hôm nay")
    await an.forge(data.replace("2026-11-16", "2026-11-15"), message)
    assert an.toasts[-1] == messages.FORM_MOVED_ON
    (draft,) = await drafts(town)
    assert draft.answers["visited_on"] == "2026-11-16"


async def test_a_form_that_was_sent_cannot_be_pressed_any_more(town: Town, an: Somebody) -> None:
    for label in ("Hôm nay", "Dự họp BCH", "10", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.send(HONEST)
    message, data = an.button("Gửi báo cáo")
    await an.click("Gửi báo cáo")
    await an.forge(data, message)
    assert an.toasts[-1] == "Đã gửi rồi, đồng chí yên tâm."
    await an.forge(re.sub(r":send$", ":back", data), message)
    assert an.toasts[-1] == messages.DRAFT_GONE
    assert len(await reports(town)) == 1


async def test_the_same_button_on_two_phones_at_once_has_one_effect(
    town: Town, an: Somebody
) -> None:
    for label in ("Hôm nay", "Dự họp BCH", "10", "Xong", "Bỏ qua"):
        await asyncio.gather(an.click(label), an.click(label))
    await an.send(HONEST)
    await asyncio.gather(*(an.click("Gửi báo cáo") for _ in range(3)))
    (report,) = await reports(town)
    assert (report.workers_met, report.kind) == (10, "committee")


async def test_somebody_elses_form_stays_out_of_reach(town: Town, an: Somebody) -> None:
    _, data = an.button("Hôm nay")
    (before,) = await drafts(town)
    for name in ("Bình", "Dũng", "Hà", "Mai", "Lan"):
        other = await town.person(name)
        await other.forge(data)
        await other.forge(re.sub(r":[^:]+:[^:]+$", ":-:drop", data))
        assert other.toasts, name
        assert "ngày nào" not in other.card
    assert await drafts(town) == [before]


@pytest.mark.parametrize(
    "data",
    ["zzz", "f:1", "f:x:y:z", "f:9999999999:-:send", "f:0:-:drop", "home2", "😀", " ", "a" * 64],
)
async def test_a_button_that_never_was_brings_the_home_card(town: Town, data: str) -> None:
    for name in ("An", "Lan"):
        person = await town.person(name)
        with capture_logs() as logs:
            await person.forge(data)
        assert [entry for entry in logs if entry["log_level"] == "error"] == []
        assert person.toasts


async def test_a_refusal_that_comes_too_late_for_its_button_is_said_in_the_chat(
    town: Town, an: Somebody
) -> None:
    """After an outage the pressed button cannot be answered any more; the person still hears."""
    _, data = an.button("Hôm nay")
    binh = await town.person("Bình")
    before = len(binh.cards)
    async with town.stopped():
        url = f"/sandbox/people/{binh.telegram_id}/click"
        await town.ask("POST", url, json={"message_id": 1, "data": data, "forged": True})
        town.sandbox.world.clock.set(cast.MONDAY + timedelta(hours=1))
    assert binh.cards[before:] == [messages.NOT_YOUR_DRAFT]


# ---- Every button, pressed by everybody ----------------------------------------------------


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    return Sent(monkeypatch)


@pytest.fixture
def _quick_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tour presses them by the dozen; tests/documents makes real ones."""
    monkeypatch.setattr(pdf, "program", lambda: "soffice")
    monkeypatch.setattr(pdf, "convert", lambda docx: b"%PDF " + docx[:2])


def _shape(data: str) -> str:
    return re.sub(r"\d+", "#", data)


async def _tour(person: Somebody, limit: int = 60) -> dict[str, str]:
    """Press whatever can be pressed, one of each shape; returns the data seen, by shape."""
    await person.send("/start")
    seen: dict[str, str] = {}
    waiting: list[str] = []
    for _ in range(limit):
        for message in person.messages:
            for row in message.get("buttons", []):
                for button in row:
                    data = button.get("callback_data", "")
                    if data and _shape(data) not in seen:
                        seen[_shape(data)] = data
                        waiting.append(data)
        if not waiting:
            break
        data = waiting.pop(0)
        told = len(person.toasts)
        await person.forge(data)
        assert messages.STALE_BUTTON not in person.toasts[told:], f"nothing knows the button {data}"
    return seen


async def _everything(town: Town) -> dict[str, Any]:
    """What pressing the wrong buttons must not change."""
    async with town.program.work.read() as session:
        found: dict[str, Any] = {
            table.__name__: [row.model_dump() for row in (await session.exec(every(table))).all()]
            for table in (Unit, Visit, VisitReport)
        }
        found["roles"] = await access.grants_of(session, [one.id for one in cast.KNOWN])
        return found


CLOSED: dict[str, dict[str, Any]] = {
    "zqxplain": {},
    "zqxharassment": {"category": Category.QUAY_ROI},
    "zqxofficial": {"category": Category.CONG_DOAN},
    "zqxdenounced": {"kind": CaseKind.DENUNCIATION},
}
"""Words of cases at one site, which nobody outside its union and the levels above may read."""


@pytest.mark.wide
@pytest.mark.usefixtures("_quick_pdfs")
async def test_every_button_pressed_by_everybody_never_fails_and_strangers_change_nothing(
    town: Town, sent: Sent
) -> None:
    people = {one.name: await town.person(one.name) for one in cast.EVERYBODY}
    for words in CLOSED:
        await a_case(town.program.work, town.clock.now(), text=words, **CLOSED[words])
    with capture_logs() as logs:
        seen: dict[str, str] = {}
        for name in ("An", "Dũng", "Giang", "Hà", "Khoa", "Mai", "Lan"):
            seen |= await _tour(people[name])
        assert len(seen) > 25, "the tour finds nearly every button there is"
        before = await _everything(town)
        for data in seen.values():
            await people["Lan"].forge(data, wait=False)
            await people["Mai"].forge(data, wait=False)
        await town.settle()
        assert await _everything(town) == before
        for name, number in (("Cúc", r"\g<0>"), ("Dũng", "999999999"), ("Hà", r"\g<0>")):
            for data in seen.values():
                forged = re.sub(r"(?<=:)\d+", number, data)
                await people[name].forge(forged, wait=False)
        await town.settle()
    failures = [entry for entry in logs if entry["event"] in ("update.failed", "program.failed")]
    assert failures == []
    for one in (cast.CUC, cast.HA, cast.KHOA, cast.MAI):
        assert "zqx" not in sent.words(one.telegram_id), f"{one.name} reads words of a case"
    assert "zqx" in sent.words(cast.GIANG.telegram_id), "who may read them does"


IMPOSSIBLE = ("0", "99999999999999999999", "20261399", "-1", "2026-13-45", "", "x")
"""In place of a number: ids that nobody has or no database holds, days that no calendar has."""


@pytest.mark.wide
@pytest.mark.usefixtures("_quick_pdfs")
@pytest.mark.parametrize("name", ["Giang", "An"])
async def test_numbers_that_cannot_be_fail_nowhere(town: Town, name: str) -> None:
    person = await town.person(name)
    with capture_logs() as logs:
        shapes = await _tour(person, limit=20)
        for data, number in zip(shapes.values(), cycle(IMPOSSIBLE), strict=False):
            await person.forge(re.sub(r"(?<=:)\d+", number, data)[:64])
    assert len(shapes) > 15
    failures = ("update.failed", "program.failed", "update.set_aside")
    assert [entry for entry in logs if entry["event"] in failures] == []


# ---- Names and texts -----------------------------------------------------------------------

NASTY = 'A<b>n</b> & "Co" <a href="https://evil.example">😀'


@pytest.mark.usefixtures("_quick_pdfs")
class TestNastyNames:
    @pytest.fixture
    def inhabitants(self) -> Callable[[Store], Awaitable[None]]:
        async def settle(store: Store) -> None:
            await cast.settle(store)
            async with store.write() as session:
                for person in (await session.exec(select(Person))).all():
                    person.name = NASTY
                for unit in (await session.exec(select(Unit))).all():
                    unit.name = f"{NASTY} {unit.id}"

        return settle

    @pytest.mark.wide
    async def test_names_cannot_become_markup(self, town: Town) -> None:
        for name in ("An", "Dũng", "Giang", "Hà"):
            person = await town.person(name)
            with capture_logs() as logs:
                await _tour(person, 40)
            assert [entry for entry in logs if entry["log_level"] == "error"] == []
            said = [m for m in person.messages if m["from"] == "bot" and "A<b>n</b>" in m["text"]]
            assert said, f"{name} never saw a name"
            for message in said:
                links = [e for e in message["entities"] if e["type"] == "text_link"]
                assert [link for link in links if "evil" in link["url"]] == []

    async def test_what_is_written_comes_back_as_it_was_written(self, town: Town) -> None:
        an = await town.person("An")
        await an.click("Báo cáo")
        for label in ("Hôm nay", "Dự họp BCH", "10", "Xong", "Bỏ qua"):
            await an.click(label)
        await an.send(f"Công nhân hỏi: {NASTY}? " + HONEST)
        assert f"Công nhân hỏi: {NASTY}?" in an.card
        await an.click("Gửi báo cáo")
        (report,) = await reports(town)
        assert NASTY in report.situation


# ---- Trouble of our own --------------------------------------------------------------------


async def test_a_failure_gives_a_code_that_is_in_the_log_and_the_next_update_works(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    an = await town.person("An")

    async def broken(*_: object, **__: object) -> Any:
        raise RuntimeError("lương của chị Hoa")

    with monkeypatch.context() as trouble, capture_logs() as logs:
        trouble.setattr(visits, "my_week", broken)
        await an.send("/start")
    code = CODE.search(an.card)
    assert code
    (failed,) = [entry for entry in logs if entry["event"] == "update.failed"]
    assert failed["code"] == code[1]
    assert failed["error"] == "RuntimeError"
    async with town.program.work.read() as session:
        kept = await session.exec(select(InboxUpdate).where(InboxUpdate.failure == code[1]))
        assert kept.one()
    await an.send("/start")
    assert not CODE.search(an.card)


async def test_a_failure_before_anybody_is_known_is_said_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    an = await town.person("An")
    before = len(an.cards)

    async def broken(*_: object) -> Any:
        raise RuntimeError

    with monkeypatch.context() as trouble:
        trouble.setattr(access, "actor_and_day", broken)
        await an.send("/start")
    assert len(an.cards) == before + 1
    assert CODE.search(an.card)


async def test_a_menu_that_cannot_be_published_keeps_nobody_out(town: Town) -> None:
    an = await town.person("An")
    before = len(an.cards)
    await town.fault("setMyCommands", "500")
    await an.send("/start")
    assert len(an.cards) == before + 1
    assert not CODE.search(an.card)


# ---- Corrections ---------------------------------------------------------------------------


async def test_an_edited_message_corrects_its_answer(town: Town, an: Somebody) -> None:
    await an.click("Hôm nay")
    await an.click("Dự họp BCH")
    number = await an.send("25")
    await an.edit(number, "26")
    (draft,) = await drafts(town)
    assert draft.answers["workers_met"] == 26
    await an.edit(number, "rất nhiều")
    (draft,) = await drafts(town)
    assert draft.answers["workers_met"] == 26


async def test_an_edit_after_sending_says_how_to_correct_the_report(
    town: Town, an: Somebody
) -> None:
    for label in ("Hôm nay", "Dự họp BCH", "10", "Xong", "Bỏ qua"):
        await an.click(label)
    words = await an.send(HONEST)
    await an.click("Gửi báo cáo")
    await an.edit(words, "Thật ra là 130 cái một giờ.")
    assert an.card == messages.ANSWER_ALREADY_SENT
    (report,) = await reports(town)
    assert report.situation == HONEST


# ---- Many at once --------------------------------------------------------------------------


async def test_forty_new_people_at_once_get_forty_right_answers(town: Town) -> None:
    crowd = [await town.person(f"Người {n}", 8_000_000_000 + n) for n in range(40)]
    await asyncio.gather(*(person.send("/start", wait=False) for person in crowd))
    await town.settle()
    lan = await town.person("Lan")
    await lan.send("/start")
    assert [person.cards for person in crowd] == [[lan.card]] * 40
