"""Cards about people: who came in, who is there, invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.card import Button, Card, Rows, grid
from bot.core.labels import ROLES
from bot.core.rendering import day, on_button, render
from bot.core.rules.permissions import Action, roles_for
from bot.core.rules.quotas import EVERY_SECOND_WEEK
from bot.people.cards.leave import hand_over_rows
from bot.people.cards.web_sessions import on_person
from storage.enums import Role
from storage.models import Leave, Person, Unit, Visit

MANY = Button("📥 Mời nhiều người", "p:many")
MANY_CAPTION = "Tệp mẫu để mời nhiều người"
HOME = Button("🏠 Trang chính", "home")
INVITE = Button("✉️ Mời người", "p:invite")
LIST = Button("👥 Danh sách cán bộ", "p:list:1")
LINKS = Button("Liên kết đang mở", "p:links")
UNITS = Button("📥 Nhập danh sách", "import:how")
RENAME = Button("✏️ Sửa họ tên", "p:name")
PHONE = Button("☎️ Số điện thoại", "p:phone")
START = Button("▶️ Bắt đầu", "home")
WELCOMES = (
    (Action.DIRECT_VISIT, "people/welcome_supervisor", (START,)),
    (Action.GO_TO_SITES, "people/welcome_officer", (Button("▶️ Tuần này", "home"),)),
    (Action.IMPORT_UNITS, "people/welcome_administrator", (UNITS, INVITE)),
    (
        Action.SEE_OWN_SITES,
        "people/welcome_representative",
        (Button("▶️ Vào trang chính", "home"),),
    ),
)
"""The first that the role allows: what somebody reads who comes in, and their first steps."""


@dataclass(frozen=True)
class ListedPerson:
    """One line of the list."""

    person_id: int
    name: str
    roles: Sequence[Role]


@dataclass(frozen=True)
class Held:
    """A role and its place; `may_end`: by whoever looks; `of_cluster`: the place is no unit."""

    membership_id: int
    role: Role
    place: str
    may_end: bool
    of_cluster: bool

    @property
    def words(self) -> str:
        return f"{ROLES[self.role]} {self.place}"


@dataclass(frozen=True)
class PersonFacts:
    """One person as an administrator or supervisor sees them."""

    person: Person
    roles: Sequence[Held]
    quota: int
    usual_quota: int
    may_set_quota: bool
    leave: Leave | None
    last_active: datetime
    web_pages: int = 0  # open ones, as far as whoever looks may close them
    may_hand_out_link: bool = False

    @property
    def is_officer(self) -> bool:
        return any(held.role in roles_for(Action.GO_TO_SITES) for held in self.roles)


def joined(person_id: int, name: str, role: Role, place: str) -> Card:
    """To the inviter: their link was used."""
    text = render("people/joined", name=name, role=ROLES[role], place=place)
    return Card(text, ((Button("Xem thông tin cán bộ", f"p:open:{person_id}"),),))


def welcome(name: str, role: Role, place: str) -> Card:
    """To whoever came in: what the bot does for them, and the first steps."""
    fitting = ((words, steps) for action, words, steps in WELCOMES if role in roles_for(action))
    words, first = next(fitting, ("people/welcome", (START,)))
    text = render(words, name=name, role=ROLES[role], place=place)
    return Card(text, (*((step,) for step in first), (RENAME, PHONE)))


def many() -> Card:
    """How many are invited at once, below the file to fill in."""
    return Card(render("people/many"), ((LIST,), (HOME,)))


def own_link(invitation_id: int, sentence: str) -> Card:
    """To who made the link and opened it: by mistake, or for themselves?"""
    take = Button("Nhận vai trò này cho tôi", f"p:own:{invitation_id}")
    return Card(render("people/own_link", sentence=sentence), ((take,), (HOME,)))


def invitation(
    invitation_id: int, links: Sequence[str], role: Role, place: str, expires_at: datetime
) -> Card:
    """To the inviter: the link to pass on, and where there is one the same for a browser."""
    text = render("people/invitation", links=links, role=ROLES[role], place=place, until=expires_at)
    return Card(
        text,
        (
            (Button("🔳 Mã QR", f"p:qr:{invitation_id}"), revoke(invitation_id, "Thu hồi")),
            (Button("✉️ Mời người khác", "p:invite"), HOME),
        ),
    )


def qr_caption(link: str, role: Role, place: str, expires_at: datetime) -> str:
    """Under the QR code; made to be passed on as it is."""
    return render("people/qr", link=link, role=ROLES[role], place=place, until=expires_at)


def many_caption(count: int, until: datetime) -> str:
    """Under the sheet of links."""
    return (
        f"Liên kết và mã QR của {count} người, mỗi người một dòng để in, cắt, phát. Mỗi liên kết "
        f"dùng một lần, đến hết {day(until)}. Ai cầm liên kết là vào được, đề nghị đưa đúng người."
    )


def revoke(invitation_id: int, label: str) -> Button:
    return Button(on_button(f"✖️ {label}"), f"p:revoke:{invitation_id}")


def revoked(role: Role, place: str) -> Card:
    text = render("people/revoked", role=ROLES[role], place=place)
    return Card(text, ((INVITE, LINKS), (HOME,)))


def link_over(sentence: str) -> Card:
    """In place of a card whose link is used up, with its buttons."""
    return Card(sentence, ((INVITE, LINKS), (HOME,)))


def links(invitations: Sequence[tuple[int, Role, str, datetime]]) -> Card:
    """The links that can still be used: (id, role, place, until)."""
    lines = [(ROLES[role], place, until) for _, role, place, until in invitations]
    rows: Rows = tuple(
        (revoke(key, f"Thu hồi {n}: {ROLES[role]} {place}"),)
        for n, (key, role, place, _) in enumerate(invitations[:20], 1)
    )
    return Card(render("people/links", lines=lines[:20], total=len(lines)), (*rows, (INVITE, HOME)))


def people(
    entries: Sequence[ListedPerson], number: int, pages: int, total: int, manages: bool
) -> Card:
    """One page of the list."""
    rows: Rows = tuple(
        (
            Button(
                on_button(f"{entry.name} · {role_words(entry.roles)}"), f"p:open:{entry.person_id}"
            ),
        )
        for entry in entries
    )
    turn = [Button("‹ Trước", f"p:list:{number - 1}")] if number > 1 else []
    turn += [Button("Tiếp ›", f"p:list:{number + 1}")] if number < pages else []
    search = Button("🔎 Tìm theo tên", "p:find")
    manage: Rows = ((INVITE, LINKS), (MANY,)) if manages else ()
    text = render("people/list", total=total, number=number, pages=pages)
    download = Button("📥 Tải xlsx", "p:xlsx")
    turned = (tuple(turn),) if turn else ()
    return Card(text, (*rows, *turned, *manage, (search, download), (HOME,)))


def role_words(roles: Sequence[Role]) -> str:
    return ", ".join(dict.fromkeys(ROLES[role] for role in roles))


def person(facts: PersonFacts) -> Card:
    """One person, with what may be done."""
    key = facts.person.id
    end: Rows = tuple(
        (Button(on_button(f"✖️ Kết thúc vai trò: {held.words}"), f"p:end:{held.membership_id}"),)
        for held in facts.roles
        if held.may_end
    )
    quota: Rows = ()
    if facts.may_set_quota:
        quota = ((Button("🔢 Số lượt đi mỗi tuần", f"p:quota:{key}"),),)
    weeks = Button("🗓 Các tuần đi cơ sở", f"off:open:{key}:0:p:open:{key}")
    went: Rows = ((weeks,),) if facts.is_officer else ()
    web = on_person(key or 0, facts.web_pages, facts.may_hand_out_link)
    text = render("people/person", facts=facts, seldom=facts.quota == EVERY_SECOND_WEEK)
    return Card(text, (*went, *quota, *web, *end, (LIST, HOME)))


def hands_over(held: Held) -> bool:
    """Whether somebody in this role has what a colleague can take over."""
    return held.role in roles_for(Action.GO_TO_SITES) and not held.of_cluster


def ending(name: str, held: Held, person_id: int, in_hand: str = "") -> Card:
    """The second of two taps. `in_hand`: a sentence about what they have in hand there."""
    going = held.role in roles_for(Action.GO_TO_SITES)
    text = render("people/ending", name=name, held=held, officer=going, in_hand=in_hand)
    sure = Button("Kết thúc vai trò", f"p:sure:{held.membership_id}")
    instead: Rows = ()
    if hands_over(held):
        instead = (
            (Button("🤝 Bàn giao cho người khác", f"p:hand:{held.membership_id}"),),
            (Button("🔀 Chuyển sang đơn vị khác", f"p:move:{held.membership_id}"),),
        )
    return Card(text, (*instead, (sure, Button("« Không", f"p:open:{person_id}"))))


def ended(name: str, role: Role, place: str, visits: int, supervisors_told: bool) -> Card:
    text = render(
        "people/ended",
        name=name,
        role=ROLES[role],
        place=place,
        visits=visits,
        supervisors_told=supervisors_told,
    )
    return Card(text, ((LIST, HOME),))


def role_over(role: Role, place: str) -> Card:
    """To the person whose role is over."""
    return Card(render("people/role_over", role=ROLES[role], place=place))


def visits_left(name: str, visits: Sequence[tuple[Visit, Unit]]) -> Card:
    """To a supervisor: an officer is gone, their open visits wait to be given to others."""
    text = render("people/visits_left", name=name, sites=[site.name for _, site in visits])
    return Card(text, hand_over_rows(visits))


def quota(name: str, person_id: int, now: int, usual: int, most: int) -> Card:
    """How many visits a week."""
    numbers = [Button(str(n), f"p:set:{person_id}:{n}") for n in range(most + 1)]
    as_usual = Button(f"Theo mức chung ({usual})", f"p:set:{person_id}:x")
    back = Button("« Quay lại", f"p:open:{person_id}")
    seldom = Button("Hai tuần một lượt", f"p:set:{person_id}:h")
    text = render("people/quota", name=name, now=now, seldom=now == EVERY_SECOND_WEEK)
    return Card(text, (*grid(numbers, 4), (seldom,), (as_usual,), (back,)))


def own_details(name: str, phone: str) -> Card:
    """To whoever changed their own details."""
    text = render("people/own_details", name=name, phone=phone)
    return Card(text, ((RENAME, PHONE), (HOME,)))
