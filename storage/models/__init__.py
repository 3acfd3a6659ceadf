"""The tables, no behaviour. Import from here: it makes sure that all of them are known."""

from sqlmodel import SQLModel

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
from storage.models.people import Invitation, Leave, Membership, Person, Role
from storage.models.visits import (
    OPEN_STATUSES,
    Case,
    CaseStatus,
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

__all__ = [
    "OPEN_STATUSES",
    "SITE_KINDS",
    "Case",
    "CaseStatus",
    "Cluster",
    "ClusterUnit",
    "Draft",
    "InboxUpdate",
    "Invitation",
    "Lane",
    "Leave",
    "Membership",
    "OutboxMessage",
    "OutboxState",
    "Person",
    "Rating",
    "ReportFile",
    "ReportTopic",
    "Role",
    "ScheduleMark",
    "StoredFile",
    "Unit",
    "UnitKind",
    "UnitRating",
    "Visit",
    "VisitEvent",
    "VisitOrigin",
    "VisitReport",
    "VisitStatus",
    "WeekPlan",
    "metadata",
]
