"""The page of a campaign's month."""

from bot.core.card import Button, Card, Rows
from bot.core.rendering import render
from bot.recruitment.facts.campaigns import CampaignPage
from bot.recruitment.rules.campaigns import Month

MONTHS = {5: "Tháng Công nhân", 7: "Tháng thành lập Công đoàn Việt Nam"}
"""As plan `doan-vien` (II.2) calls them."""


def page(facts: CampaignPage) -> Card:
    """Each day and each unit; the months before and after."""
    unit = facts.unit.id if facts.unit else 0
    month = facts.month
    title = f"{MONTHS.get(month.month, 'Tháng cao điểm')} {month.month}/{month.year}"
    unions = sum(row.unions for row in facts.days)
    text = render("recruitment/campaign", f=facts, title=title, unions=unions)
    pairs = [("‹ {}", facts.before), ("{} ›", facts.after)]
    turned = tuple(
        Button(label.format(f"{m.month}/{m.year}"), f"rec:camp:{key_of(m)}:{unit}")
        for label, m in pairs
        if m
    )
    rows: Rows = (turned,) if turned else ()
    return Card(text, (*rows, (Button("« Phát triển đoàn viên", f"rec:funnel:{unit}"),)))


def key_of(month: Month) -> str:
    """A month in a button's data: 202705."""
    return f"{month.year}{month.month:02d}"
