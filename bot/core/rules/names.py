"""The order of a Vietnamese name: Telegram asks for "Tên" and "Họ", and people fill in either."""

import unicodedata

# Family names that are hardly ever given names, and those that are often both.
_FAMILY = """nguyen tran le pham huynh vo phan bui do ngo ho doan trinh luu to tong cao thach quach
la lai khuu"""
_EITHER = """hoang ha mai lam thai kim ninh son tang tien phung bach dao vu vuong chau luong duong
dang dinh truong ly ta danh kien trieu"""
_ONLY_FAMILY, _ALSO_GIVEN = frozenset(_FAMILY.split()), frozenset(_EITHER.split())


def full_name(first: str, last: str) -> str:
    """Họ, tên đệm, tên: `Lan` + `Hồ Thị` and `Hồ Thị` + `Lan` both give `Hồ Thị Lan`."""
    given_names, family = first.split(), last.split()
    if not given_names or not family:
        return " ".join(given_names or family)
    as_given, as_family = _plain(given_names[0]), _plain(family[0])
    filled_in_turned = as_given in _ONLY_FAMILY and as_family not in _ONLY_FAMILY
    if not filled_in_turned and as_family in _ONLY_FAMILY | _ALSO_GIVEN:
        return " ".join([*family, *given_names])
    return " ".join([*given_names, *family])


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))
