"""The columns of the list of units: what the template explains and the reader looks for."""

from dataclasses import dataclass

from storage.enums import Rating, UnitKind

EXAMPLE_CODE = "VÍ DỤ"  # the template's example row, left out by the reader

KINDS = {
    "LĐLĐ tỉnh/ban": UnitKind.FEDERATION,
    "công đoàn cấp trên trực tiếp cơ sở": UnitKind.UPPER,
    "CĐCS": UnitKind.SITE_UNION,
    "doanh nghiệp chưa có công đoàn": UnitKind.ENTERPRISE,
}
KIND_SYNONYMS = {
    "LĐLĐ tỉnh": UnitKind.FEDERATION,
    "ban": UnitKind.FEDERATION,
    "công đoàn cấp trên": UnitKind.UPPER,
    "công đoàn cấp trên cơ sở": UnitKind.UPPER,
    "CĐ cấp trên": UnitKind.UPPER,
    "công đoàn cơ sở": UnitKind.SITE_UNION,
    "nghiệp đoàn": UnitKind.SITE_UNION,
    **dict.fromkeys(
        (
            f"{enterprise} {lacks} {union}"
            for enterprise in ("DN", "doanh nghiệp")
            for lacks in ("chưa có", "chưa thành lập", "không có")
            for union in ("CĐ", "CĐCS", "công đoàn", "công đoàn cơ sở", "tổ chức công đoàn")
        ),
        UnitKind.ENTERPRISE,
    ),
    "DN": UnitKind.ENTERPRISE,
    "doanh nghiệp": UnitKind.ENTERPRISE,
    "LĐLĐ": UnitKind.FEDERATION,
    "Liên đoàn Lao động tỉnh": UnitKind.FEDERATION,
    "CĐ cấp trên cơ sở": UnitKind.UPPER,
    "CĐ cấp trên trực tiếp cơ sở": UnitKind.UPPER,
    "công đoàn cấp trên trực tiếp": UnitKind.UPPER,
    **{kind.value: kind for kind in UnitKind},
}
RATINGS = {
    "không hoàn thành": Rating.FAILED,
    "hoàn thành": Rating.DONE,
    "hoàn thành tốt": Rating.GOOD,
    "hoàn thành xuất sắc": Rating.EXCELLENT,
}
RATING_SYNONYMS = {
    "không hoàn thành nhiệm vụ": Rating.FAILED,
    "hoàn thành nhiệm vụ": Rating.DONE,
    "hoàn thành tốt nhiệm vụ": Rating.GOOD,
    "hoàn thành xuất sắc nhiệm vụ": Rating.EXCELLENT,
    "tốt": Rating.GOOD,
    "xuất sắc": Rating.EXCELLENT,
    "HTT": Rating.GOOD,
    "HTXS": Rating.EXCELLENT,
    **{
        f"{short}{duty}": rating
        for short, rating in (
            ("KHT", Rating.FAILED),
            ("HT", Rating.DONE),
            ("HTT", Rating.GOOD),
            ("HTXS", Rating.EXCELLENT),
        )
        for duty in ("NV", " NV", " nhiệm vụ")
    },
    **{rating.value: rating for rating in Rating},
}
YES_NO = {"có": True, "không": False}


@dataclass(frozen=True)
class UnitColumn:
    """`kind`: how a cell is read. `longest`: letters that fit into the database."""

    key: str
    heading: str
    kind: str  # text, phone, whole, degrees, choice, date
    help: str
    example: str | float = ""
    longest: int = 0
    width: int = 16
    required: bool = False


