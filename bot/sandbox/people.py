"""The invented people who use the sandbox."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from bot.sandbox.errors import Json, Refusal

ROLES = ("administrator", "supervisor", "officer", "representative", "stranger")


@dataclass
class Person:
    """Somebody with a Telegram account; label and role are notes for the tester only."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    label: str = ""
    role: str = "stranger"
    note: str = ""
    phone: str = ""
    started: bool = False
    blocked: bool = False
    account_deleted: bool = False

    def user(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return user | self._names() | {"language_code": "vi"}

    def chat(self) -> Json:
        return {"id": self.id, "first_name": self.first_name} | self._names() | {"type": "private"}

    def phone_number(self) -> str:
        return self.phone or f"+8490{self.id % 10_000_000:07d}"

    def _names(self) -> Json:
        names = {"last_name": self.last_name, "username": self.username}
        return {key: value for key, value in names.items() if value}


_TYPES = {field.name: field.type for field in fields(Person)}


class People:
    """Everybody in the sandbox, by Telegram id."""

    def __init__(self) -> None:
        self._people: dict[int, Person] = {}

    def __iter__(self) -> Iterator[Person]:
        return iter(self._people.values())

    def get(self, person_id: int) -> Person | None:
        return self._people.get(person_id)

    def need(self, person_id: int) -> Person:
        person = self.get(person_id)
        if person is None:
            raise Refusal(f"no person {person_id}", 404)
        return person

    def free_id(self) -> int:
        return max(self._people, default=900_000_000) + 1

    def put(self, person_fields: Json) -> Person:
        """Create a person, or change the fields given."""
        _check(person_fields)
        person = self.get(person_fields["id"])
        if person is None:
            person = Person(**person_fields)
            self._people[person.id] = person
        for key, value in person_fields.items():
            setattr(person, key, value)
        return person

    def dump(self) -> list[Json]:
        return [dict(vars(person)) for person in self]

    def load(self, saved: list[Json]) -> None:
        self._people = {row["id"]: Person(**row) for row in saved}


def _check(person_fields: Json) -> None:
    for key, value in person_fields.items():
        if key not in _TYPES or type(value) is not _TYPES[key]:
            raise Refusal(f"a person has no such field or value: {key}={value!r}")
    if person_fields.get("id", 0) <= 0 or not person_fields.get("first_name", "?"):
        raise Refusal("a person needs a positive id and a first_name")
    if person_fields.get("role", "stranger") not in ROLES:
        raise Refusal(f"role is one of {', '.join(ROLES)}")
