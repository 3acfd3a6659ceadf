"""Groups of the invented people, some of them with the bot in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.errors import Json, Refusal

FIRST_ID = -4_000_000_000  # as Telegram numbers groups ...
FIRST_SUPERGROUP = -1_002_000_000_000  # ... and what they grow into


@dataclass
class Group:
    """`members`: ids of people. `moved_to`: the supergroup that it has become."""

    id: int
    title: str
    members: list[int] = field(default_factory=list)
    has_bot: bool = True
    kind: str = "group"
    moved_to: int = 0

    def chat(self) -> Json:
        return {"id": self.id, "title": self.title, "type": self.kind}


class Groups:
    """All of them, by Telegram's id."""

    def __init__(self) -> None:
        self._groups: dict[int, Group] = {}

    def __iter__(self) -> Iterator[Group]:
        return iter(self._groups.values())

    def get(self, group_id: int) -> Group | None:
        return self._groups.get(group_id)

    def need(self, group_id: int) -> Group:
        group = self.get(group_id)
        if group is None:
            raise Refusal(f"no group {group_id}", 404)
        return group

    def add(self, title: str, members: list[int]) -> Group:
        return self._put(Group(FIRST_ID - len(self._groups), title, members))

    def upgrade(self, group: Group) -> Group:
        """The group becomes a supergroup, which has another id."""
        if group.moved_to:
            raise Refusal("it has become a supergroup already", 409)
        supergroup = Group(
            FIRST_SUPERGROUP - len(self._groups),
            group.title,
            list(group.members),
            group.has_bot,
            "supergroup",
        )
        group.moved_to = supergroup.id
        return self._put(supergroup)

    def dump(self) -> list[Json]:
        return [dict(vars(group)) for group in self]

    def load(self, saved: list[Json]) -> None:
        self._groups = {row["id"]: Group(**row) for row in saved}

    def _put(self, group: Group) -> Group:
        self._groups[group.id] = group
        return group
