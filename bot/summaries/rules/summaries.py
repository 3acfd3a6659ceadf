"""What a summary is made of, the states it goes through, and what is still missing in it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.rules.levels import IN_USE
from storage.enums import Addressee

LONGEST_SECTION = 20_000
"""Letters of one section, over several messages and several people."""


@dataclass(frozen=True)
class Section:
    """A part that the unit writes. `short` on a button, `title` on the paper."""

    key: str
    short: str
    title: str
    ask: str
    required: bool


SECTIONS: Mapping[str, Section] = {
    s.key: s
    for s in (
        Section(
            "II",
            "II. Chỉ đạo",
            "Công tác chỉ đạo, triển khai thực hiện",
            "Đơn vị đã chỉ đạo, triển khai như thế nào? (văn bản, hội nghị, phân công, kiểm tra)",
            True,
        ),
        Section("IV.1", "IV.1 Ưu điểm", "Ưu điểm", "Những việc làm tốt, nổi bật?", True),
        Section("IV.2", "IV.2 Hạn chế", "Hạn chế", "Những việc còn hạn chế?", True),
        Section("IV.3", "IV.3 Nguyên nhân", "Nguyên nhân", "Nguyên nhân của hạn chế?", False),
        Section("IV.4", "IV.4 Bài học", "Bài học kinh nghiệm", "Kinh nghiệm rút ra?", False),
        Section(
            "V",
            "V. Phương hướng",
            "Phương hướng, nhiệm vụ thời gian tới",
            "Thời gian tới đơn vị tập trung vào những việc gì?",
            True,
        ),
    )
}


def addressees() -> Mapping[Addressee, str]:
    """To whom a unit proposes, by the province's own name."""
    return {
        Addressee.STANDING: f"Ban Thường vụ {IN_USE.province}",
        Addressee.AUTHORITIES: "cấp ủy Đảng, chính quyền",
        Addressee.GENERAL: "Tổng LĐLĐ Việt Nam",
    }


class QuestionKind(StrEnum):
    """How a question of a request is answered."""

    WORDS = "words"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Written:
    """What there is of a section so far. `voices`: voice messages not written out."""

    text: str
    voices: int = 0


def sections_of(keys: Sequence[str], questions: Sequence[Mapping[str, str]]) -> tuple[Section, ...]:
    """The parts to write: those of an outline, or the questions of a request (all required)."""
    question_sections = tuple(
        Section(q["key"], f"Câu {n}", q["ask"], q["ask"], True) for n, q in enumerate(questions, 1)
    )
    return question_sections or tuple(SECTIONS[key] for key in keys if key in SECTIONS)


def missing(sections: Collection[Section], written: Mapping[str, Written]) -> list[Section]:
    """The required parts that have no text yet; a voice message alone is not written."""
    return [s for s in sections if s.required and not _text(written, s.key)]


def _text(written: Mapping[str, Written], key: str) -> str:
    part = written.get(key)
    return part.text.strip() if part else ""
