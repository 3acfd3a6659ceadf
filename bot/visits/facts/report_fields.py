"""What a report of a visit asks: one row a field, and everything else is derived from it.

The form and its questions, the typed answers, the columns they are stored in, the officer's and
the supervisor's card, the xlsx, the digest of the week. A new field is a row here, a column of
`VisitReport` and a migration (docs/decisions/0016-one-source-for-each-fact.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date
from enum import Enum
from typing import Any

from bot.conversation.form import Step
from bot.conversation.kinds import (
    Checklist,
    Choice,
    Items,
    Location,
    Money,
    Note,
    Number,
    QuickWords,
    Words,
)
from bot.conversation.kinds import text_of as text_of_note
from bot.core.labels import ARREARS, COMMENDATION_KINDS, RATINGS, TOPICS, VISIT_KINDS
from bot.core.rendering import capital, day, number
from bot.documents.safe_cells import Cell
from bot.visits.facts.agreements import AgreedTasks, agreements_of, answer_of, column_of
from bot.visits.facts.report_kinds import (
    ArrearsChoice,
    ArrearsWords,
    BoundedNumber,
    VisitDay,
    arrears_due,
    has_arrears,
    items_of,
    proposes_commendation,
)
from bot.visits.facts.results import Results, listed, stated_of
from bot.visits.facts.results import answer_of as answer_of_results
from storage.enums import Arrears, CommendationKind, Rating, VisitKind
from storage.models import VisitReport

NOTHING = ("Không có",)  # an answer too, and it counts as none
TAP = "Đồng chí bấm chọn một nút ở dưới."


# ---- How an answer is stored and said -------------------------------------------------------


@dataclass(frozen=True)
class AnswerForms:
    """The way of an answer: the draft's JSON, the column's value, words on a card, a cell.

    `words`: a list of them is numbered on a card. Blank values (None, "", []) are not asked for
    their words.
    """

    column: Callable[[Any], Any]
    answer: Callable[[Any], Any]
    words: Callable[[Any], str | list[str]]
    cell: Callable[[Any], Cell]


def _same(value: Any) -> Any:
    return value


def _agreed_words(column: list[Any]) -> list[str]:
    return [agreement.words for agreement in agreements_of(column)]


def _note(text: str) -> dict[str, Any]:
    return {"pieces": [[0, text]], "files": []}


def _kind_words(kind: VisitKind) -> str:
    return VISIT_KINDS.get(kind, kind)


NUMBER = AnswerForms(_same, _same, number, _same)
TEXT = AnswerForms(_same, _same, str, str)
NOTE = AnswerForms(text_of_note, _note, str, str)
DAY = AnswerForms(date.fromisoformat, date.isoformat, day, _same)
KIND = AnswerForms(VisitKind, str, _kind_words, _kind_words)
AGREED = AnswerForms(
    column_of, answer_of, _agreed_words, lambda agreed: "\n".join(_agreed_words(agreed))
)
STATED = AnswerForms(
    stated_of, answer_of_results, listed, lambda results: "\n".join(listed(results))
)
RATING = AnswerForms(
    Rating,
    lambda rating: rating.value,
    lambda rating: RATINGS[rating],
    lambda rating: RATINGS[rating] if rating else None,
)
COMMENDED = AnswerForms(
    CommendationKind,
    lambda kind: kind.value,
    lambda kind: COMMENDATION_KINDS[kind],
    lambda kind: COMMENDATION_KINDS[kind] if kind else None,
)
ARREARS_STATE = AnswerForms(
    Arrears,
    lambda state: state.value,
    lambda state: ARREARS.get(state, str(state)),
    lambda state: ARREARS.get(state, str(state)) if state else None,
)
POSITION = AnswerForms(_same, _same, lambda _position: "có gửi kèm", lambda _position: None)


# ---- A row of the table ---------------------------------------------------------------------


@dataclass(frozen=True)
class Display:
    """Where a field stands on a card or in the xlsx: by `order`, under `label`.

    `wording` is what a card makes of the value's words.
    """

    order: int
    label: str
    wording: Callable[[str], str] = str


class Apart(Enum):
    """A field that no list of fields has: laid out by the card or table itself, or left out."""

    LAID_OUT = "laid out"
    ABSENT = "absent"


LAID_OUT, ABSENT = Apart.LAID_OUT, Apart.ABSENT


@dataclass(frozen=True)
class Field:
    """One thing that a report asks. No place where it may be read has a default: each is decided.

    `stored` None: it has rows of its own (topics, files, cases). `columns` where they are not
    named as the step is. `digest`: how the sum over a week is said, "" where it is not. `core`:
    asked of everybody, the others wait behind "Bổ sung".
    """

    step: Step
    stored: AnswerForms | None
    _: KW_ONLY
    officer: Display | Apart
    supervisor: Display | Apart
    xlsx: Display | Apart
    digest: str
    core: bool = False
    columns: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.step.key

    @property
    def stored_in(self) -> tuple[str, ...]:
        """The columns of `VisitReport`; none for what has rows of its own."""
        if self.stored is None:
            return ()
        return self.columns or (self.key,)

    def value_of(self, report: VisitReport) -> Any:
        """What the report's columns say; of several columns a list, None unless all are filled."""
        values = [getattr(report, name) for name in self.stored_in]
        if len(values) == 1:
            return values[0]
        return None if None in values else values


