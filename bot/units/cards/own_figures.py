"""Cards about the figures that a grassroots committee keeps."""

from typing import Protocol

from bot.core.card import Button, Card
from bot.core.rendering import render
from storage.models import Unit

UPDATE = Button("👥 Cập nhật số lao động, đoàn viên", "site:count")
HOME = Button("🏠 Trang chính", "home")


class Before(Protocol):
    """What the figures were."""

    @property
    def workers(self) -> int: ...
    @property
    def women(self) -> int: ...
    @property
    def members(self) -> int: ...


def changed(site: Unit, before: Before, author: str) -> Card:
    """To the officer in charge and the leaders."""
    text = render("paper/own_figures", site=site, before=before, author=author)
    return Card(text, ((Button("📍 Trang cơ sở", f"site:open:{site.id}"),),))


def done(site: Unit, before: Before) -> Card:
    """To the committee: what counts from now on."""
    return Card(render("paper/own_figures", site=site, before=before, author=""), ((HOME,),))
