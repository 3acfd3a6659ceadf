"""Whatever is sent with a report is kept, or refused in words before anything of it is taken."""

import pytest
from sqlmodel import select

from bot.core import messages
from storage.models import Draft, ReportFile, StoredFile, VisitReport
from tests.client import PHOTO, VOICE, Person, Town
from tests.visits.routes.test_report import HONEST, an, begin, rows  # noqa: F401

OTHER = PHOTO + b" another"


def newest(person: Person) -> int:
    """The number of the newest message in the chat, whoever wrote it."""
    return max(message["message_id"] for message in person.messages)


async def to_the_words(town: Town, person: Person) -> None:
    await begin(town, person)
    for label in ("Hôm nay", "Dự họp BCH", "10", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua"):
        await person.click(label)


def copy_of(town: Town, file: StoredFile) -> bytes:
    """The bytes that were kept of it."""
    return town.program.files.path(file.sha256).read_bytes()


async def handed_in(town: Town, person: Person) -> list[StoredFile]:
    """The files that went with the report."""
    await person.click("Gửi báo cáo")
    await town.program.files.fetch_missing()
    async with town.program.work.read() as session:
        ids = (await session.exec(select(ReportFile.file_id))).all()
    return [file for file in await rows(town, StoredFile) if file.id in ids]


@pytest.mark.parametrize(
    ("kind", "called"),
    [("video", "1 video"), ("video_note", "1 video"), ("audio", "1 tệp ghi âm")],
)
async def test_a_film_or_recording_is_kept_with_its_caption(town, an, kind, called):  # noqa: F811
    await to_the_words(town, an)
    await an.video("Bếp ăn ca chiều", kind=kind)
    assert called in an.card
    await an.send(HONEST)
    (file,) = await handed_in(town, an)
    assert (file.kind, copy_of(town, file)) == (kind, VOICE)
    (report,) = await rows(town, VisitReport)
    assert report.situation == f"Bếp ăn ca chiều\n{HONEST}"


@pytest.mark.parametrize("kind", ["video", "video_note", "audio"])
async def test_a_supervisor_sees_the_film(town, an, kind):  # noqa: F811
    await to_the_words(town, an)
    await an.video(kind=kind)
    await an.send(HONEST)
    await handed_in(town, an)
    dung = await town.person("Dũng")
    await dung.send("/tongquan")
    for label in ("Theo cán bộ", "Nguyễn Thị An", "1.", "🖼"):
        await dung.click(label)
    assert any((message.get("media") or {}).get("kind") == kind for message in dung.messages)


async def test_a_film_that_is_too_large_is_refused_before_its_words_are_taken(town, an):  # noqa: F811
    await to_the_words(town, an)
    await an.video("Bếp ăn ca chiều", data=b"x" * 20_000_001)
    assert messages.FILE_TOO_LARGE in an.cards
    (draft,) = await rows(town, Draft)
    assert "situation" not in draft.answers
    assert await rows(town, StoredFile) == []


@pytest.mark.parametrize("send", ["video", "video_note", "audio", "document"])
async def test_a_worker_hears_why_a_film_is_not_taken(town, send):
    lan = await town.person("Lan")
    await lan.send("/phananh")
    await lan.click("Đồng ý")
    if send == "document":
        await lan.document("quay.MP4", VOICE)
    else:
        await lan.video("xưởng nóng quá", kind=send)
    assert messages.FILM_SHOWS_SENDER in lan.cards
    assert await rows(town, StoredFile) == []


async def test_a_picture_replaced_by_editing_replaces(town, an):  # noqa: F811
    await to_the_words(town, an)
    await an.photo()
    message_id = await an.photo("Bếp ăn", OTHER)
    await an.edit_photo(message_id, PHOTO + b" the right one", "Bếp ăn ca chiều")
    assert "Ảnh, tệp: Bếp ăn ca chiều\n(1 ảnh)" in an.card
    files = await handed_in(town, an)
    assert {copy_of(town, file) for file in files} == {PHOTO, PHOTO + b" the right one"}
    (report,) = await rows(town, VisitReport)
    assert "Bếp ăn ca chiều" in report.situation


async def test_a_new_caption_leaves_the_picture(town, an):  # noqa: F811
    await to_the_words(town, an)
    message_id = await an.photo("Bếp", OTHER)
    await an.edit_photo(message_id, OTHER, "Bếp ăn ca chiều")
    await an.send(HONEST)
    assert len(await handed_in(town, an)) <= 2
    (report,) = await rows(town, VisitReport)
    assert report.situation == f"Bếp ăn ca chiều\n{HONEST}"


async def test_a_picture_replaced_after_sending_is_said_to_come_too_late(town, an):  # noqa: F811
    await to_the_words(town, an)
    message_id = await an.photo(HONEST, OTHER)
    await an.click("✔️ Lời ghi kèm ảnh là đủ")
    await handed_in(town, an)
    await an.edit_photo(message_id, PHOTO)
    assert messages.ANSWER_ALREADY_SENT in an.cards


async def test_an_album_is_answered_by_one_card(town, an):  # noqa: F811
    await to_the_words(town, an)
    before = newest(an)
    await an.album(6, HONEST)
    assert newest(an) - before == 6 + 1
    await an.click("✔️ Lời ghi kèm ảnh là đủ")
    assert "(6 ảnh)" in an.card
    assert len(await handed_in(town, an)) == 6


async def test_a_caption_alone_is_not_the_situation(town, an):  # noqa: F811
    await to_the_words(town, an)
    await an.photo("Cổng chính")
    assert "Tình hình tại cơ sở thế nào? Đồng chí gõ chữ hoặc gửi tin thoại." in an.card
    await an.send(HONEST)
    assert "xem lại rồi bấm" in an.card
    await handed_in(town, an)
    (report,) = await rows(town, VisitReport)
    assert report.situation == f"Cổng chính\n{HONEST}"


async def test_a_spoken_situation_needs_no_words_beside_a_caption(town, an):  # noqa: F811
    await to_the_words(town, an)
    await an.photo("Cổng chính")
    await an.voice()
    assert "xem lại rồi bấm" in an.card


async def test_a_picture_outside_any_form_is_asked_about_when_the_report_is_completed(
    town,
    an,  # noqa: F811
):
    await an.photo("Cổng chính")
    await an.click("📝")
    (report,) = await rows(town, VisitReport)
    assert report.situation == "Kèm ảnh, tệp: Cổng chính"
    await an.click("Sửa báo cáo")
    await an.click("10")
    await an.click("Bỏ qua")
    assert "Cổng chính" in an.card
    assert "Tình hình tại cơ sở thế nào?" in an.card
    await an.send(HONEST)
    await handed_in(town, an)
    (newest,) = [r for r in await rows(town, VisitReport) if r.latest]
    assert newest.situation == f"Cổng chính\n{HONEST}"


async def test_an_album_that_fits_nowhere_is_answered_once(town):
    dung = await town.person("Dũng")
    before = len(dung.cards)
    await dung.album(4)
    assert len(dung.cards) - before == 2  # what becomes of the pictures, and the home card
    assert dung.cards.count(messages.FILE_FITS_NOWHERE) == 1


async def test_a_live_location_counts_once(town, an):  # noqa: F811
    await to_the_words(town, an)
    await an.send(HONEST)
    await an.click("Bổ sung")
    await an.click("Vị trí")
    message_id = await an.location(10.02, 105.08)
    before = newest(an)
    for step in range(1, 4):
        await an.move(message_id, 10.02 + step / 10, 105.08)
    assert newest(an) == before
    await an.click("Xong")
    await an.click("Gửi báo cáo")
    (report,) = await rows(town, VisitReport)
    assert (report.latitude, report.longitude) == (10.02, 105.08)