FIELDS: tuple[Field, ...] = (
    Field(
        Step("visited_on", "Ngày đi", "Đồng chí đi cơ sở ngày nào?", VisitDay()),
        DAY,
        core=True,
        officer=LAID_OUT,
        supervisor=LAID_OUT,
        xlsx=Display(10, "Ngày đi"),
        digest="",
    ),
    Field(
        Step(
            "kind", "Hình thức", "Hình thức đi cơ sở?", Choice(tuple(VISIT_KINDS.items()), hint=TAP)
        ),
        KIND,
        core=True,
        officer=LAID_OUT,
        supervisor=LAID_OUT,
        xlsx=Display(20, "Hình thức"),
        digest="",
    ),
    Field(
        Step(
            "workers_met",
            "Số NLĐ đã gặp",
            "Đồng chí đã gặp bao nhiêu người lao động?",
            Number(most=20_000, quick=(1, 3, 5, 10, 15, 20, 30, 50)),
        ),
        NUMBER,
        core=True,
        officer=LAID_OUT,
        supervisor=LAID_OUT,
        xlsx=Display(30, "Số lao động đã gặp"),
        digest="đã gặp {} lượt người lao động",
    ),
    Field(
        Step(
            "topics",
            "Nội dung nắm tình hình",
            "Bấm để đánh dấu: một lần ⚠️ có vấn đề; hai lần ✅ đã nắm, chưa có vấn đề; "
            "ba lần ▫️ chưa nắm.",
            Checklist(items_of(TOPICS)),
            ask_on_page="Đồng chí đã nắm những nội dung nào? Nội dung chưa nắm thì để trống.",
        ),
        None,
        core=True,
        officer=LAID_OUT,
        supervisor=LAID_OUT,
        xlsx=LAID_OUT,
        digest="",
    ),
    Field(
        Step(
            "aspirations",
            "Tâm tư, nguyện vọng",
            "Người lao động có tâm tư, nguyện vọng gì? Phần này chỉ lưu nội bộ Công đoàn, "
            "không đưa vào biên bản.",
            Words(3000),
            optional=True,
        ),
        TEXT,
        core=True,
        officer=Display(10, "Tâm tư, nguyện vọng"),
        supervisor=Display(30, "Tâm tư, nguyện vọng"),
        xlsx=Display(80, "Tâm tư, nguyện vọng"),
        digest="",
    ),
    Field(
        Step(
            "situation",
            "Tình hình",
            "Tình hình tại cơ sở thế nào? Đồng chí gõ chữ, gửi tin thoại hoặc ảnh.",
            Note(
                words_besides="Đã nhận ảnh và lời ghi kèm. Tình hình tại cơ sở thế nào? "
                "Đồng chí gõ chữ hoặc gửi tin thoại."
            ),
            ask_on_page="Tình hình tại cơ sở thế nào? Đồng chí viết, ghi âm hoặc chụp ảnh.",
        ),
        NOTE,
        core=True,
        officer=LAID_OUT,
        supervisor=LAID_OUT,
        xlsx=Display(70, "Tình hình"),
        digest="",
    ),
    Field(
        Step(
            "proposals",
            "Kiến nghị",
            "Kiến nghị, đề xuất: gõ từng kiến nghị một.",
            Items(),
            ask_on_page="Kiến nghị, đề xuất: mỗi ô một kiến nghị.",
        ),
        None,
        officer=ABSENT,
        supervisor=LAID_OUT,
        xlsx=LAID_OUT,
        digest="",
    ),
    Field(
        Step("files", "Ảnh, tệp", "Đồng chí gửi ảnh, tin thoại hoặc tệp.", Note()),
        None,
        officer=LAID_OUT,
        supervisor=LAID_OUT,
        xlsx=ABSENT,
        digest="",
    ),
    Field(
        Step(
            "results",
            "🏅 Kết quả",
            "Chuyến đi có kết quả gì để ghi vào báo cáo của đơn vị? Bấm chọn.",
            Results(),
            ask_on_page="Chuyến đi có kết quả gì để ghi vào báo cáo của đơn vị?",
        ),
        STATED,
        officer=Display(15, "Kết quả"),
        supervisor=Display(35, "Kết quả"),
        xlsx=Display(85, "Kết quả"),
        digest="",
    ),
    Field(
        Step("help_given", "Đã hỗ trợ", "Đồng chí đã hướng dẫn, giúp đỡ gì tại chỗ?", Words(3000)),
        TEXT,
        officer=Display(20, "Đã hỗ trợ"),
        supervisor=Display(40, "Đã hỗ trợ tại chỗ"),
        xlsx=Display(90, "Đã giúp đỡ"),
        digest="",
    ),
    Field(
        Step("met_union", "Đã gặp (BCH)", "Đã gặp ai bên công đoàn?", Words(300)),
        TEXT,
        officer=Display(30, "Đã gặp bên công đoàn"),
        supervisor=Display(10, "Đã gặp bên công đoàn"),
        xlsx=Display(40, "Gặp phía công đoàn"),
        digest="",
    ),
    Field(
        Step("met_management", "Đã gặp (DN)", "Đã gặp ai bên doanh nghiệp?", Words(300)),
        TEXT,
        officer=Display(40, "Đã gặp bên doanh nghiệp"),
        supervisor=Display(20, "Đã gặp bên doanh nghiệp"),
        xlsx=Display(50, "Gặp phía doanh nghiệp"),
        digest="",
    ),
    Field(
        Step(
            "headcount",
            "Tổng lao động",
            "Tổng số lao động hiện nay?",
            BoundedNumber(200_000, part="women"),
        ),
        NUMBER,
        officer=Display(90, "Tổng lao động"),
        supervisor=Display(100, "Tổng số lao động"),
        xlsx=Display(110, "Số lao động"),
        digest="",
    ),
    Field(
        Step("women", "Lao động nữ", "Số lao động nữ?", BoundedNumber(200_000, whole="headcount")),
        NUMBER,
        officer=Display(100, "Lao động nữ"),
        supervisor=Display(110, "Lao động nữ"),
        xlsx=Display(120, "Lao động nữ"),
        digest="",
    ),
    Field(
        Step("members", "Đoàn viên", "Số đoàn viên hiện nay?", Number(most=200_000)),
        NUMBER,
        officer=Display(110, "Đoàn viên"),
        supervisor=Display(120, "Đoàn viên"),
        xlsx=Display(130, "Số đoàn viên"),
        digest="",
    ),
    Field(
        Step("new_members", "ĐV mới", "Số đoàn viên mới kết nạp?", Number(most=50_000)),
        NUMBER,
        officer=Display(120, "Đoàn viên mới"),
        supervisor=Display(130, "Đoàn viên mới"),
        xlsx=Display(140, "Đoàn viên mới"),
        digest="",
    ),
    Field(
        Step(
            "average_income",
            "Thu nhập",
            "Thu nhập bình quân một tháng (đồng)?",
            Money(
                1_000_000_000,
                least=500_000,
                quick=(6_000_000, 8_000_000, 10_000_000, 12_000_000),
            ),
        ),
        NUMBER,
        officer=Display(130, "Thu nhập bình quân (đồng/tháng)"),
        supervisor=Display(140, "Thu nhập bình quân", "{} đồng/tháng".format),
        xlsx=Display(150, "Thu nhập bình quân (đồng/tháng)"),
        digest="",
    ),
    Field(
        Step(
            "arrears_state",
            "Nợ lương, BHXH",
            "Cơ sở có nợ lương hoặc chậm đóng, trốn đóng BHXH không?",
            ArrearsChoice(
                tuple((state.value, capital(words)) for state, words in ARREARS.items()), hint=TAP
            ),
            due=arrears_due,
            optional=True,
        ),
        ARREARS_STATE,
        officer=Display(50, "Nợ lương, BHXH"),
        supervisor=Display(50, "Nợ lương, BHXH"),
        xlsx=Display(160, "Nợ lương; chậm đóng, trốn đóng BHXH"),
        digest="",
    ),
    Field(
        Step(
            "arrears",
            "Nợ từ khi nào",
            "Nợ lương hoặc chậm đóng, trốn đóng BHXH từ khi nào, bao nhiêu người, bao nhiêu tiền?",
            ArrearsWords(500),
            when=has_arrears,
            due=has_arrears,
            optional=True,
        ),
        TEXT,
        officer=Display(51, "Nợ từ khi nào, bao nhiêu"),
        supervisor=Display(51, "Nợ từ khi nào, bao nhiêu"),
        xlsx=Display(161, "Nợ từ khi nào, bao nhiêu"),
        digest="",
    ),
    Field(
        Step(
            "suggested_rating",
            "Đề xuất xếp loại",
            "Đồng chí đề xuất xếp loại CĐCS mức nào? Đi cơ sở từ tháng 1 đến hết tháng 3 thì "
            "đề xuất cho năm trước.",
            Choice(
                tuple((rating.value, capital(words)) for rating, words in RATINGS.items()), hint=TAP
            ),
        ),
        RATING,
        officer=Display(80, "Đề xuất xếp loại"),
        supervisor=Display(60, "Đề xuất xếp loại", capital),
        xlsx=Display(170, "Đề nghị xếp loại"),
        digest="",
    ),
    Field(
        Step(
            "commendation",
            "Khen thưởng",
            "Tập thể, cá nhân, cách làm hay cần biểu dương?",
            QuickWords(quick=NOTHING),
        ),
        TEXT,
        officer=Display(60, "Khen thưởng"),
        supervisor=Display(70, "Khen thưởng"),
        xlsx=Display(180, "Biểu dương"),
        digest="",
    ),
    Field(
        Step(
            "commendation_kind",
            "Loại đề xuất",
            "Đồng chí đề xuất biểu dương tập thể, cá nhân hay cách làm hay?",
            Choice(tuple(COMMENDATION_KINDS.items()), hint=TAP),
            when=proposes_commendation,
            due=proposes_commendation,
        ),
        COMMENDED,
        officer=Display(61, "Loại đề xuất"),
        supervisor=Display(71, "Loại đề xuất"),
        xlsx=Display(181, "Loại đề xuất"),
        digest="",
    ),
    Field(
        Step(
            "training_needs",
            "Tập huấn",
            "Cán bộ cơ sở cần tập huấn nội dung gì?",
            QuickWords(quick=NOTHING),
        ),
        TEXT,
        officer=Display(70, "Tập huấn"),
        supervisor=Display(80, "Nhu cầu tập huấn"),
        xlsx=Display(190, "Nhu cầu tập huấn"),
        digest="",
    ),
    Field(
        Step(
            "agreements",
            "Việc đã thống nhất",
            "Hai bên đã thống nhất việc gì? Mỗi tin một việc. Việc này được in vào biên bản; đến "
            "hạn đồng chí sẽ được nhắc.",
            AgreedTasks(),
            ask_on_page="Hai bên đã thống nhất việc gì? Việc này được in vào biên bản; đến hạn "
            "đồng chí sẽ được nhắc.",
        ),
        AGREED,
        officer=LAID_OUT,
        supervisor=Display(150, "Đã thống nhất"),
        xlsx=Display(200, "Việc đã thống nhất"),
        digest="",
    ),
    Field(
        Step(
            "place",
            "Vị trí",
            "Đồng chí gửi vị trí của cơ sở (không bắt buộc).",
            Location(),
            ask_on_page="Đồng chí đang ở cơ sở thì ghi vị trí (không bắt buộc).",
        ),
        POSITION,
        columns=("latitude", "longitude"),
        officer=ABSENT,
        supervisor=Display(90, "Vị trí"),
        xlsx=ABSENT,
        digest="",
    ),
)