COLUMNS = (
    UnitColumn(
        "code",
        "Mã đơn vị",
        "text",
        "Bắt buộc. Mã riêng của từng đơn vị, không trùng nhau. Đơn vị có mã này rồi thì được cập "
        "nhật, chưa có thì được thêm mới. Mã không đổi theo năm.",
        EXAMPLE_CODE,
        40,
        14,
        required=True,
    ),
    UnitColumn(
        "name",
        "Tên đơn vị",
        "text",
        "Bắt buộc với đơn vị mới.",
        "CĐCS Công ty May Sen Vàng",
        200,
        36,
    ),
    UnitColumn(
        "kind",
        "Loại",
        "choice",
        "Bắt buộc với đơn vị mới. Chọn trong danh sách: " + "; ".join(KINDS) + ".",
        "CĐCS",
        width=28,
    ),
    UnitColumn(
        "parent",
        "Mã đơn vị cấp trên",
        "text",
        "Mã của đơn vị quản lý trực tiếp, đã có trong hệ thống hoặc có trong tệp này, ở dòng nào "
        "cũng được. Đơn vị mới để trống thì trực thuộc đơn vị cao nhất.",
        "KCN",
        40,
        20,
    ),
    UnitColumn(
        "level_name",
        "Cấp",
        "text",
        "Tên cấp, nếu cần: phường, xã, đặc khu, khu công nghiệp…",
        "cơ sở",
        60,
    ),
    UnitColumn("sector", "Ngành nghề", "text", "Ngành sản xuất, kinh doanh.", "may", 100, 20),
    UnitColumn(
        "address",
        "Địa chỉ",
        "text",
        "Nơi cán bộ đến làm việc.",
        "Lô B2, KCN Bình Hòa",
        300,
        36,
    ),
    UnitColumn(
        "latitude", "Vĩ độ", "degrees", "Ví dụ 10,3712. Ghi cùng kinh độ.", 10.3712, width=10
    ),
    UnitColumn(
        "longitude", "Kinh độ", "degrees", "Ví dụ 105,4323. Ghi cùng vĩ độ.", 105.4323, width=10
    ),
    UnitColumn("workers", "Số lao động", "whole", "Số nguyên, từ 0.", 1850, width=13),
    UnitColumn(
        "women",
        "Lao động nữ",
        "whole",
        "Số nguyên, không lớn hơn số lao động.",
        1420,
        width=13,
    ),
    UnitColumn(
        "members",
        "Số đoàn viên",
        "whole",
        "Số nguyên. Lớn hơn số lao động thì hệ thống nhắc kiểm tra lại, vẫn nhập được.",
        1790,
        width=13,
    ),
    UnitColumn("contact_name", "Người liên hệ", "text", "Họ tên đầu mối tại đơn vị.", "", 100, 24),
    UnitColumn("contact_phone", "Điện thoại", "phone", "Số điện thoại đầu mối.", "", 30),
    UnitColumn(
        "sensitive",
        "Tiềm ẩn phức tạp",
        "choice",
        "có hoặc không. Chọn “có” khi nợ lương; chậm đóng, trốn đóng BHXH; dễ tranh chấp.",
        "không",
    ),
    UnitColumn(
        "rating",
        "Xếp loại",
        "choice",
        "Xếp loại CĐCS hằng năm: " + "; ".join(RATINGS) + ". Ghi tắt được: KHT, HT, HTT, HTXS. "
        "Ghi cùng năm xếp loại.",
        "hoàn thành xuất sắc",
        width=22,
    ),
    UnitColumn(
        "rating_year", "Năm xếp loại", "whole", "Năm của xếp loại, ví dụ 2025.", 2025, width=13
    ),
    UnitColumn(
        "officer",
        "Cán bộ phụ trách",
        "phone",
        "Họ tên hoặc số điện thoại của cán bộ. Người chưa tham gia thì ghi tên trước, khi tham gia "
        "sẽ tự khớp. Trùng tên thì ghi số điện thoại.",
        "",
        100,
        24,
    ),
    UnitColumn(
        "weekly_quota",
        "Lượt đi mỗi tuần",
        "whole",
        "Chỉ ghi cho công đoàn cấp trên hoặc LĐLĐ: số lượt đi mỗi tuần của mỗi cán bộ ở đó và các "
        "đơn vị bên dưới, từ 0 đến 10. Để trống là theo mức chung; số đặt riêng cho từng người "
        "được tính trước.",
        "",
        width=13,
    ),
    UnitColumn(
        "cluster",
        "Cụm/khối thi đua",
        "text",
        "Tên cụm, khối thi đua; chưa có thì hệ thống tạo mới.",
        "",
        200,
        24,
    ),
    UnitColumn(
        "dissolved_on",
        "Giải thể ngày",
        "date",
        "Chỉ ghi khi đơn vị đã giải thể hoặc sáp nhập, ví dụ 01/07/2026. Báo cáo cũ vẫn giữ theo "
        "đơn vị này.",
        width=15,
    ),
    UnitColumn(
        "successor",
        "Nhập vào",
        "text",
        "Mã của đơn vị nhận sáp nhập; ghi cùng ngày giải thể. Đơn vị trực thuộc, việc đang mở, "
        "lượt đi và cán bộ chuyển theo; muốn chuyển đơn vị trực thuộc đi nơi khác thì ghi trong "
        "cùng tệp.",
        "",
        40,
        14,
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}
HEADINGS = {column.key: column.heading for column in COLUMNS} | {
    "officer_name": "Phụ trách (chưa tham gia)"  # in the same column as the officer
}
