"""The command menus: what each role finds behind Telegram's menu button."""

from bot.core.rules.permissions import Actor
from storage.enums import Role

START = ("start", "Trang chính")
YEARLY = ("baocaonam", "Báo cáo sơ kết, tổng kết")
PLANS = ("kehoach", "Các kế hoạch")
PAPERS = ("thethuc", "Thể thức văn bản của đơn vị")
POSTER = ("apphich", "Áp phích cho cơ sở")
ASK_REPORT = ("yeucau", "Yêu cầu đơn vị báo cáo")
WORKERS = (
    ("phananh", "Gửi ý kiến tới Công đoàn"),
    ("theodoi", "Phản ánh của tôi"),
    ("dulieu", "Thông tin đang lưu về tôi"),
)
HELP = ("trogiup", "Trợ giúp")

BY_ROLE = {
    Role.OFFICER: (
        ("tuannay", "Lượt đi cơ sở tuần này"),
        ("baocao", "Báo cáo kết quả đi cơ sở"),
        ("dotxuat", "Báo cáo lượt đi ngoài kế hoạch"),
        ("kiennghi", "Phản ánh, kiến nghị"),
        YEARLY,
        PLANS,
        ("nghiphep", "Báo nghỉ phép"),
    ),
    Role.SUPERVISOR: (
        ("tongquan", "Tổng quan tuần"),
        YEARLY,
        PLANS,
        ("giaoviec", "Giao thêm lượt đi cơ sở"),
        ("kiennghi", "Phản ánh, kiến nghị"),
        ("canhbao", "Cảnh báo chưa kết thúc"),
        ASK_REPORT,
        ("nhansu", "Danh sách cán bộ"),
        ("nghiphep", "Báo nghỉ phép"),
        PAPERS,
        POSTER,
    ),
    Role.ADMINISTRATOR: (
        ("tongquan", "Tổng quan tuần"),
        YEARLY,
        PLANS,
        ("nhap", "Nhập danh sách đơn vị"),
        ("moi", "Mời người vào hệ thống"),
        ASK_REPORT,
        ("nhansu", "Danh sách cán bộ"),
        PAPERS,
        POSTER,
    ),
    Role.REPRESENTATIVE: (POSTER,),
}


def commands_for(actor: Actor) -> list[tuple[str, str]]:
    """The menu fitting a person's roles, each command once: its name and what it does."""
    chosen = dict([START])
    for role, commands in BY_ROLE.items():
        if actor.has(role):
            chosen.update(commands)
    chosen.update([*WORKERS, HELP])
    return list(chosen.items())