# ---- What is derived from it ----------------------------------------------------------------


def officer_lines(report: VisitReport) -> list[tuple[str, str]]:
    """(label, words) of what is filled in, as the officer reads the report again."""
    return _lines(report, lambda field: field.officer)


def supervisor_lines(report: VisitReport) -> list[tuple[str, str]]:
    """(label, words) of what is filled in, as a supervisor reads the report."""
    return _lines(report, lambda field: field.supervisor)


def _lines(
    report: VisitReport, place_of: Callable[[Field], Display | Apart]
) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for field, display in displayed(place_of):
        value = field.value_of(report)
        if field.stored is None or is_blank(value):
            continue
        words = field.stored.words(value)
        if isinstance(words, str):
            lines.append((display.label, display.wording(words)))
        else:
            lines += [(f"{display.label} {n}", text) for n, text in enumerate(words, 1) if text]
    return lines


def displayed(place_of: Callable[[Field], Display | Apart]) -> list[tuple[Field, Display]]:
    """The fields that are listed in this place, in its order."""
    pairs = [(field, place_of(field)) for field in FIELDS]
    listed = [(field, place) for field, place in pairs if isinstance(place, Display)]
    return sorted(listed, key=lambda pair: pair[1].order)


def is_blank(value: Any) -> bool:
    """Whether nothing was answered; 0 is an answer."""
    return value is None or value == "" or value == []


def columns_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `VisitReport` that a draft's answers fill."""
    columns: dict[str, Any] = {}
    for field in FIELDS:
        answer = answers.get(field.key)
        if field.stored is None or answer is None:
            continue
        value = field.stored.column(answer)
        values = value if len(field.stored_in) > 1 else [value]
        columns |= dict(zip(field.stored_in, values, strict=True))
    return columns


def draft_answers_of(report: VisitReport) -> dict[str, Any]:
    """The draft's answers that a report's columns were filled from."""
    pairs = [(field, field.value_of(report)) for field in FIELDS if field.stored]
    return {
        field.key: field.stored.answer(value)
        for field, value in pairs
        if field.stored and not is_blank(value)
    }


DIGESTS: Mapping[str, str] = {field.key: field.digest for field in FIELDS if field.digest}
"""Column -> how its sum over a week is said."""
