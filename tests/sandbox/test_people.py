"""What people do becomes updates for the bot, and what the bot does is seen by them."""

import re
from dataclasses import fields
from typing import Any

import pytest

from bot.sandbox.people import Person
from tests.sandbox.conftest import LAN, MINH, STRANGER, Client
from tests.test_docs import ROOT


async def last_update(sandbox: Client) -> Any:
    return (await sandbox.updates(offset=-1))[0]


async def send_card(sandbox: Client) -> int:
    rows = [
        [{"text": "Xác nhận lịch", "callback_data": "ok"}, {"text": "Xem", "url": "https://vd.vn/"}]
    ]
    markup = {"inline_keyboard": rows}
    sent = await sandbox.ok("sendMessage", chat_id=LAN, text="Lịch", reply_markup=markup)
    return int(sent["message_id"])


async def test_pressing_start_opens_the_chat_for_the_bot(sandbox: Client) -> None:
    await sandbox.post(f"/people/{STRANGER}/send", text="/start abc-1")
    message = (await last_update(sandbox))["message"]
    assert message["text"] == "/start abc-1"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert await sandbox.ok("sendMessage", chat_id=STRANGER, text="chào")


async def test_a_text_longer_than_a_message_goes_as_several(sandbox: Client) -> None:
    await sandbox.post(f"/people/{LAN}/send", text="a" * 4097)
    lengths = [len(update["message"]["text"]) for update in await sandbox.updates()]
    assert lengths == [4096, 1]


async def test_ones_own_contact_carries_ones_own_id(sandbox: Client) -> None:
    await sandbox.post(f"/people/{LAN}/send", contact=True)
    assert (await last_update(sandbox))["message"]["contact"]["user_id"] == LAN


async def test_a_location_is_sent(sandbox: Client) -> None:
    place = {"latitude": 10.386, "longitude": 105.435}
    await sandbox.post(f"/people/{LAN}/send", location=place)
    assert (await last_update(sandbox))["message"]["location"] == place


async def test_several_photos_make_one_album_in_several_sizes(sandbox: Client, png: bytes) -> None:
    files = [("photo", ("a.png", png, "image/png")), ("photo", ("b.png", png, "image/png"))]
    path = f"/sandbox/people/{LAN}/send"
    await sandbox.http.post(path, files=files, data={"caption": "hiện trường"})
    first, second = [update["message"] for update in await sandbox.updates()]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("hiện trường", False)
    sizes = [(size["width"], size["height"]) for size in first["photo"]]
    assert sizes == [(90, 51), (320, 180), (1280, 720)]


async def test_a_file_comes_back_as_it_was_sent(sandbox: Client) -> None:
    files = {"document": ("biên bản.docx", b"PK123", "application/x-docx")}
    await sandbox.http.post(f"/sandbox/people/{LAN}/send", files=files)
    document = (await last_update(sandbox))["message"]["document"]
    file = await sandbox.ok("getFile", file_id=document["file_id"])
    got = await sandbox.http.get(f"/file/bot123456:sandbox/{file['file_path']}")
    assert (document["file_name"], got.content) == ("biên bản.docx", b"PK123")


async def test_files_over_20_mb_cannot_be_fetched(sandbox: Client) -> None:
    files = {"voice": ("a.ogg", bytes(20 * 1024 * 1024 + 1), "audio/ogg")}
    await sandbox.http.post(f"/sandbox/people/{LAN}/send", files=files)
    voice = (await last_update(sandbox))["message"]["voice"]
    refused = await sandbox.refused("getFile", file_id=voice["file_id"])
    assert refused == (400, "Bad Request: file is too big")


async def test_a_file_sent_by_a_person_can_be_sent_on_by_its_id(
    sandbox: Client, png: bytes
) -> None:
    files = {"photo": ("a.png", png, "image/png")}
    await sandbox.http.post(f"/sandbox/people/{LAN}/send", files=files)
    sizes = (await last_update(sandbox))["message"]["photo"]
    sent = await sandbox.ok("sendPhoto", chat_id=MINH, photo=sizes[-1]["file_id"])
    assert sent["photo"] == sizes


async def test_an_edited_text_is_told_to_the_bot(sandbox: Client) -> None:
    sent = await sandbox.post(f"/people/{LAN}/send", text="truoc")
    number = sent["message_ids"][0]
    await sandbox.post(f"/people/{LAN}/send", edit=number, text="sau")
    message = (await last_update(sandbox))["edited_message"]
    assert (message["message_id"], message["text"]) == (number, "sau")


async def test_a_reply_shows_what_it_answers(sandbox: Client) -> None:
    card = await send_card(sandbox)
    await sandbox.post(f"/people/{LAN}/send", text="vâng", reply_to=card)
    assert (await last_update(sandbox))["message"]["reply_to_message"]["text"] == "Lịch"


