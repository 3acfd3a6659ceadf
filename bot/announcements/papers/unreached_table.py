"""Who did not get an announcement, as a workbook."""

from bot.announcements.facts.announcements import UnreachedList
from bot.core.rendering import moment
from bot.documents.sheets import SheetTable, workbook


def make(unreached: UnreachedList) -> bytes:
    """A sheet of people with the reason, and one of units where nobody could read it."""
    sent = moment(unreached.announcement.created_at)
    about = f"Thông báo lúc {sent}, {unreached.unit.name}."
    people = SheetTable(
        sheet="Người chưa nhận",
        title="Những đồng chí chưa nhận được thông báo",
        headings=("TT", "Họ tên", "Vai trò, đơn vị", "Điện thoại", "Vì sao"),
        widths=(5, 28, 45, 16, 26),
        rows=[(n, r.name, r.roles, r.phone, r.why) for n, r in enumerate(unreached.rows, 1)],
        none="Không có ai.",
    )
    units = SheetTable(
        sheet="Đơn vị chưa có ai",
        title="Đơn vị chưa có ai trong hệ thống để nhận thông báo",
        headings=("TT", "Đơn vị"),
        widths=(5, 60),
        rows=list(enumerate(unreached.units, 1)),
        none="Không có đơn vị nào.",
    )
    return workbook([people, units], about)
