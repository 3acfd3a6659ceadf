"""Cards around the posters at the gate; for cadres."""

from collections.abc import Sequence

from bot.core.card import Button, Card, Rows
from bot.core.rendering import on_button, render
from storage.models import Unit

FILE_NAME = "ap-phich-{code}.pdf"
CAPTION = "Áp phích khổ A4. Đề nghị in và treo nơi công nhân hay qua lại: cổng, nhà ăn, bảng tin."
HOME = Button("🏠 Trang chính", "home")


def choose(sites: Sequence[Unit], query: str) -> Card:
    """Which site the poster is for."""
    rows: Rows = tuple(
        (Button(on_button(f"🖼 {site.name}"), f"poster:{site.id}"),) for site in sites
    )
    return Card(render("concern/poster", sites=len(sites), query=query), (*rows, (HOME,)))
