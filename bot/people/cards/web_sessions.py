"""Cards about the web pages of the staff: links into them, and where they are open."""

from datetime import datetime

from bot.core.card import Button, Card, Rows, grid
from bot.core.labels import ROLES
from bot.core.rendering import moment, render
from bot.people.facts.web_sessions import OwnPages, WebLinkMade
from storage.enums import Device, Role

HOME = Button("🏠 Trang chính", "home")
LIST = Button("🖥 Đang mở ở đâu?", "web:list")
NEW = Button("🔗 Lấy liên kết mới", "web:new")
END_OTHERS = Button("✖️ Đóng trên các máy khác", "web:endothers")
END_ALL = Button("✖️ Đóng tất cả", "web:endall")
DEVICES = {Device.PHONE: "điện thoại", Device.COMPUTER: "máy tính"}
MOST_SHOWN = 10


def own_link(link: str, expires_at: datetime) -> Card:
    """To who asked for it."""
    text = render("web/own_link", link=link, until=expires_at)
    return Card(text, ((NEW, LIST), (HOME,)))


def handed_link(person_id: int, name: str, link: str, expires_at: datetime) -> Card:
    """To who made it for a colleague, to pass it on."""
    text = render("web/handed_link", name=name, link=link, until=expires_at)
    back = Button("« Quay lại", f"p:open:{person_id}")
    return Card(text, ((back, HOME),))


def invited(role: Role, place: str, asks_name: bool) -> Card:
    """To who opened an invitation in a browser, before it is used."""
    return Card(render("web/invited", role=ROLES[role], place=place, asks_name=asks_name))


def entered_by_handed_link(device: Device, maker: str, now: datetime) -> Card:
    """To whom the link was for: somebody has come in by it."""
    text = render("web/entered", device=DEVICES[device], maker=maker, at=now)
    return Card(text, ((Button("✖️ Không phải tôi, đóng hết", "web:endall"),), (LIST,)))


def listed(own: OwnPages, here: int = 0) -> Card:
    """Where one's own pages are open. `here`: the device of the list's reader."""
    pages = sorted(own.pages, key=lambda page: page.web_session_id != here)[:MOST_SHOWN]
    text = render("web/list", pages=pages, devices=DEVICES, here=here)
    ends = [
        Button(f"✖️ Đóng trên máy số {p.web_session_id}", f"web:end:{p.web_session_id}")
        for p in pages
    ]
    others = [END_OTHERS] if here and len(own.pages) > 1 else []
    everything = [END_ALL] if len(own.pages) > 1 else []
    return Card(text, (*grid([*ends, *others, *everything], 1), (NEW, HOME)))


def ended_all() -> Card:
    return Card(render("web/ended_all"), ((NEW, HOME),))


def ask_to_end(person_id: int, name: str, pages: OwnPages) -> Card:
    """The first of two taps about a colleague."""
    text = render("web/ask_to_end", name=name, pages=pages.pages[:MOST_SHOWN], devices=DEVICES)
    sure = Button("✖️ Đóng tất cả", f"web:of:{person_id}:end")
    back = Button("« Không", f"p:open:{person_id}")
    return Card(text, ((sure, back),) if pages.pages else ((back,),))


def on_person(person_id: int, open_pages: int, may_hand_out: bool) -> Rows:
    """The buttons on a colleague's page."""
    hand_out = Button("🔗 Cấp liên kết vào trang web", f"web:link:{person_id}")
    close = Button(f"✖️ Đóng trang web đang mở ({open_pages})", f"web:of:{person_id}")
    return (
        *(((hand_out,),) if may_hand_out else ()),
        *(((close,),) if open_pages else ()),
    )


def link_words(new_link: WebLinkMade, link: str) -> str:
    """What the operator reads at the command line."""
    return f"{link}\n{new_link.name} · one use, until {moment(new_link.expires_at)}"
