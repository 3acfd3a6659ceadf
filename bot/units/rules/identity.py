"""Whether a row of a list means the unit that it seems to mean.

A new code that is hardly new, a name that its parent has already, a code that was another body's:
an office does not see such rows in a preview of hundreds, so they are stopped and named.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from bot.core.rules.writing import code_pieces
from bot.units.rules.import_plan import NOT_IN_FILE, Change, KnownUnit, Mistake, Values
from storage.enums import SITE_KINDS

_BODY = (("cong", "doan", "co", "so"), ("cdcs",), ("cong", "doan"), ("cd",))
_FIRM = (("cong", "ti"), ("cong", "ty"), ("cty",), ("ct",), ("doanh", "nghiep"), ("dn",))
_LEGAL = (
    ("trach", "nhiem", "huu", "han"),
    ("mot", "thanh", "vien"),
    ("co", "phan"),
    ("tnhh",),
    ("mtv",),
    ("cp",),
)
_LIKE = 0.6  # share of letters from which two names may be one body's (proposed)
_SHARED = 1 / 3  # share of common words (proposed)
_LOOKS_LIKE = str.maketrans("oil", "011")

Changes = Collection[Change]
Units = Mapping[str, KnownUnit]


def mistakes(changes: Changes, units: Units) -> Iterator[Mistake]:
    """Rows that would make two units of one, or one of two."""
    yield from _near_codes(changes, units)
    yield from _twins(changes, units)
    for change in changes:
        if _is_renamed(change) and set(change.keys) != {"name"}:
            before = (change.before or {})["name"]
            yield Mistake(change.line, "name", _REUSED.format(code=change.code, name=before))


def doubts(changes: Changes, units: Units) -> Iterator[Mistake]:
    """What may be right and should be looked at."""
    for change in changes:
        if _is_renamed(change):
            words_of = _RENAMED.format(before=(change.before or {})["name"])
            yield Mistake(change.line, "name", words_of)
    yield from _look_alikes(changes, units)


_REUSED = (
    "mã {code} đang là của {name}; đơn vị khác thì đề nghị ghi mã mới, chính đơn vị này đổi tên "
    "thì đề nghị nhập trước một tệp chỉ có mã và tên mới"
)
_RENAMED = "đổi hẳn tên, trước là {before}; nếu là đơn vị khác thì đề nghị dùng mã mới"
_NEAR = (
    "mã {code} chỉ khác mã {other} ({where}) ở số 0, dấu hoặc khoảng trắng, đề nghị ghi đúng mã "
    "{other} nếu là đơn vị đó, hoặc đặt mã khác hẳn"
)
_ALIKE = "mã {code} trông giống mã {other} ({where}), đề nghị xem có phải một đơn vị không"
_TWIN = (
    "đã có {name} (mã {other}, {where}) ở cùng đơn vị cấp trên, đề nghị ghi mã {other} nếu là đơn "
    "vị đó, hoặc ghi tên cho phân biệt được"
)


def _near_codes(changes: Changes, units: Units) -> Iterator[Mistake]:
    in_use = _by(code_pieces, units)
    for change in _new(changes):
        pieces = code_pieces(change.code)
        if not pieces:
            continue
        other, where = in_use.setdefault(pieces, (change.code, f"dòng {change.line}"))
        if other.casefold() != change.code.casefold():
            yield Mistake(
                change.line, "code", _NEAR.format(code=change.code, other=other, where=where)
            )


def _look_alikes(changes: Changes, units: Units) -> Iterator[Mistake]:
    """O for 0, l or I for 1: only pointed out, for codes may be made so."""
    in_use = _by(_shape, units)
    for change in _new(changes):
        other, where = in_use.setdefault(_shape(change.code), (change.code, f"dòng {change.line}"))
        if other.casefold() != change.code.casefold():
            yield Mistake(
                change.line, "code", _ALIKE.format(code=change.code, other=other, where=where)
            )


def _shape(code: str) -> tuple[str, ...]:
    return (code.casefold().translate(_LOOKS_LIKE),)


def _by(
    key: Callable[[str], tuple[str, ...]], units: Units
) -> dict[tuple[str, ...], tuple[str, str]]:
    return {key(unit.code): (unit.code, unit.values["name"]) for unit in units.values()}


def _new(changes: Changes) -> Iterator[Change]:
    for change in sorted(changes, key=lambda change: change.line):
        if change.before is None and change.line != NOT_IN_FILE:
            yield change


Word = tuple[str, frozenset[str]]  # letters without accents, the accents wherever they sit


@dataclass(frozen=True)
class _Name:
    """A body's name without what is written or left out at will."""

    core: tuple[Word, ...]
    legal: frozenset[tuple[str, ...]]
    bare: bool  # no accent anywhere

    def is_of(self, other: "_Name") -> bool:
        """Whether both may name one body; their letters without accents are equal."""
        if self.legal and other.legal and self.legal != other.legal:
            return False
        return self.bare or other.bare or self.core == other.core


