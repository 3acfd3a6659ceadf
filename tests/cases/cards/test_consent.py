"""What workers agree to: Luật 91/2025/QH15 wants them to know what, for what, by whom, how long."""

import pytest

from bot.cases.cards import worker_messages
from bot.config.settings import Organisation
from bot.core import speech
from storage.addresses import TELEGRAM, WEB, ZALO

AN_GIANG = Organisation(
    name="LĐLĐ tỉnh",
    place="An Giang",
    address="số 5 Lê Lợi, phường Long Xuyên, tỉnh An Giang",
    contact="điện thoại 0296 3852 000",
)


@pytest.mark.parametrize(
    ("organisation", "controller"),
    [
        (Organisation(), "Liên đoàn Lao động tỉnh"),
        (Organisation(place="An Giang"), "Liên đoàn Lao động tỉnh An Giang"),
        (
            Organisation(name="LĐLĐ tỉnh An Giang", place="An Giang"),
            "Liên đoàn Lao động tỉnh An Giang",
        ),
        (Organisation(name="CĐ các KCN", place="An Giang"), "Công đoàn các Khu công nghiệp"),
        (
            Organisation(full_name="Công đoàn phường Long Hòa, tỉnh An Giang"),
            "Công đoàn phường Long Hòa, tỉnh An Giang",
        ),
        (
            AN_GIANG,
            "Liên đoàn Lao động tỉnh An Giang; "
            "số 5 Lê Lợi, phường Long Xuyên, tỉnh An Giang; điện thoại 0296 3852 000",
        ),
    ],
)
def test_the_controller_is_named_in_full_with_address_and_contact(
    organisation: Organisation, controller: str
) -> None:
    assert speech.controller(organisation) == controller


@pytest.mark.parametrize(
    ("channel", "own"),
    [
        (TELEGRAM, ("nơi làm việc và tài khoản Telegram", "máy chủ đặt ở nước ngoài")),
        (ZALO, ("nơi làm việc và tài khoản Zalo", "gắn với số điện thoại")),
        (WEB, ("nơi làm việc. Không lưu số máy, địa chỉ mạng", "số bí mật gồm 16 chữ số")),
    ],
)
def test_the_consent_says_everything_that_the_law_wants_known(
    channel: str, own: tuple[str, ...]
) -> None:
    named = speech.controller(AN_GIANG)
    words = worker_messages.consent(named, 18, channel)
    for part in (
        *own,  # which data, and where it goes
        "Chỉ dùng để",  # for what
        named,  # by whom
        "18 tháng sau khi phản ánh kết thúc",  # how long
        "xem, lấy bản sao, rút lại đồng ý, xóa",  # which rights
        "không bắt buộc",
        "Anh/chị có đồng ý không?",
    ):
        assert part in words
    assert "LĐLĐ" not in words
    name = worker_messages.ask_contact(channel)
    for app, door in (("Telegram", TELEGRAM), ("Zalo", ZALO)):
        assert (app in words, app in name) == (channel == door, channel == door)


def test_the_version_is_a_new_one_since_the_controller_is_named() -> None:
    assert worker_messages.CONSENT_VERSION > "2026-1"
