"""Cards about places that officers found in no list."""

from collections.abc import Sequence

from bot.core.card import Button, Card, grid
from bot.core.rendering import on_button, render
from storage.models import Unit

HOME = Button("🏠 Trang chính", "home")
LIST = "unit:new"


def told_new(site: Unit, above: Unit, officer: str) -> Card:
    """To the administrator, who decides right there."""
    return Card(render("new_site/told", site=site, above=above, officer=officer), _answers(site))


def one_site(site: Unit, above: Unit) -> Card:
    text = render("new_site/told", site=site, above=above, officer="")
    return Card(text, (*_answers(site), (Button("« Danh sách", LIST), HOME)))


def _answers(site: Unit) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button("✅ Đúng, thêm vào danh sách", f"unit:add:{site.id}"),),
        (Button("🔗 Trùng với cơ sở đã có", f"unit:same:{site.id}"),),
        (Button("✖️ Không phải cơ sở", f"unit:none:{site.id}"),),
    )


def listed(sites: Sequence[Unit]) -> Card:
    """What waits, each opening."""
    opened = [Button(on_button(f"🆕 {site.name}"), f"unit:see:{site.id}") for site in sites[:20]]
    return Card(render("new_site/list", sites=sites), (*grid(opened, 1), (HOME,)))
