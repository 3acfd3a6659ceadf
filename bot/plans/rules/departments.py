"""Which of the province's departments a plan means, whatever it puts around the name."""

from collections.abc import Mapping


def plain(name: str) -> str:
    """Ban Tổ chức - Kiểm tra, Ban Tổ chức–Kiểm tra: one department."""
    words = name.casefold().replace("–", " ").replace("-", " ").replace("&", " và ")
    return " ".join(words.split())


def department_meant(words: str, departments: Mapping[int, str]) -> int | None:
    """The department, by id, that the words name ("Ban Tổ chức LĐLĐ tỉnh"), the longest name that
    fits; None: none of these, then it is the province's own."""
    meant = plain(words)
    fitting = [(len(plain(name)), key) for key, name in departments.items() if plain(name) in meant]
    return max(fitting)[1] if fitting else None