_PIECE = re.compile(r"[^\W_]+")


def _name(text: str) -> _Name:
    whole = [_word(piece) for piece in _PIECE.findall(text)]
    core, legal = list(whole), set()
    for beginning in _BEGINNINGS:
        if _starts(core, beginning, 0) and len(core) > len(beginning):
            del core[: len(beginning)]
    if not _LEGAL_WORDS.isdisjoint(base for base, _ in core):
        for piece in _LEGAL:
            for at in range(len(core) - 1, -1, -1):
                if _starts(core, piece, at) and len(core) > len(piece):
                    del core[at : at + len(piece)]
                    legal.add(piece)
    return _Name(tuple(core), frozenset(legal), not any(marks for _, marks in whole))


_BEGINNINGS = (*_BODY, *_FIRM)
_LEGAL_WORDS = {piece[0] for piece in _LEGAL}


@lru_cache(maxsize=8192)  # most words of most names are the same few
def _word(piece: str) -> Word:
    letters = unicodedata.normalize("NFD", piece.lower())
    marks = {sign for sign in letters if unicodedata.combining(sign) or sign == "đ"}
    base = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return base.replace("đ", "d"), frozenset(marks)


def _starts(core: list[Word], piece: tuple[str, ...], at: int) -> bool:
    return (
        at < len(core)
        and core[at][0] == piece[0]
        and (tuple(base for base, _ in core[at : at + len(piece)]) == piece)
    )


def _twins(changes: Changes, units: Units) -> Iterator[Mistake]:
    """New, renamed or moved units whose parent has one of that name, new ones among each other."""
    after = {key: unit.values for key, unit in units.items()}
    codes = {key: unit.code for key, unit in units.items()}
    touched = {c.code.casefold(): c for c in changes if {"name", "parent", "kind"} & set(c.keys)}
    for change in changes:
        after[change.code.casefold()] = change.after
        codes[change.code.casefold()] = change.code
    wanted = {_group(change.after) for change in touched.values()}
    groups: dict[object, list[tuple[str, _Name]]] = {}
    order = [key for key in after if key not in touched]
    order += sorted(touched, key=lambda key: touched[key].line)
    for key in order:
        values, group = after[key], _group(after[key])
        if group not in wanted or values["dissolved_on"] is not None or not values["name"]:
            continue
        name = _name(values["name"])
        alike = groups.setdefault((group, tuple(base for base, _ in name.core)), [])
        if key in touched:
            for other, other_name in alike:
                if name.is_of(other_name):
                    line = touched[other].line if other in touched else 0
                    where = f"dòng {line}" if line else "đã có trong danh sách"
                    yield Mistake(
                        touched[key].line,
                        "name",
                        _TWIN.format(name=after[other]["name"], other=codes[other], where=where),
                    )
                    break
        alike.append((key, name))


def _group(values: Values) -> tuple[str, str]:
    """Where a name must be the only one: under its parent, among units of its sort."""
    sort = "site" if values["kind"] in SITE_KINDS else str(values["kind"])
    return (values["parent"] or "").casefold(), sort


def _is_renamed(change: Change) -> bool:
    """Whether a known code has a name now that is no spelling of the one before."""
    if change.before is None or "name" not in change.keys or not change.after["name"]:
        return False
    before, after = (_bases(values["name"]) for values in (change.before, change.after))
    if not before or not after:
        return False
    shared = len(set(before) & set(after)) / min(len(set(before)), len(set(after)))
    like = SequenceMatcher(None, "".join(before), "".join(after), autojunk=False).ratio()
    return shared < _SHARED and like < _LIKE


def _bases(name: str) -> list[str]:
    return [base for base, _ in _name(name).core]
