"""The closed lists of words that columns hold, and the fixed sets among them.

Plain values: rules import them too. What no column holds (an action, a relation) stands with the
rule that needs it. How a column keeps them, and reads a word that is on no list: `storage.types`.
"""

from enum import IntEnum, StrEnum

# ---- Organisation and people


class UnitKind(StrEnum):
    FEDERATION = "federation"  # LĐLĐ tỉnh and its departments
    UPPER = "upper"  # công đoàn cấp trên trực tiếp cơ sở
    SITE_UNION = "site_union"  # CĐCS, nghiệp đoàn
    ENTERPRISE = "enterprise"  # an enterprise without a union


SITE_KINDS = (UnitKind.SITE_UNION, UnitKind.ENTERPRISE)
"""Units that can be visited."""


class Rating(StrEnum):
    """Yearly rating of a CĐCS, weakest first."""

    FAILED = "KHT"
    DONE = "HT"
    GOOD = "T"
    EXCELLENT = "XS"


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"  # lãnh đạo
    OFFICER = "officer"  # cán bộ
    REPRESENTATIVE = "representative"  # BCH CĐCS


class Device(StrEnum):
    """On what somebody has the web pages open, as coarsely as it helps them to know it again."""

    PHONE = "phone"
    COMPUTER = "computer"


class OrgChangeKind(StrEnum):
    """What becomes of units."""

    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    DISSOLVE = "dissolve"
    LIST = "list"  # whatever a list of units says


class OrgChangeState(StrEnum):
    PROPOSED = "proposed"  # looked at, not confirmed
    PLANNED = "planned"  # its day is yet to come
    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"  # before its day
    FAILED = "failed"  # on its day it could not be done any more


# ---- Visits


class VisitStatus(StrEnum):
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    REPORTED = "reported"
    EXCUSED = "excused"  # a leader said that it need not take place
    MISSED = "missed"
    DEFERRED = "deferred"  # a leader put it off: another visit of a later week stands for it


OPEN_STATUSES = (VisitStatus.PLANNED, VisitStatus.CONFIRMED)
"""Of a visit: it is still to be made."""


class VisitOrigin(StrEnum):
    ASSIGNED = "assigned"
    DIRECTED = "directed"  # given by a supervisor
    UNPLANNED = "unplanned"  # reported without having been planned
    DEFERRED = "deferred"  # put off from an earlier week, on top of its own week's plan


class VisitKind(StrEnum):
    """In which form the site was visited (hình thức đi cơ sở)."""

    COMMITTEE = "committee"  # dự họp BCH
    PROPAGANDA = "propaganda"  # tuyên truyền trực tiếp
    EXCHANGE = "exchange"  # giao lưu văn hóa, thể thao
    CARE = "care"  # chăm lo, thăm hỏi
    DIALOGUE = "dialogue"  # đối thoại
    SURVEY = "survey"  # khảo sát DN chưa có CĐ
    UNPLANNED = "unplanned"  # nắm tình hình


class Remark(StrEnum):
    """What is said about a report, as `VisitEvent.what` names it."""

    QUESTION = "remark_asked"
    THANKS = "remark_thanked"
    ANSWER = "remark_answered"


class Arrears(StrEnum):
    """Wages or insurance in arrears at a site, as a report answers (terms of Luật BHXH 2024)."""

    NONE = "none"
    WAGES = "wages"  # nợ lương
    INSURANCE = "insurance"  # chậm đóng, trốn đóng BHXH
    BOTH = "both"
    UNCLEAR = "unclear"  # looked into, not settled yet


# ---- Cases


class CaseKind(StrEnum):
    CONCERN = "concern"  # tâm tư, phản ánh: the default, never by itself a khiếu nại
    PROPOSAL = "proposal"  # kiến nghị
    COMPLAINT = "complaint"  # khiếu nại: formal, with a procedure of its own
    DENUNCIATION = "denunciation"  # tố cáo


class Category(StrEnum):
    LUONG = "LUONG"  # lương, phụ cấp, định mức
    THUONG = "THUONG"  # thưởng, Tết
    BHXH = "BHXH"  # BHXH, BHYT, BHTN
    GIO_LAM = "GIO_LAM"  # giờ làm, tăng ca, phép
    BUA_AN = "BUA_AN"  # bữa ăn ca
    ATVSLD = "ATVSLD"  # an toàn, tai nạn
    HDLD = "HDLD"  # hợp đồng
    SA_THAI = "SA_THAI"  # sa thải, kỷ luật
    NU = "NU"  # thai sản, lao động nữ
    QUAY_ROI = "QUAY_ROI"  # quấy rối, ứng xử
    DOI_THOAI = "DOI_THOAI"  # đối thoại, thỏa ước
    CONG_DOAN = "CONG_DOAN"  # công đoàn phí, cán bộ công đoàn
    NHA_O = "NHA_O"  # nhà ở, nhà trẻ
    PHUC_LOI = "PHUC_LOI"  # khó khăn, phúc lợi
    VIEC_LAM = "VIEC_LAM"  # việc làm, đào tạo
    KHAC = "KHAC"


