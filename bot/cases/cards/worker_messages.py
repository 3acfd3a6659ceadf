"""Words to workers: "anh/chị", "Công đoàn", nothing abbreviated. Read new ones aloud."""

from storage.addresses import TELEGRAM, WEB, ZALO
from storage.enums import CaseStatus, Category

CONSENT_VERSION = "2026-2"
"""Raise it with the text below: everybody is asked again."""

_CONSENT = (
    "Trước khi gửi, mời anh/chị đọc:\n\n"
    "• Công đoàn lưu: nội dung anh/chị gửi (chữ, ảnh, tin thoại), nơi làm việc và tài khoản "
    "{app} để trả lời. Tên, số điện thoại chỉ lưu khi anh/chị muốn nêu.\n"
    "• Chỉ dùng để xem xét, giải quyết, trả lời anh/chị và thống kê chung. "
    "Không cho công ty biết tên anh/chị.\n"
    "• Bên chịu trách nhiệm: {controller}.\n"
    "• Thời gian lưu: {kept}, sau đó xóa, chỉ còn số liệu không gắn với ai.\n"
    "• Anh/chị có quyền xem, lấy bản sao, rút lại đồng ý, xóa bất cứ lúc nào: gõ /dulieu.\n"
    "• {way}\n"
    "• Tin nhắn vẫn lưu trong điện thoại của anh/chị: nên dùng điện thoại riêng, không dùng mạng "
    "của công ty. Nếu nêu quá cụ thể tên, tổ, chuyền thì người đọc có thể nhận ra anh/chị.\n"
    "• Anh/chị vui lòng không gửi ảnh căn cước, giấy tờ tùy thân.\n\n"
    "Việc đồng ý là tự nguyện, không bắt buộc. Anh/chị có đồng ý không?"
)


_APPS = {TELEGRAM: "Telegram", ZALO: "Zalo"}
_WAYS = {
    TELEGRAM: "Tin nhắn đi qua Telegram, máy chủ đặt ở nước ngoài.",
    ZALO: "Tin nhắn đi qua Zalo; tài khoản Zalo gắn với số điện thoại của anh/chị.",
}

_CONSENT_WEB = (
    "Trước khi gửi, mời anh/chị đọc:\n\n"
    "• Công đoàn lưu: nội dung anh/chị gửi (chữ, ảnh, ghi âm) và nơi làm việc. Không lưu số máy, "
    "địa chỉ mạng. Tên, số điện thoại chỉ lưu khi anh/chị muốn nêu.\n"
    "• Chỉ dùng để xem xét, giải quyết, trả lời anh/chị và thống kê chung. "
    "Không cho công ty biết tên anh/chị.\n"
    "• Gửi xong, anh/chị nhận một số bí mật gồm 16 chữ số để xem trả lời. Ai có số này đều xem "
    "được; mất số thì Công đoàn không tìm lại được.\n"
    "• Bên chịu trách nhiệm: {controller}.\n"
    "• Thời gian lưu: {kept}, sau đó xóa, chỉ còn số liệu không gắn với ai.\n"
    "• Anh/chị có quyền xem, lấy bản sao, rút lại đồng ý, xóa bất cứ lúc nào: gõ /dulieu.\n"
    "• Nên dùng điện thoại riêng, không dùng mạng của công ty: người quản lý mạng biết máy nào đã "
    "mở trang này. Nếu nêu quá cụ thể tên, tổ, chuyền thì người đọc có thể nhận ra anh/chị.\n"
    "• Anh/chị vui lòng không gửi ảnh căn cước, giấy tờ tùy thân.\n\n"
    "Việc đồng ý là tự nguyện, không bắt buộc. Anh/chị có đồng ý không?"
)


def consent(controller: str, keep_months: int, channel: str) -> str:
    """What somebody agrees to before anything is kept, as Luật 91/2025/QH15 (Điều 9) wants it:
    which data, what for, whose responsibility, how long, which rights, and that it goes abroad."""
    words = _CONSENT_WEB if channel == WEB else _CONSENT
    return words.format(
        controller=controller,
        kept=keeping_time(keep_months),
        app=_APPS.get(channel, ""),
        way=_WAYS.get(channel, ""),
    )


def keeping_time(keep_months: int) -> str:
    """How long what a worker sent is kept."""
    return f"{keep_months} tháng sau khi phản ánh kết thúc"


