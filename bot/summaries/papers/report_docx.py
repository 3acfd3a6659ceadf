"""Reports as docx, from the templates: one unit's, and the consolidated one."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.documents.head import head_facts
from bot.documents.illustrations import PaperPicture
from bot.documents.rendering import clean, rendered
from bot.documents.signs import NBSP, written_day
from bot.documents.templates import CONSOLIDATED, REPORT, SHORT
from bot.summaries.papers.annexes import annex_of_targets, annexes_of
from bot.summaries.papers.consolidated_words import consolidated_parts
from bot.summaries.papers.report_words import (
    opening,
    parts_of,
    small,
    year_before_heading,
    year_heading,
)
from bot.summaries.rules.papers import Consolidated, Paper


def unit_report(paper: Paper, templates: Path | None) -> bytes:
    """One unit's report on the template of its outline. Raises BrokenTemplate."""
    full = paper.outline == "full"
    annexes = annexes_of(paper) if full else annex_of_targets(paper)
    facts = {
        **_frame(paper),
        "cac_phan": parts_of(paper, annexes),
        "phu_luc": annexes,
    }
    return rendered(REPORT if full else SHORT, facts, templates)


def consolidated(
    report: Consolidated,
    templates: Path | None,
    pictures: Mapping[str, PaperPicture] = MappingProxyType({}),
) -> bytes:
    """The report over all units, with its annexes. `pictures` by part. Raises BrokenTemplate."""
    annexes = annexes_of(report)
    subject = clean(report.subject)
    if not subject.startswith("Tổng hợp"):
        subject = f"Tổng hợp {small(subject)}"
    facts = {
        **_frame(replace(report, subject=subject)),
        "cac_phan": consolidated_parts(report, annexes, pictures),
        "phu_luc": annexes,
    }
    return rendered(CONSOLIDATED, facts, templates)


def _frame(report: Paper | Consolidated) -> dict[str, Any]:
    """What stands around the parts. The paper is dated on the day of counting."""
    subject, day = clean(report.subject), written_day(report.until)
    unit = report.head.issuer
    return {
        **head_facts(report.head),
        "ngay_thang": day,
        "trich_yeu": subject,
        "ky_nay": year_heading(report),
        "ky_truoc": year_before_heading(report),
        "nam": str(report.last_day.year),
        "nam_lien_truoc": str(report.last_day.year - 1),
        "mo_dau": [opening(report)],
        "ket_thuc": f"Trên đây là báo cáo {small(subject)} của {clean(report.head.speaker)}./.",
        "kem_theo": f"(Kèm theo Báo cáo số        /{clean(report.head.symbol)} {day} {_of(unit)})",
    }


def _of(unit: str) -> str:
    """của Công đoàn phường Long Hòa: goes to the next line as a whole, where it fits into one."""
    words = f"của {clean(unit)}"
    return words.replace(" ", NBSP) if len(words) < WHOLE else words


WHOLE = 50