class Severity(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"


class CaseStatus(StrEnum):
    """Where a case stands. "Quá hạn" is a mark, computed from the clocks, and no status."""

    RECEIVED = "received"  # Đã tiếp nhận
    IN_PROGRESS = "in_progress"  # Đang xử lý
    ESCALATED = "escalated"  # Đã chuyển cấp trên
    REFERRED = "referred"  # Đã chuyển cơ quan chức năng
    GUIDED = "guided"  # Không thuộc thẩm quyền – đã hướng dẫn
    SETTLED = "settled"  # Đã giải quyết
    ANSWERED = "answered"  # Đã phản hồi: the reporter was told or is satisfied; closed
    MERGED = "merged"  # folded into another case, which its reporter now follows


OPEN_CASES = (
    CaseStatus.RECEIVED,
    CaseStatus.IN_PROGRESS,
    CaseStatus.ESCALATED,
    CaseStatus.REFERRED,
)
"""Somebody still has to do something; the clocks run."""
CONFIDENTIAL_CATEGORIES = (Category.QUAY_ROI,)
"""Seen by the assignee and those above only, not by the whole unit."""
CONFIDENTIAL_KINDS = (CaseKind.DENUNCIATION,)
"""The same whatever the category: Luật Tố cáo 2018 keeps a tố cáo secret from all but its
handlers."""
UNTAKEN_CASES = (CaseStatus.RECEIVED, CaseStatus.ESCALATED)
DONE_CASES = (CaseStatus.GUIDED, CaseStatus.SETTLED)
"""There is a result, and the reporter has not yet said what they think of it."""
OVER_CASES = (CaseStatus.ANSWERED, CaseStatus.MERGED)
CLOSED_STATUSES = (*DONE_CASES, *OVER_CASES)
"""Of a case: nobody has to do anything about it any more; all that are not open."""


class EventAuthor(StrEnum):
    """Who made something happen to a case."""

    PROGRAM = "program"
    PERSON = "person"
    REPORTER = "reporter"


class FiguresState(StrEnum):
    """What became of figures that somebody suggests for a site."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    KEPT = "kept"  # the unit's own figures stay as they were
    EDITED = "edited"  # others were put in their place


class CommendationKind(StrEnum):
    """Who or what a report proposes to commend."""

    COLLECTIVE = "collective"  # tập thể
    PERSON = "person"  # cá nhân
    PRACTICE = "practice"  # cách làm hay


class CommendationState(StrEnum):
    WAITING = "waiting"  # for a leader of the unit that it lies with
    ACCEPTED = "accepted"
    DECLINED = "declined"  # not this time, with the reason


class PromiseState(StrEnum):
    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"  # with the reason
    WITHDRAWN = "withdrawn"  # a correction of the report does not name it any more


class TaskState(StrEnum):
    """Of a plan's task at a unit that took it; one that nobody took has no row."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # not done and why, such as a plan's own time being over


class DeclarationState(StrEnum):
    """Of what a unit's leader declared about a target."""

    WAITING = "waiting"  # the level above has not decided
    ACCEPTED = "accepted"
    RETURNED = "returned"  # with a reason


class MeetingRule(StrEnum):
    """How often a committee meets, counted from the first day."""

    ONCE = "once"
    MONTHLY_DAY = "monthly_day"  # the same day of each month
    MONTHLY_WEEKDAY = "monthly_weekday"  # the same weekday of the month, such as its first Friday
    QUARTERLY = "quarterly"  # the same day, every three months


class AlertLevel(StrEnum):
    WARNING = "warning"  # tension: go there
    ALARM = "alarm"  # work may stop or has stopped


class CountSource(StrEnum):
    """Whom the figures of a site are from: workers, women, members."""

    LIST = "list"  # the list of units
    COMMITTEE = "committee"  # the site's own (BCH CĐCS)
    REPORT = "report"  # a visit's, taken over by the leader
    LEADER = "leader"  # set by the leader: so it is now
    MENDED = "mended"  # set by the leader: what stood there was wrong
    FOUNDING = "founding"  # the congress that founded the union


# ---- Recruitment (phát triển đoàn viên)


class RecruitmentStep(StrEnum):
    """How far an enterprise without a union has come, the first step first."""

    SURVEY = "survey"  # khảo sát
    OWNER = "owner"  # tiếp cận chủ doanh nghiệp
    GROUP = "group"  # ban vận động
    READY = "ready"  # đủ điều kiện
    CONGRESS = "congress"  # đại hội


class RecruitmentState(StrEnum):
    OPEN = "open"
    STOPPED = "stopped"  # with a reason; it may go on
    FOUNDED = "founded"  # the enterprise is a CĐCS


# ---- Summaries


class SummaryState(StrEnum):
    WRITING = "writing"  # also before the first word
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"


EDITABLE = frozenset({SummaryState.WRITING, SummaryState.RETURNED})


class Outcome(StrEnum):
    """What was decided on one version of a summary that was sent."""

    UNDECIDED = ""
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Addressee(StrEnum):
    """To whom a proposal of section VI goes; all of them pass through the province."""

    STANDING = "btv"
    AUTHORITIES = "dang_cq"
    GENERAL = "tld"


# ---- Sending


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"  # claimed; after a crash it is unknown whether it went out
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"  # Telegram said never, or it waited too long
    CANCELLED = "cancelled"
    HELD = "held"  # whoever wrote it has paused it


class GroupEnding(StrEnum):
    """Why a group is written to no longer."""

    UNLINKED = "unlinked"  # somebody of its unit ended it
    LOST = "lost"  # the bot was removed from it, or the group is no more


class Audience(StrEnum):
    """To whom a leader writes; a worker is nobody's audience."""

    EVERYBODY = "everybody"
    CADRES = "cadres"  # officers and leaders
    OFFICERS = "officers"
    LEADERS = "leaders"
    REPRESENTATIVES = "representatives"


class AnnouncementState(StrEnum):
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"  # everybody has it, or will not get it


class Lane(IntEnum):
    """What goes first when there is a queue."""

    URGENT = 0
    ANSWER = 1
    NOTICE = 2
    REMINDER = 3
    BROADCAST = 4
