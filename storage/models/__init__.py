"""The tables, no behaviour. Import from here: it makes sure that all of them are known."""

from sqlmodel import SQLModel

from storage.models.cases import (
    CLOSED_STATUSES,
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
    Draft,
    InboxUpdate,
    Lane,
    OutboxMessage,
    OutboxState,
    ScheduleMark,
    StoredFile,
)
from storage.models.organisation import (
    SITE_KINDS,
    Cluster,
    ClusterUnit,
    Rating,
    Unit,
    UnitKind,
    UnitRating,
)
from storage.models.people import (
    Invitation,
    Leave,
    Membership,
    Person,
    PersonAddress,
    Role,
)
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
    OPEN_STATUSES,
    ReportFile,
    ReportTopic,
    Visit,
    VisitEvent,
    VisitOrigin,
    VisitReport,
    VisitStatus,
    WeekPlan,
)

metadata = SQLModel.metadata
for _table in metadata.tables.values():
    if _table.autoincrement_column is not None:
        # An id stands in keys, buttons and answers that outlive its row: SQLite, which would give
        # the highest one out again once its row is deleted, never does so either.
        _table.kwargs["sqlite_autoincrement"] = True

__all__ = [
    "CLOSED_STATUSES",
    "OPEN_STATUSES",
    "SITE_KINDS",
    "Alert",
    "BarredReporter",
    "Case",
    "CaseEvent",
    "CaseFile",
    "Cluster",
    "ClusterUnit",
    "Draft",
    "IdentityView",
    "InboxUpdate",
    "Invitation",
    "Lane",
    "Leave",
    "Letterhead",
    "Membership",
    "Obligation",
    "OutboxMessage",
    "OutboxState",
    "Person",
    "PersonAddress",
    "QuickReport",
    "Rating",
    "ReportFile",
    "ReportRequest",
    "ReportTopic",
    "Reporter",
    "ReporterAccount",
    "Role",
    "ScheduleMark",
    "StoredFile",
    "Summary",
    "SummaryCorrection",
    "SummaryProposal",
    "SummarySection",
    "SummaryVersion",
    "Tally",
    "Unit",
    "UnitKind",
    "UnitRating",
    "VaultKey",
    "Visit",
    "VisitEvent",
    "VisitOrigin",
    "VisitReport",
    "VisitStatus",
    "WeekPlan",
    "metadata",
]
