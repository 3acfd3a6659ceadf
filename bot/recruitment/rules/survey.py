"""What the survey sheet (phiếu khảo sát doanh nghiệp) asks: paper, form and card are made of this.

Plan `doan-vien`: enterprises and workers (II.2); the owner, insurance, workers who could begin
(II.3, II.4); the Party's organisation there (II.7). Names of workers are not asked: who wants a
union could suffer for it.
"""

from dataclasses import dataclass, field
from typing import Literal

MOST_WORKERS = 200_000


@dataclass(frozen=True)
class SurveyQuestion:
    """`label` heads the answer on paper and card; `ask` is the question of the form. `choices`:
    key and words, of a choice. `apart`: for the union alone, on a page that the enterprise never
    sees; the printed sheet leaves it empty."""

    key: str
    label: str
    ask: str
    kind: Literal["number", "choice", "words"]
    choices: tuple[tuple[str, str], ...] = field(default=())
    apart: bool = False


QUESTIONS: tuple[SurveyQuestion, ...] = (
    SurveyQuestion(
        "ownership",
        "Loại hình doanh nghiệp",
        "Doanh nghiệp thuộc loại hình nào?",
        "choice",
        (
            ("private", "Doanh nghiệp tư nhân, công ty TNHH"),
            ("shares", "Công ty cổ phần"),
            ("foreign", "Có vốn đầu tư nước ngoài"),
            ("cooperative", "Hợp tác xã"),
            ("other", "Loại hình khác"),
        ),
    ),
    SurveyQuestion(
        "director",
        "Chủ doanh nghiệp, người đại diện",
        "Chủ doanh nghiệp hoặc người đại diện là ai (họ tên, chức vụ, điện thoại)?",
        "words",
    ),
    SurveyQuestion("workers", "Tổng số lao động", "Doanh nghiệp có bao nhiêu lao động?", "number"),
    SurveyQuestion("women", "Lao động nữ", "Trong đó bao nhiêu lao động nữ?", "number"),
    SurveyQuestion(
        "insured", "Lao động tham gia BHXH", "Bao nhiêu lao động đang tham gia BHXH?", "number"
    ),
    SurveyQuestion(
        "willing",
        "Lao động muốn tham gia công đoàn",
        "Qua khảo sát, bao nhiêu lao động muốn tham gia công đoàn?",
        "number",
        apart=True,
    ),
    SurveyQuestion(
        "core",
        "Lao động nòng cốt có thể vào ban vận động",
        "Bao nhiêu lao động nòng cốt có thể tham gia ban vận động? Chỉ ghi số, không ghi tên.",
        "number",
        apart=True,
    ),
    SurveyQuestion(
        "owner_view",
        "Ý kiến của chủ doanh nghiệp",
        "Chủ doanh nghiệp có ý kiến thế nào về việc thành lập công đoàn?",
        "choice",
        (
            ("supports", "Ủng hộ"),
            ("considers", "Còn cân nhắc"),
            ("refuses", "Chưa đồng ý"),
            ("not_met", "Chưa gặp được"),
        ),
        apart=True,
    ),
    SurveyQuestion(
        "party",
        "Tổ chức Đảng tại doanh nghiệp",
        "Doanh nghiệp đã có tổ chức Đảng chưa?",
        "choice",
        (("yes", "Đã có"), ("no", "Chưa có"), ("unknown", "Chưa rõ")),
    ),
    SurveyQuestion(
        "notes",
        "Chế độ, nguyện vọng của NLĐ; đề xuất",
        "Tiền lương, chế độ, nguyện vọng của người lao động có gì cần lưu ý? Đề xuất của đồng chí?",
        "words",
        apart=True,
    ),
)
NUMBERS = tuple(question.key for question in QUESTIONS if question.kind == "number")


def answer_words(question: SurveyQuestion, answer: object) -> str:
    """An answer in words; "" where nothing was answered."""
    if answer is None or answer == "":
        return ""
    if question.kind == "number":
        return f"{answer:,}".replace(",", ".")
    return dict(question.choices).get(str(answer), str(answer))


def more_than_workers(answers: dict[str, object]) -> bool:
    """Whether some part of the workers is more than all of them."""
    workers = answers.get("workers")
    parts = [answers.get(key) for key in NUMBERS if key != "workers"]
    return isinstance(workers, int) and any(isinstance(n, int) and n > workers for n in parts)
