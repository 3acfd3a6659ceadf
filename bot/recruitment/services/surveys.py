"""The survey of an enterprise: the sheet to print, and the answers that came back."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.documents.file import File, slug
from bot.recruitment.facts.pipeline import RecruitmentNews, RecruitmentPage
from bot.recruitment.rules.survey import more_than_workers
from bot.recruitment.services.access import readable, workable
from bot.recruitment.services.history import note
from bot.recruitment.services.pipeline import begun, page_of
from bot.units.services.letterheads import heads_of
from bot.visits.services.suggested_figures import suggest
from storage import recruitments
from storage.enums import RecruitmentState
from storage.models import EnterpriseSurvey, Unit


async def keep(
    context: Context, site_id: int, surveyed_on: date, answers: Mapping[str, Any]
) -> RecruitmentPage:
    """Keep the answers. Begins where nobody had; workers and women are suggested to the leader who
    decides about the site's figures.

    Raises Refused: not in charge, or parts that are more than all workers.
    """
    values = {key: value for key, value in answers.items() if value not in (None, "")}
    if more_than_workers(values):
        raise Refused(messages.MORE_THAN_WORKERS)
    async with context.work.write() as session:
        site, _ = await workable(session, context, site_id)
        stored = await begun(session, context, site)
        session.add(
            EnterpriseSurvey(
                site_id=site_id,
                surveyed_on=surveyed_on,
                answers=values,
                person_id=context.actor.person_id,
                at=context.now,
            )
        )
        figures: dict[str, Any] = {k: values[k] for k in ("workers", "women") if k in values}
        await suggest(session, context, site, figures, surveyed_on.year)
        if stored.state is RecruitmentState.OPEN:
            news = RecruitmentNews(surveyed_on, willing=values.get("willing"))
            await note(session, context, stored, "surveyed", news)
        return await page_of(session, context, site, stored)


async def sheet_file(context: Context, site_id: int) -> File:
    """The sheet as docx, with what is known of the enterprise filled in. Raises Refused."""
    async with context.work.read() as session:
        site, _ = await readable(session, context, site_id)
        survey = await recruitments.survey_at(session, site_id)
        above = await session.get(Unit, site.parent_id) if site.parent_id else None
        home = above or site
        head = (await heads_of(session, context.work, [home]))[home.id or 0]
    from bot.recruitment.papers.survey_sheet import SurveySheet, sheet  # with what writes Word

    facts = SurveySheet(
        head=head,
        name=site.name,
        address=site.address,
        sector=site.sector,
        contact=", ".join(part for part in (site.contact_name, site.contact_phone) if part),
        answers={"workers": site.workers or None, "women": site.women or None}
        | (survey.answers if survey else {}),
    )
    data = await asyncio.to_thread(sheet, facts)
    return File(f"phieu-khao-sat-{slug(site.name)}.docx", data)
