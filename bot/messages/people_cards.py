"""Cards about people: who came in, who is there, invitations."""

from bot.messages.card import Button, Card
from bot.messages.render import render
from bot.messages.words import ROLES
from storage.models import Role

HOME = Button("🏠 Trang chính", "home")


def joined(person_id: int, name: str, role: Role, place: str) -> Card:
    """To the inviter: their link was used."""
    text = render("people/joined", name=name, role=ROLES[role], place=place)
    return Card(text, ((Button("Xem cán bộ", f"p:open:{person_id}"),),))
