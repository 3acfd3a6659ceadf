"""The command menus: what somebody finds behind Telegram's menu button, by what they may do."""

from bot.core.rules.permissions import (
    PERIODIC_REPORTS,
    SEEING_CASES,
    Action,
    Actor,
    every_role,
)

START = ("start", "Trang chính")
CASES = ("kiennghi", "Phản ánh, kiến nghị")
WORKERS = (
    ("phananh", "Gửi ý kiến tới Công đoàn"),
    ("theodoi", "Phản ánh của tôi"),
    ("dulieu", "Thông tin đang lưu về tôi"),
)
WEB = ("web", "Mở trên trang web")
OWN = (
    ("hopthu", "Thông báo đã nhận"),
    ("hoso", "Họ tên, nơi nhận thông báo"),
)
"""For whoever holds a role."""
HELP = ("trogiup", "Trợ giúp")

COMMANDS: tuple[tuple[tuple[str, str], tuple[Action, ...]], ...] = (
    (("tuannay", "Lượt đi cơ sở tuần này"), (Action.SEE_OWN_WEEK,)),
    (("baocao", "Báo cáo kết quả đi cơ sở"), (Action.WORK_VISIT,)),
    (("dotxuat", "Báo cáo ngoài kế hoạch"), (Action.REPORT_UNPLANNED,)),
    (CASES, (Action.TAKE_CASES,)),  # further up than for those who only lead
    (("tongquan", "Tổng quan tuần"), (Action.SEE_OVERVIEW,)),
    (("tim", "Tìm cơ sở, đơn vị, cán bộ"), (Action.READ_SITE,)),
    (("baocaonam", "Báo cáo sơ kết, tổng kết"), PERIODIC_REPORTS),
    (("kehoach", "Các kế hoạch"), (Action.SEE_PROGRAMMES,)),
    (("chitieu", "Chỉ tiêu của các kế hoạch"), (Action.SEE_TARGETS,)),
    (("xeploai", "Xếp loại năm"), (Action.RATE_UNITS, Action.PROPOSE_RATING)),
    (("thidua", "Điểm thi đua của các đơn vị"), (Action.SEE_SCORES,)),
    (("nhiemvu", "Nhiệm vụ của các kế hoạch"), (Action.SEE_TASKS,)),
    (("phattrien", "Phát triển đoàn viên, thành lập CĐCS"), (Action.SEE_RECRUITMENT,)),
    (("thongbao", "Gửi thông báo tới cán bộ, BCH CĐCS"), (Action.ANNOUNCE,)),
    (("nhom", "Nhóm Telegram của đơn vị"), (Action.LINK_GROUP,)),
    (("dexuat", "Số liệu cơ sở chờ quyết định"), (Action.DECIDE_FIGURES,)),
    (("khenthuong", "Đề xuất khen thưởng"), (Action.DECIDE_COMMENDATION,)),
    (("cachlamhay", "Cách làm hay của các đơn vị"), (Action.READ_PRACTICES,)),
    (("giaoviec", "Giao thêm lượt đi cơ sở"), (Action.DIRECT_VISIT,)),
    (CASES, SEEING_CASES),
    (
        ("canhbao", "Cảnh báo ngừng việc"),
        (Action.SEE_ALERTS, Action.RAISE_ALERT, Action.SEE_FALSE_ALARMS),
    ),
    (("nhap", "Nhập danh sách đơn vị"), (Action.IMPORT_UNITS,)),
    (("donvi", "Sắp xếp tổ chức: đổi tên, chuyển, nhập, tách"), (Action.CHANGE_UNITS,)),
    (("moi", "Mời người vào hệ thống"), (Action.INVITE,)),
    (("yeucau", "Yêu cầu đơn vị báo cáo"), (Action.ASK_REPORT,)),
    (("nhansu", "Danh sách cán bộ"), (Action.SEE_PEOPLE,)),
    (("nghiphep", "Báo nghỉ phép"), (Action.TAKE_LEAVE,)),
    (("thethuc", "Thể thức văn bản của đơn vị"), (Action.EDIT_LETTERHEAD,)),
    (("denghi", "Mời cán bộ, đề nghị hỗ trợ"), (Action.ASK_FOR_SITE,)),
    (("apphich", "Áp phích cho cơ sở"), (Action.HANG_POSTERS,)),
    (WEB, (Action.USE_WEB,)),
)
"""A command, and the actions of which one at least has to be allowed to find it."""


def commands_for(actor: Actor, *, web: bool = True) -> list[tuple[str, str]]:
    """The menu fitting a person's roles, each command once: its name and what it does. `web`:
    whether there are web pages.

    One role after the other, in the order in which the permission table first names them.
    """
    chosen = dict([START])
    held = {grant.role for grant in actor.grants}
    for role in (role for role in every_role() if role in held):
        alone = Actor(grants=tuple(grant for grant in actor.grants if grant.role == role))
        chosen.update(command for command, actions in COMMANDS if alone.may_any(*actions))
    chosen.update([*(OWN if held else ()), *WORKERS, HELP])
    if not web:
        chosen.pop(WEB[0], None)
    return list(chosen.items())