@pytest.mark.parametrize("how", [{"data": "ok"}, {"button": "Xác nhận"}])
async def test_a_button_is_pressed_by_data_or_label(sandbox: Client, how: dict[str, str]) -> None:
    card = await send_card(sandbox)
    await sandbox.post(f"/people/{LAN}/click", message_id=card, **how)
    query = (await last_update(sandbox))["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("ok", card)


async def test_a_link_button_gives_its_address_and_no_update(sandbox: Client) -> None:
    card = await send_card(sandbox)
    pressed = await sandbox.post(f"/people/{LAN}/click", message_id=card, button="Xem")
    assert pressed["url"] == "https://vd.vn/"
    assert await sandbox.updates() == []


async def test_a_button_that_is_not_there_can_only_be_forged(sandbox: Client) -> None:
    card = await send_card(sandbox)
    path = f"/sandbox/people/{MINH}/click"
    honest = await sandbox.http.post(path, json={"message_id": card, "data": "ok"})
    assert honest.status_code == 404
    await sandbox.http.post(path, json={"message_id": card, "data": "rm:1", "forged": True})
    query = (await last_update(sandbox))["callback_query"]
    assert (query["from"]["id"], query["data"], query["message"]["date"]) == (MINH, "rm:1", 0)


async def test_a_callback_is_answered_once_and_shown(sandbox: Client) -> None:
    card = await send_card(sandbox)
    pressed = await sandbox.post(f"/people/{LAN}/click", message_id=card, data="ok")
    answer = {"callback_query_id": pressed["callback_query_id"], "text": "Đã nhận"}
    await sandbox.ok("answerCallbackQuery", show_alert=True, **answer)
    chat = await sandbox.get(f"/people/{LAN}/chat", after=pressed["event"])
    assert [(t["text"], t["show_alert"]) for t in chat["toasts"]] == [("Đã nhận", True)]
    assert (await sandbox.refused("answerCallbackQuery", **answer))[0] == 400


@pytest.mark.parametrize(("by", "answered"), [("15m", True), ("16m", False)])
async def test_a_callback_lives_for_a_quarter_of_an_hour(
    sandbox: Client, by: str, answered: bool
) -> None:
    card = await send_card(sandbox)
    pressed = await sandbox.post(f"/people/{LAN}/click", message_id=card, data="ok")
    await sandbox.post("/clock", by=by)
    query = {"callback_query_id": pressed["callback_query_id"]}
    assert (await sandbox.api("answerCallbackQuery", **query))["ok"] is answered


async def test_every_press_has_a_number_of_its_own(sandbox: Client) -> None:
    card = await send_card(sandbox)
    path = f"/people/{LAN}/click"
    numbers = [
        (await sandbox.post(path, message_id=card, data="ok"))["callback_query_id"]
        for _ in range(3)
    ]
    assert len(set(numbers)) == 3


async def test_blocking_is_told_to_the_bot_once(sandbox: Client) -> None:
    await sandbox.post(f"/people/{LAN}/block")
    await sandbox.post(f"/people/{LAN}/block")
    await sandbox.post(f"/people/{LAN}/unblock")
    changes = [update["my_chat_member"] for update in await sandbox.updates()]
    statuses = [change["new_chat_member"]["status"] for change in changes]
    assert statuses == ["kicked", "member"]


async def test_a_chat_shows_only_what_changed_after_an_event(sandbox: Client) -> None:
    card = await send_card(sandbox)
    before = await sandbox.get(f"/people/{LAN}/chat")
    await sandbox.ok("sendMessage", chat_id=LAN, text="khác")
    await sandbox.ok("deleteMessage", chat_id=LAN, message_id=card)
    after = await sandbox.get(f"/people/{LAN}/chat", after=before["event"])
    assert [(m["message_id"], m["deleted"]) for m in after["messages"]] == [
        (card, True),
        (card + 1, False),
    ]


async def test_the_closest_command_menu_is_shown(sandbox: Client) -> None:
    async def menu(person: int) -> list[str]:
        chat = await sandbox.get(f"/people/{person}/chat")
        return [command["command"] for command in chat["commands"]]

    def commands(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": "x"}]

    await sandbox.ok("setMyCommands", commands=commands("chung"))
    await sandbox.ok(
        "setMyCommands", commands=commands("rieng"), scope={"type": "chat", "chat_id": LAN}
    )
    assert (await menu(LAN), await menu(MINH)) == (["rieng"], ["chung"])
    await sandbox.ok("deleteMyCommands", scope={"type": "chat", "chat_id": LAN})
    assert await menu(LAN) == ["chung"]


async def test_a_reply_keyboard_stays_until_it_is_removed(sandbox: Client) -> None:
    markup = {"keyboard": [["Có", {"text": "Số của tôi", "request_contact": True}]]}
    await sandbox.ok("sendMessage", chat_id=LAN, text="?", reply_markup=markup)
    chat = await sandbox.get(f"/people/{LAN}/chat")
    assert [button["text"] for button in chat["keyboard"]["rows"][0]] == ["Có", "Số của tôi"]
    await sandbox.ok("sendMessage", chat_id=LAN, text="!", reply_markup={"remove_keyboard": True})
    assert (await sandbox.get(f"/people/{LAN}/chat"))["keyboard"] is None


async def test_uploads_that_could_run_in_the_page_are_downloads(sandbox: Client) -> None:
    files = {"document": ("a.html", b"<script>", "text/html")}
    await sandbox.http.post(f"/sandbox/people/{LAN}/send", files=files)
    chat = await sandbox.get(f"/people/{LAN}/chat")
    got = await sandbox.http.get(chat["messages"][0]["media"]["url"])
    assert got.headers["content-disposition"] == "attachment"


@pytest.mark.parametrize(
    "body",
    [
        {"id": -1, "first_name": "x"},
        {"id": "1", "first_name": "x"},
        {"first_name": ""},
        {"first_name": "x", "role": "vua"},
        {"first_name": "x", "tuoi": 3},
    ],
)
async def test_a_person_that_makes_no_sense_is_refused(
    sandbox: Client, body: dict[str, Any]
) -> None:
    assert (await sandbox.http.post("/sandbox/people", json=body)).status_code == 400


def test_the_fields_of_a_person_that_the_document_names_are_there() -> None:
    text = (ROOT / "docs" / "sandbox.md").read_text("utf-8")
    (line,) = re.findall(r"Further fields: (.+)", text)
    named = set(re.findall(r"`(\w+)`", line))
    assert named
    assert named <= {field.name for field in fields(Person)}
