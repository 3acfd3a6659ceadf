"""The answers of a survey sheet, question by question; each may be left open."""

from datetime import date

from bot.conversation.form import Form, Kind, Step
from bot.conversation.kinds import Choice, Number, Words
from bot.core.card import Card
from bot.core.context import Context
from bot.recruitment.cards import pipeline as cards
from bot.recruitment.forms.pipeline import PastDay
from bot.recruitment.rules.survey import MOST_WORKERS, QUESTIONS, SurveyQuestion
from bot.recruitment.services import surveys
from storage.models import Draft

MOST_WORDS = 1000


def _kind(question: SurveyQuestion) -> Kind:
    match question.kind:
        case "number":
            return Number(MOST_WORKERS)
        case "choice":
            return Choice(question.choices)
    return Words(MOST_WORDS)


async def _keep(context: Context, draft: Draft) -> Card:
    answers = {question.key: draft.answers.get(question.key) for question in QUESTIONS}
    surveyed_on = date.fromisoformat(draft.answers["surveyed_on"])
    facts = await surveys.keep(context, int(draft.about["site_id"]), surveyed_on, answers)
    return cards.page(facts, "✅ Đã ghi kết quả khảo sát.")


SURVEY = Form(
    "rec_survey",
    "Kết quả khảo sát doanh nghiệp",
    (
        Step("surveyed_on", "Ngày khảo sát", "Khảo sát ngày nào?", PastDay()),
        *(
            Step(
                question.key,
                question.label,
                f"{question.ask} Chưa rõ thì bỏ qua.",
                _kind(question),
                optional=True,
            )
            for question in QUESTIONS
        ),
    ),
    _keep,
    words_to="notes",
    send_label="✅ Ghi kết quả",
)
