"""Cards about the figures that a grassroots committee keeps."""

from bot.core.card import Button, Card
from bot.core.rendering import render
from bot.units.rules.counts import Figures
from storage.models import Unit

UPDATE = Button("👥 Cập nhật số lao động, đoàn viên", "site:count")
HOME = Button("🏠 Trang chính", "home")


def changed(site: Unit, before: Figures, author: str) -> Card:
    """To the officer in charge and the leaders."""
    text = render("paper/own_figures", site=site, before=before, author=author, who_hears="")
    return Card(text, ((Button("📍 Trang cơ sở", f"site:open:{site.id}"),),))


def done(site: Unit, before: Figures) -> Card:
    """To the committee: what counts from now on."""
    who_hears = "Cán bộ phụ trách và lãnh đạo công đoàn cấp trên sẽ được báo."
    text = render("paper/own_figures", site=site, before=before, author="", who_hears=who_hears)
    return Card(text, ((HOME,),))


def done_by_leader(site: Unit, before: Figures) -> Card:
    """To the leader who set them."""
    now = Figures(site.workers, site.women, site.members)
    who_hears = "Cán bộ phụ trách sẽ được báo." if site.officer_id and before != now else ""
    text = render("paper/own_figures", site=site, before=before, author="", who_hears=who_hears)
    back = Button("📈 Lao động, đoàn viên", f"site:figures:{site.id}:0")
    return Card(text, ((back,), (Button("📍 Trang cơ sở", f"site:open:{site.id}"),)))