CATEGORIES = {
    Category.LUONG: "Lương, phụ cấp",
    Category.THUONG: "Thưởng, Tết",
    Category.BHXH: "Bảo hiểm",
    Category.GIO_LAM: "Giờ làm, tăng ca, nghỉ phép",
    Category.BUA_AN: "Bữa ăn ca",
    Category.ATVSLD: "An toàn, tai nạn",
    Category.HDLD: "Hợp đồng",
    Category.SA_THAI: "Cho thôi việc, kỷ luật",
    Category.NU: "Thai sản, lao động nữ",
    Category.QUAY_ROI: "Quấy rối, xúc phạm, cư xử không đúng mực",
    Category.DOI_THOAI: "Đối thoại với công ty",
    Category.CONG_DOAN: "Công đoàn",
    Category.NHA_O: "Nhà ở, nhà trẻ",
    Category.PHUC_LOI: "Khó khăn, phúc lợi",
    Category.VIEC_LAM: "Việc làm, học nghề",
    Category.KHAC: "Việc khác",
}

AFFECTED = {
    "me": ("Chỉ mình tôi", 1),
    "few": ("Vài người", 3),
    "team": ("Cả tổ, chuyền", 20),
    "all": ("Cả xưởng", 100),
}
"""On a button, and about how many that is: our own guess, to compare by and never said to anybody
(labels.affected_of); a number can be typed."""

ASK_SITE = "Anh/chị làm ở công ty nào? Gõ vài chữ trong tên, không cần dấu."
ASK_WORDS = (
    "Anh/chị đang gặp khó khăn, vướng mắc gì? "
    "Anh/chị có thể viết, gửi tin thoại hoặc hình ảnh; viết không dấu cũng được."
)
ASK_WHO = (
    "Anh/chị có muốn nêu tên không? Không nêu tên thì người xử lý không biết anh/chị là ai, "
    "công ty cũng không được biết. Công đoàn vẫn trả lời tại đây."
)
ASK_STANDING = (
    "Nội dung anh/chị gửi có ý khiếu nại hoặc tố cáo. Luật chỉ cho thụ lý khiếu nại, tố cáo có họ "
    "tên, địa chỉ người gửi. Anh/chị có thể nêu tên, chỉ người xử lý được xem; hoặc vẫn không nêu "
    "tên: Công đoàn xem xét như một thông tin và vẫn trả lời anh/chị tại đây."
)
NAMED = "Công đoàn đã ghi tên anh/chị vào phản ánh {code}. Chỉ người xử lý được xem."
ALREADY_NAMED = "Phản ánh này đã có tên anh/chị."
_ASK_CONTACT_IN_AN_APP = (
    "Anh/chị gõ họ tên, số điện thoại để Công đoàn gọi lại; nếu khiếu nại, tố cáo thì thêm địa "
    "chỉ. "
    "Bấm Bỏ qua thì chỉ ghi tên trên {app}. Chỉ người xử lý được xem."
)
ASK_CONTACT = (
    "Anh/chị gõ họ tên, số điện thoại để Công đoàn gọi lại; nếu khiếu nại, tố cáo thì thêm địa "
    "chỉ. Bấm Bỏ qua thì coi như không nêu tên. Chỉ người xử lý được xem."
)


def ask_contact(channel: str) -> str:
    """The question for a name: an app shows one of its own, a browser none."""
    app = _APPS.get(channel)
    return _ASK_CONTACT_IN_AN_APP.format(app=app) if app else ASK_CONTACT


NO_CONTACT = "Mời anh/chị gõ họ tên hoặc số điện thoại."

STATUSES = {
    CaseStatus.RECEIVED: "Đã tiếp nhận",
    CaseStatus.IN_PROGRESS: "Đang xử lý",
    CaseStatus.ESCALATED: "Đã chuyển Công đoàn cấp trên",
    CaseStatus.REFERRED: "Đã chuyển cơ quan chức năng",
    CaseStatus.GUIDED: "Đã hướng dẫn",
    CaseStatus.SETTLED: "Đã giải quyết",
    CaseStatus.ANSWERED: "Đã phản hồi, kết thúc",
    CaseStatus.MERGED: "Đang xử lý cùng các phản ánh có nội dung tương tự",
}


