"""How enterprises without a union come to one: steps, what happened, surveys."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field

from storage.enums import RecruitmentState, RecruitmentStep
from storage.models.base import Table
from storage.types import UtcDateTime, text_of


class Recruitment(Table, table=True):
    """One enterprise on its way to a union; one row for each, whatever happens on the way.

    `owner_id` is in charge (None: nobody yet). `moved_at`: when something was last noted of it.
    `willing` workers want a union, `applications` of them are collected. `congress_on`: when the
    congress is planned. `stopped_why` while it is stopped. The rest is known once the union is
    founded: `founded_on` the day, `founded_at` and `founded_by` when and by whom it was noted, the
    decision that recognised it. `remind_at` as in PlanTask.
    """

    __tablename__ = "recruitment"
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="unit.id", unique=True)
    step: RecruitmentStep = Field(sa_type=text_of(RecruitmentStep))
    state: RecruitmentState = Field(
        default=RecruitmentState.OPEN, sa_type=text_of(RecruitmentState), index=True
    )
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    moved_at: datetime = Field(sa_type=UtcDateTime)
    willing: int | None = None
    applications: int | None = None
    congress_on: date | None = None
    stopped_why: str = Field(default="", sa_type=Text)
    founded_on: date | None = None
    founded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    founded_by: int | None = Field(default=None, foreign_key="person.id")
    decision_number: str = Field(default="", max_length=60)
    decided_on: date | None = None
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    reminded: list[str] = Field(default_factory=list, sa_type=JSON)


class RecruitmentEvent(Table, table=True):
    """What happened: started, moved, back, stopped, resumed, progress, surveyed, given, founded,
    unfounded, listed. `day`: when, as somebody says; `at`: when it was noted. `actor_id` None: the
    program. `step`: where it stood then. `visit_id`: the visit that it goes back to."""

    __tablename__ = "recruitment_event"
    id: int | None = Field(default=None, primary_key=True)
    recruitment_id: int = Field(foreign_key="recruitment.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    what: str = Field(max_length=20)
    step: RecruitmentStep = Field(sa_type=text_of(RecruitmentStep))
    day: date
    willing: int | None = None
    applications: int | None = None
    words: str = Field(default="", sa_type=Text)
    visit_id: int | None = Field(default=None, foreign_key="visit.id")


class EnterpriseSurvey(Table, table=True):
    """Phiếu khảo sát: what an enterprise without a union answered on a day. The newest counts.

    `answers`: by the keys of bot/recruitment/rules/survey.py.
    """

    __tablename__ = "enterprise_survey"
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="unit.id", index=True)
    surveyed_on: date
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
