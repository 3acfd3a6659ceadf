"""Sentences written for cadres, as a worker hears them."""

import pytest

from bot.core import messages
from bot.core.speech import to_worker


@pytest.mark.parametrize("name", [name for name in vars(messages) if name.isupper()])
def test_no_worker_is_called_comrade(name: str) -> None:
    assert "đồng chí" not in to_worker(getattr(messages, name)).casefold()


def test_a_worker_is_told_of_pages_that_a_worker_has() -> None:
    said = to_worker(messages.ANSWER_ALREADY_SENT)
    assert "/theodoi" in said
    assert "báo cáo" not in said


@pytest.mark.parametrize(
    ("sentence", "heard"),
    [
        (messages.NOT_FOUND, "Không tìm thấy nội dung này. Mời anh/chị bấm /start để xem lại."),
        (messages.PRESS_A_BUTTON, "Mời anh/chị bấm một nút ở dưới."),
        (
            messages.FILE_NOT_FETCHED,
            "Chưa tải được tệp. Mời anh/chị gửi lại sau ít phút.",
        ),
        (
            "Không tìm thấy tên nào giống “sen”. Đề nghị gõ lại vài chữ khác.",
            "Không tìm thấy tên nào giống “sen”. Mời anh/chị gõ lại vài chữ khác.",
        ),
    ],
)
def test_a_worker_is_asked_and_not_requested_as_an_office_is(sentence: str, heard: str) -> None:
    assert to_worker(sentence) == heard


def test_a_request_that_is_a_thing_stays_one() -> None:
    assert "đề nghị đổi" in to_worker("Có đề nghị đổi cơ sở.")
