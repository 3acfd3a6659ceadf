"""Cards about where one is reached."""

from collections.abc import Sequence

from bot.core.card import Button, Card, Rows
from bot.core.rendering import render
from bot.people.cards.people import HOME, PHONE, RENAME
from storage.addresses import EMAIL, TELEGRAM, WEB, ZALO, Address

DOORS = {TELEGRAM: "Telegram", ZALO: "Zalo", EMAIL: "Thư điện tử", WEB: "Hộp thư trên trang web"}
"""What a channel is called, for staff."""
ADD = {EMAIL: Button("✉️ Thêm thư điện tử", "p:mail"), ZALO: Button("💬 Nhận qua Zalo", "p:zalo")}
DROP = {
    EMAIL: Button("Bỏ thư điện tử", "p:drop:email"),
    ZALO: Button("Bỏ Zalo", "p:drop:zalo"),
}
MAILBOX = Button("📬 Hộp thư", "box")
OWN = Button("« Nơi nhận thông báo", "p:doors")


def own_doors(
    name: str, phone: str, addresses: Sequence[Address], offered: Sequence[str], here: str
) -> Card:
    """Who one is here, and by which doors notices come."""
    lines = [
        f"{DOORS[a.channel]}: {a.id}" if a.channel == EMAIL else DOORS[a.channel] for a in addresses
    ]
    channels = [a.channel for a in addresses]
    removable = [DROP[c] for c in channels if c in DROP and c != here and len(channels) > 1]
    rows: Rows = (
        *((ADD[channel],) for channel in offered),
        *((button,) for button in removable),
        (RENAME, PHONE),
        (MAILBOX, HOME),
    )
    return Card(render("people/own_doors", name=name, phone=phone, lines=lines), rows)


def letter(code: str) -> Card:
    """What an address gets that somebody says is theirs."""
    return Card(render("people/address_letter", code=code))


def code_sent(address: str) -> Card:
    text = render("people/code_sent", address=address)
    return Card(text, ((Button("Nhập mã", "p:mailcode"),), (OWN,)))


def confirmed(address: str) -> Card:
    return Card(render("people/address_confirmed", address=address), ((OWN, HOME),))


def to_zalo(code: str) -> Card:
    """What to send from Zalo."""
    return Card(render("people/to_zalo", code=code), ((OWN, HOME),))


def linked(name: str) -> Card:
    """In the channel that was just taken into use."""
    return Card(render("people/address_linked", name=name), ((HOME,),))
