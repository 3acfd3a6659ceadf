"""/canhbao: an officer, a leader or the BCH CĐCS says that a stoppage is coming or has begun."""

from collections.abc import Sequence
from typing import Any

from bot.cases.cards import alerts as alert_cards
from bot.cases.services import raised_alerts
from bot.conversation.form import Form, Option, Step
from bot.conversation.kinds import Picked, QuickWords
from bot.core import search
from bot.core.card import Card
from bot.core.context import Context
from bot.core.rendering import on_button
from bot.core.rules.permissions import Action, Actor
from bot.core.work import Work
from storage.models import Draft

COMMON_SITUATIONS = (
    "Người lao động đang ngừng việc tập thể",
    "Người lao động bàn nhau ngừng việc",
    "Người lao động tập trung, yêu cầu gặp chủ doanh nghiệp",
    "Chủ doanh nghiệp bỏ trốn, đóng cửa",
)


async def _sites(work: Work, actor: Actor, draft: Draft) -> Sequence[Option]:
    query = (draft.answers.get("site") or {}).get("query", "")
    sites = await search.sites_for(work, actor, Action.RAISE_ALERT, query)
    return [Option(str(key), on_button(f"📍 {name}")) for key, name in sites]


async def _names(work: Work, actor: Actor, draft: Draft) -> dict[str, str]:
    site_id = (draft.answers.get("site") or {}).get("id")
    name = await search.site_name(work, actor, Action.RAISE_ALERT, site_id) if site_id else ""
    return {"site": name, "name": name} if name else {}


async def _submit(context: Context, draft: Draft) -> Card:
    answers: dict[str, Any] = draft.answers
    facts = await raised_alerts.raise_by_hand(context, answers["site"]["id"], answers["words"])
    return alert_cards.raised(facts)


RAISE_ALERT = Form(
    "raise_alert",
    "Báo nguy cơ ngừng việc",
    (
        Step(
            "site",
            "Doanh nghiệp",
            "Ở doanh nghiệp nào? Đồng chí gõ vài chữ trong tên.",
            Picked(nothing="Không tìm thấy doanh nghiệp nào có tên “{}”. Đề nghị gõ lại vài chữ."),
        ),
        Step(
            "words",
            "Tình hình",
            "Tình hình thế nào? Bấm chọn hoặc viết vài câu: bao nhiêu người, vì sao, từ lúc nào.",
            QuickWords(raised_alerts.LONGEST_WORDS, quick=COMMON_SITUATIONS),
        ),
    ),
    _submit,
    send_label="🚨 Báo ngay",
    choices={"site": _sites},
    names=_names,
)
