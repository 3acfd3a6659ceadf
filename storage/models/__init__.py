"""The tables, no behaviour. Import from here: it makes sure that all of them are known.

The words that their columns hold are imported from `storage.enums`.
"""

from sqlmodel import SQLModel

from storage.models.cases import (
    Alert,
    BarredReporter,
    Case,
    CaseEvent,
    CaseFile,
    IdentityView,
    QuickReport,
    Reporter,
    ReporterAccount,
    Tally,
    VaultKey,
)
from storage.models.exchange import (
    Announcement,
    Draft,
    GroupChat,
    InboxUpdate,
    OutboxMessage,
    ScheduleMark,
    SentForm,
    StoredFile,
    TextConversation,
)
from storage.models.organisation import (
    Cluster,
    ClusterUnit,
    OrgChange,
    Unit,
    UnitCount,
    UnitPast,
    UnitRating,
)
from storage.models.people import (
    AddressCode,
    Invitation,
    Leave,
    Membership,
    Person,
    PersonAddress,
    WebLink,
    WebSession,
)
from storage.models.plans import (
    Declaration,
    PlanTask,
    PlanTaskEvent,
    SiteMeeting,
    UnitPlan,
    UnitTarget,
)
from storage.models.recruitment import EnterpriseSurvey, Recruitment, RecruitmentEvent
from storage.models.summaries import (
    Letterhead,
    Obligation,
    ReportRequest,
    Summary,
    SummaryCorrection,
    SummaryProposal,
    SummarySection,
    SummaryVersion,
)
from storage.models.visits import (
    Commendation,
    Promise,
    ReportFile,
    ReportTopic,
    SiteTerm,
    SuggestedFigures,
    Visit,
    VisitEvent,
    VisitReport,
    WeekPlan,
)

metadata = SQLModel.metadata
for _table in metadata.tables.values():
    if _table.autoincrement_column is not None:
        # An id stands in keys, buttons and answers that outlive its row: SQLite, which would give
        # the highest one out again once its row is deleted, never does so either.
        _table.kwargs["sqlite_autoincrement"] = True

__all__ = [
    "AddressCode",
    "Alert",
    "Announcement",
    "BarredReporter",
    "Case",
    "CaseEvent",
    "CaseFile",
    "Cluster",
    "ClusterUnit",
    "Commendation",
    "Declaration",
    "Draft",
    "EnterpriseSurvey",
    "GroupChat",
    "IdentityView",
    "InboxUpdate",
    "Invitation",
    "Leave",
    "Letterhead",
    "Membership",
    "Obligation",
    "OrgChange",
    "OutboxMessage",
    "Person",
    "PersonAddress",
    "PlanTask",
    "PlanTaskEvent",
    "Promise",
    "QuickReport",
    "Recruitment",
    "RecruitmentEvent",
    "ReportFile",
    "ReportRequest",
    "ReportTopic",
    "Reporter",
    "ReporterAccount",
    "ScheduleMark",
    "SentForm",
    "SiteMeeting",
    "SiteTerm",
    "StoredFile",
    "SuggestedFigures",
    "Summary",
    "SummaryCorrection",
    "SummaryProposal",
    "SummarySection",
    "SummaryVersion",
    "Tally",
    "TextConversation",
    "Unit",
    "UnitCount",
    "UnitPast",
    "UnitPlan",
    "UnitRating",
    "UnitTarget",
    "VaultKey",
    "Visit",
    "VisitEvent",
    "VisitReport",
    "WebLink",
    "WebSession",
    "WeekPlan",
    "metadata",
]
