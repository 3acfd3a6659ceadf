"""The card that the floors show: as much text and as many buttons as the report's checklist."""

TEXT = (
    "📝 <b>Báo cáo đi cơ sở</b>\nCĐCS Công ty TNHH May Sông Hậu {n}\n\nBước 4/6\n"
    "Đồng chí nắm được gì về các nội dung sau? Bấm để đánh dấu: ✅ không có vấn đề, "
    "⚠️ có vấn đề, ▫️ chưa rõ."
)
LABELS = (
    *("Tiền lương, thưởng", "BHXH, BHYT, BHTN", "An toàn lao động", "Bữa ăn ca"),
    *("Thời giờ làm việc", "Quan hệ lao động", "Nhà ở", "Đời sống", "Tổ chức công đoàn"),
    *("Đối thoại, TƯLĐTT", "Lao động nữ", "Khác"),
)


def rows(n: int) -> list[list[tuple[str, str]]]:
    """(label, data) of the buttons after the n-th press."""
    marks = "▫️✅"
    buttons = [
        (f"{marks[(n + place) % 2]} {label}", f"press:{n}:{place}")
        for place, label in enumerate(LABELS)
    ]
    pairs = [buttons[place : place + 2] for place in range(0, len(buttons), 2)]
    return [*pairs, [("« Quay lại", f"back:{n}"), ("✖️ Hủy", f"cancel:{n}")]]
