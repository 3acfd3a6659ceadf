"""Honest notes pass, hollow ones are pointed out."""

import pytest

from bot.visits.rules.quality import Flag, flags

HONEST = [
    "Đã họp BCH, công nhân chưa có kiến nghị gì.",
    "Gặp 12 công nhân chuyền may 3, mong tăng tiền ăn ca.",
    "Công ty đủ đơn hàng đến tháng 2, trả lương đúng ngày 10.",
    "Thăm 2 công nhân ốm, tặng mỗi người 500.000đ.",
    "DN nợ BHXH tháng 9, 10. Giám đốc hứa đóng trước 30/11.",
    "Dự sinh hoạt CĐCS quý IV, bàn việc thưởng Tết.",
    "Nhà xưởng nóng, đã đề nghị công ty lắp thêm quạt.",
    "da hop voi chu tich cdcs, thong nhat ngay ky tuldtt 20/11",
    "Chủ DN đi vắng, gặp kế toán trưởng, hẹn lại thứ Năm.",
    "Vận động thành lập CĐCS: chủ DN đồng ý, 18 NLĐ làm đơn.",
    "Bữa ăn ca 18.000đ, công nhân khen cơm ngon hơn tháng trước.",
    "Không có tranh chấp. Công nhân hỏi lịch nghỉ Tết.",
    "Hướng dẫn CĐCS lập sổ thu chi, nộp kinh phí 2%.",
    "Công ty hoạt động bình thường, công nhân chưa có ý kiến gì thêm.",
    "Tình hình ổn định; đã nhắc công ty khám sức khỏe định kỳ.",
    "Tăng ca nhiều, chị em mệt. Đã phản ánh với phòng nhân sự.",
    "Kết nạp 5 đoàn viên mới tại tổ đóng gói, trao thẻ luôn.",
    "Xe đưa rước hay trễ, công nhân bị trừ chuyên cần oan.",
]

HOLLOW = [
    ("", "empty"),
    ("   \n", "empty"),
    ("...", "empty"),
    ("👍👍", "empty"),
    ("ok", "filler"),
    ("ok ok ok", "filler"),
    ("Bình thường", "filler"),
    ("binh thuong", "filler"),
    ("Tình hình bình thường, ổn định.", "filler"),
    ("Không có gì", "filler"),
    ("Mọi việc đều tốt, không có vấn đề gì.", "filler"),
    ("Như tuần trước", "filler"),
    ("abc", "filler"),
    ("asdf qwer zxcv", "filler"),
    ("aaaaaaaaaa", "filler"),
    ("đã đi cơ sở đã đi cơ sở đã đi cơ sở đã đi cơ sở", "filler"),
    ("họp họp họp họp họp họp họp họp họp", "filler"),
    ("sdfghjk dfgkjhg", "filler"),
    ("Đã đi cơ sở", "too_short"),
    ("Họp BCH", "too_short"),
    ("Công nhân vui vẻ", "too_short"),
    ("Gặp chủ tịch CĐCS", "too_short"),
]

LONG = (
    "Dự họp BCH CĐCS tháng 11. Công nhân chuyền 5 phản ánh định mức tăng từ 100 lên 120 cái mỗi "
    "giờ, nhiều người không đạt nên bị trừ lương. Đã làm việc với quản đốc, công ty hứa xem lại."
)


@pytest.mark.parametrize("words", HONEST)
def test_a_short_honest_note_is_left_alone(words):
    others = [other for other in HONEST if other != words]
    assert flags(words, others, has_media=False) == ()


@pytest.mark.parametrize(("words", "kind"), HOLLOW)
def test_a_hollow_note_is_pointed_out_once(words, kind):
    assert [flag.kind for flag in flags(words, HONEST, has_media=False)] == [kind]


@pytest.mark.parametrize(("words", "kind"), HOLLOW)
def test_photos_or_voice_speak_for_themselves(words, kind):
    assert flags(words, HONEST, has_media=True) == ()


def test_too_short_says_how_many_words_were_found():
    assert flags("Họp BCH tháng 11", [], has_media=False) == (Flag("too_short", 4),)


def test_the_number_of_words_asked_for_is_configurable():
    assert flags("Họp BCH tháng 11", [], has_media=False, min_words=4) == ()


@pytest.mark.parametrize(
    "copy",
    [
        LONG,
        LONG.upper(),
        LONG.replace(",", "").replace(".", " -"),
        LONG.replace("tháng 11", "tháng 12"),
        "Du hop BCH CDCS thang 11. Cong nhan chuyen 5 phan anh dinh muc tang tu 100 len 120 cai "
        "moi gio, nhieu nguoi khong dat nen bi tru luong. Da lam viec voi quan doc, cong ty hua "
        "xem lai.",
        LONG + " Sẽ theo dõi tiếp.",
    ],
)
@pytest.mark.parametrize("has_media", [False, True])
def test_a_copied_note_is_recognised_in_another_guise(copy, has_media):
    found = flags(copy, [HONEST[0], LONG, HONEST[1]], has_media=has_media)
    assert [(flag.kind, flag.earlier) for flag in found] == [("copied", 1)]


def test_an_exact_copy_is_a_hundred_percent_alike():
    assert flags(LONG, [LONG], has_media=False) == (Flag("copied", 100, 0),)


def test_building_on_an_old_note_is_no_copy():
    news = (
        " Tuần này công ty đã hạ định mức còn 105 cái, truy trả phần lương bị trừ cho 46 người, "
        "công nhân phấn khởi; tổ công đoàn chuyền 5 xin thêm hai quạt công nghiệp."
    )
    assert flags(LONG + news, [LONG], has_media=False) == ()


def test_the_same_words_in_another_order_are_no_copy():
    jumbled = " ".join(sorted(LONG.split()))
    assert flags(jumbled, [LONG], has_media=False) == ()


def test_a_few_words_under_photos_may_be_the_same_every_week():
    assert flags("Ảnh buổi họp BCH", ["Ảnh buổi họp BCH"], has_media=True) == ()


def test_very_long_copies_are_recognised_as_well():
    long = " ".join(f"{note} ({place})" for place, note in enumerate(HONEST * 3))
    assert flags(long, [LONG, long], has_media=False) == (Flag("copied", 100, 1),)
