"""What Telegram refuses to send, edit or delete, in its own words."""

from typing import Any

import pytest

from tests.sandbox.conftest import LAN, STRANGER, TOKEN, Client

BUTTON = {"text": "Có", "callback_data": "y"}


def keyboard(*rows: list[Any]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendMessage", {"text": ""}, "message text is empty"),
        ("sendMessage", {"text": " \n "}, "message text is empty"),
        ("sendMessage", {"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ("sendMessage", {"text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"text": "x", "chat_id": 99}, "chat not found"),
        (
            "sendMessage",
            {"text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": keyboard([BUTTON] * 9)},
            "reply markup is too long",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": keyboard(*[[BUTTON] * 8] * 13)},
            "reply markup is too long",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": keyboard([{"text": "a", "callback_data": "đ" * 33}])},
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": keyboard([{"text": "a", "callback_data": ""}])},
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": keyboard([{"text": "a"}])},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": keyboard([{"text": "a", "url": "http://localhost/"}])},
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
        ("editMessageText", {"message_id": 99, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"message_id": 1, "text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        ("deleteMessage", {"message_id": 99}, "message to delete not found"),
        ("copyMessage", {"from_chat_id": LAN, "message_id": 99}, "message to copy not found"),
        ("sendPhoto", {"photo": "nothing"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendLocation", {"latitude": "x"}, "invalid latitude specified"),
        ("getFile", {"file_id": "nothing"}, "invalid file_id"),
        (
            "setMyCommands",
            {"commands": [{"command": "Lịch", "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a" * 33, "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
    ],
)
async def test_a_wrong_call_is_refused(
    sandbox: Client, method: str, params: dict[str, Any], description: str
) -> None:
    refused = await sandbox.refused(method, **({"chat_id": LAN} | params))
    assert refused == (400, f"Bad Request: {description}")


@pytest.mark.parametrize(
    "params",
    [
        {"text": "x" * 4096},
        {"text": f"<b>{'&lt;' * 4096}</b>", "parse_mode": "HTML"},
        {"text": "x", "reply_markup": keyboard(*[[BUTTON] * 8] * 12)},
        {"text": "x", "reply_markup": keyboard([{"text": "a", "callback_data": "đ" * 32}])},
    ],
)
async def test_what_just_fits_is_sent(sandbox: Client, params: dict[str, Any]) -> None:
    message = await sandbox.ok("sendMessage", chat_id=LAN, **params)
    assert message["date"] == sandbox.world.clock.timestamp()


async def test_a_caption_is_at_most_1024_characters(sandbox: Client) -> None:
    path, upload = f"/bot{TOKEN}/sendDocument", {"document": ("a.txt", b"x")}
    codes = []
    for length in (1024, 1025):
        data = {"chat_id": LAN, "caption": "đ" * length}
        codes.append((await sandbox.http.post(path, data=data, files=upload)).status_code)
    assert codes == [200, 400]


async def test_a_file_that_is_no_picture_is_not_sent_as_a_photo(sandbox: Client) -> None:
    files = {"photo": ("a.png", b"not a picture")}
    answer = await sandbox.http.post(f"/bot{TOKEN}/sendPhoto", data={"chat_id": LAN}, files=files)
    assert answer.json()["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_a_wrong_token_is_unauthorized(sandbox: Client) -> None:
    answer = await sandbox.http.get("/bot1:wrong/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


async def test_an_unknown_method_is_not_found(sandbox: Client) -> None:
    assert await sandbox.refused("sendGift") == (404, "Not Found: method not found")


async def test_the_bot_cannot_write_first(sandbox: Client) -> None:
    refused = await sandbox.refused("sendMessage", chat_id=STRANGER, text="x")
    assert refused == (403, "Forbidden: bot can't initiate conversation with a user")


async def test_whoever_blocked_the_bot_gets_nothing_until_unblocking(sandbox: Client) -> None:
    await sandbox.post(f"/people/{LAN}/block")
    refused = await sandbox.refused("sendMessage", chat_id=LAN, text="x")
    assert refused == (403, "Forbidden: bot was blocked by the user")
    await sandbox.post(f"/people/{LAN}/unblock")
    assert await sandbox.ok("sendMessage", chat_id=LAN, text="x")


async def test_an_edit_that_changes_nothing_is_refused(sandbox: Client) -> None:
    markup = keyboard([BUTTON])
    sent = await sandbox.ok("sendMessage", chat_id=LAN, text="x", reply_markup=markup)
    same = {"chat_id": LAN, "message_id": sent["message_id"], "reply_markup": markup}
    for _ in range(2):
        code, description = await sandbox.refused(
            "editMessageText", text="<b></b>x", parse_mode="HTML", **same
        )
        assert (code, description[:41]) == (400, "Bad Request: message is not modified: spe")
        edited = await sandbox.ok("editMessageText", text="y", **same)
        assert edited["edit_date"] == sandbox.world.clock.timestamp()
        await sandbox.ok("editMessageText", text="x", **same)


async def test_an_edit_without_a_keyboard_takes_the_keyboard_away(sandbox: Client) -> None:
    markup = keyboard([BUTTON])
    sent = await sandbox.ok("sendMessage", chat_id=LAN, text="x", reply_markup=markup)
    edited = await sandbox.ok(
        "editMessageText", chat_id=LAN, message_id=sent["message_id"], text="x"
    )
    assert "reply_markup" not in edited


async def test_what_a_person_wrote_cannot_be_edited(sandbox: Client) -> None:
    sent = await sandbox.post(f"/people/{LAN}/send", text="của tôi")
    params = {"chat_id": LAN, "message_id": sent["message_ids"][0], "text": "x"}
    assert await sandbox.refused("editMessageText", **params) == (
        400,
        "Bad Request: message can't be edited",
    )


@pytest.mark.parametrize(("by", "allowed"), [("2d", True), ("3d", False)])
async def test_messages_can_be_deleted_for_48_hours_of_sandbox_time(
    sandbox: Client, by: str, allowed: bool
) -> None:
    sent = await sandbox.ok("sendMessage", chat_id=LAN, text="x")
    await sandbox.post("/clock", by=by)
    params = {"chat_id": LAN, "message_id": sent["message_id"]}
    answer = await sandbox.api("deleteMessage", **params)
    wanted = (
        {"ok": True, "result": True}
        if allowed
        else {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: message can't be deleted for everyone",
        }
    )
    assert answer == wanted


async def test_a_copy_shows_neither_sender_nor_keyboard(sandbox: Client) -> None:
    sent = await sandbox.post(f"/people/{LAN}/send", text="phản ánh")
    params = {"from_chat_id": LAN, "message_id": sent["message_ids"][0]}
    copied = await sandbox.ok("copyMessage", chat_id=12, **params)
    message = sandbox.world.chats.find(12, copied["message_id"]).message
    assert (message["text"], message["from"]["is_bot"]) == ("phản ánh", True)


async def test_parameters_may_come_in_the_address(sandbox: Client) -> None:
    query: dict[str, str | int] = {
        "chat_id": LAN,
        "text": "x",
        "reply_markup": '{"inline_keyboard": []}',
    }
    answer = await sandbox.http.get(f"/bot{TOKEN}/SENDMESSAGE", params=query)
    assert answer.json()["result"]["text"] == "x"