def status_of(status: CaseStatus, level: str) -> str:
    """How far a concern is. `level`: the union that has it by now."""
    if status is CaseStatus.ESCALATED and level:
        return f"Đã chuyển {level} xem xét"
    return STATUSES[status]


def event_of(what: str, level: str) -> str:
    """What happened to a concern. `level`: the union that it was passed up to."""
    return f"Chuyển {level} xem xét" if what == "escalate" and level else EVENTS[what]


EVENTS = {
    "received": "Công đoàn tiếp nhận",
    "born_settled": "Công đoàn tiếp nhận và giải quyết ngay",
    "take": "Có cán bộ nhận xem xét",
    "ask": "Công đoàn hỏi",
    "answer": "Anh/chị trả lời",
    "add": "Anh/chị bổ sung",
    "escalate": "Chuyển Công đoàn cấp trên",
    "untaken": "Quá ngày hẹn, chưa có cán bộ nhận",
    "refer": "Chuyển cơ quan chức năng",
    "guide": "Công đoàn hướng dẫn",
    "settle": "Đã giải quyết",
    "close": "Kết thúc",
    "reopen": "Mở lại",
    "merge": "Xem xét cùng các phản ánh có nội dung tương tự",
    "satisfied": "Anh/chị đã hài lòng",
}

THANKED = (
    "Cảm ơn anh/chị đã báo. Công đoàn kết thúc xem xét phản ánh {code}. "
    "Có gì vướng mắc, anh/chị cứ viết cho Công đoàn."
)
NOTHING_STORED = "Công đoàn không lưu thông tin gì về anh/chị."
ERASED = "Đã xóa hết. Cảm ơn anh/chị đã tin tưởng Công đoàn."
WITHDRAWN = "Đã rút lại sự đồng ý. Tên, số điện thoại của anh/chị đã được xóa."
NOT_FOUND = (
    "Không tìm thấy phản ánh của anh/chị theo mã này. Mời anh/chị xem lại mã, hoặc gõ /theodoi."
)
TOO_MANY_CODES = "Anh/chị đã nhập sai mã nhiều lần. Xin thử lại sau một giờ, hoặc gõ /theodoi."
TOO_MANY_CONCERNS = (
    "Hôm nay anh/chị đã gửi {most} phản ánh. Công đoàn đã nhận đủ và đang xem; "
    "xin gửi tiếp vào ngày mai. Nếu gấp, xin gặp Công đoàn tại nơi làm việc."
)
TOO_MANY_MESSAGES = (
    "Anh/chị gửi nhiều tin liên tiếp, Công đoàn chưa tiếp nhận kịp. "
    "Vui lòng chờ ít phút rồi gửi tiếp."
)
BARRED = (
    "Tài khoản này tạm thời chưa gửi được phản ánh. "
    "Nếu có việc cần, xin anh/chị gặp Công đoàn tại nơi làm việc."
)
TOO_LONG = "Tin này dài quá. Mời anh/chị viết gọn lại, tối đa {most} ký tự, rồi gửi lại."
TOO_MANY_FILES = "Mỗi phản ánh nhận nhiều nhất {most} ảnh, tin thoại."
NO_CONSENT = "Công đoàn chỉ nhận khi anh/chị đồng ý. Mời anh/chị gõ /phananh để bắt đầu lại."
NO_UNITS = "Công đoàn chưa sẵn sàng nhận phản ánh ở đây. Xin anh/chị trở lại sau."
TOO_MANY_ON_THE_WEB = (
    "Lúc này có rất nhiều người cùng gửi nên chưa gửi được. Nội dung anh/chị viết vẫn còn ở trang "
    "này: xin đừng đóng trang, cứ vài phút lại bấm “Gửi Công đoàn”. Nếu gấp, xin gặp Công đoàn "
    "tại nơi làm việc."
)
SITE_UNKNOWN = "Liên kết này không đúng. Anh/chị vẫn gửi được: bấm nút bên dưới."
PHONE_IN_WORDS = (
    "Tin vừa gửi có số điện thoại nên Công đoàn chưa ghi vào nội dung. "
    "Muốn để lại tên, số điện thoại: bấm “Sửa”, chọn “Nêu tên”."
)


def account_label(channel: str) -> str:
    """What an account is called in what somebody takes along."""
    labels = {TELEGRAM: "tài khoản Telegram", ZALO: "tài khoản Zalo", WEB: "mã rút từ số bí mật"}
    return labels.get(channel, "tài khoản")
