"""Summaries: what one's unit owes, the page of one, its parts, sending and deciding."""

from bot.conversation.asking import Decision, asked_first
from bot.conversation.reply import Reply, SayWords, ShowCard, show
from bot.conversation.reply import send as send_files
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.conversation.routes import begin
from bot.conversation.stored_files import attachments
from bot.core.card import Card
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import number
from bot.summaries.cards import messages as says
from bot.summaries.cards import parts, summaries
from bot.summaries.facts.summaries import SectionFacts, SummaryFacts
from bot.summaries.forms import summary as forms
from bot.summaries.routes.own_obligations import list_own
from bot.summaries.rules.figures import BY_KEY, Sort
from bot.summaries.services import corrections, pages, sending, writing
from bot.summaries.services.writing import Mode

MODES = {"a": Mode.APPEND, "r": Mode.REPLACE, "w": Mode.WRITE_OUT}
HEADS = {Mode.APPEND: "viết tiếp", Mode.REPLACE: "viết lại", Mode.WRITE_OUT: "ghi lời thoại"}


async def list_summaries(request: Request) -> Reply:
    own = await pages.owed(request.context)
    return await list_own(request, own)


async def open_summary(request: Request) -> Reply:
    return show(summaries.page(await _facts(request)))


async def list_versions(request: Request) -> Reply:
    return show(summaries.versions(await _facts(request)))


# ---- Sections ------------------------------------------------------------------------------


async def open_section(request: Request) -> Reply:
    return show(await _section_card(request))


async def write(request: Request) -> Reply:
    """Begin to write a part: after what is there, in its place, or what was said in words."""
    _, key, letter = request.arguments
    facts = await _editable(request)
    part = _section(facts, key)
    mode = MODES[letter]
    head = f"{part.section.short} · {HEADS[mode]}" if part.revision else part.section.short
    about = {
        "id": facts.id,
        "section": key,
        "mode": str(mode),
        "seen": part.revision,
        "heard": list(part.files),
        "question": part.question,
        "name": head if not part.question else part.section.ask,
    }
    subject = f"summary:{facts.id}:{key}" + ("" if mode is Mode.APPEND else f":{mode}")
    return await begin(request, forms.BY_KIND[part.question], subject=subject, about=about)


async def play(request: Request) -> Reply:
    """The voice messages of a part, for colleagues too."""
    work, key = request.work, request.arguments[1]
    voices = await pages.voices(Context(work, request.actor, request.now), request.number(), key)
    return send_files(*attachments(work, voices), then=await _section_card(request))


async def open_history(request: Request) -> Reply:
    work, actor, key = request.work, request.actor, request.arguments[1]
    facts = await _facts(request)
    edits = await pages.history(Context(work, actor, request.now), request.number(), key)
    return show(parts.history(facts, key, edits, request.number(2)))


async def read_edit(request: Request) -> Reply:
    """One edit, whole."""
    work, actor, key = request.work, request.actor, request.arguments[1]
    edits = await pages.history(Context(work, actor, request.now), request.number(), key)
    texts = {edit.revision: edit.text for edit in edits}
    revision = request.number(2)
    if revision not in texts:
        raise Refused(says.NOT_FOUND)
    card = await _section_card(request)
    return Reply((SayWords(texts[revision]), ShowCard(card, in_place=False)))


# ---- Proposals and numbers -----------------------------------------------------------------


async def list_proposals(request: Request) -> Reply:
    return show(parts.proposals(await _facts(request)))


async def propose(request: Request) -> Reply:
    facts = await _editable(request)
    if not facts.takes_proposals:
        raise Refused(says.NO_PROPOSALS)
    about = {"id": facts.id}
    return await begin(request, forms.PROPOSE, subject=f"summary:{facts.id}:VI", about=about)


async def withdraw(request: Request) -> Reply:
    obligation, proposal = request.number(0), request.number(1)
    texts = {line.id: line.text for line in (await _facts(request)).proposals}
    await writing.withdraw(request.context, obligation, proposal)
    card = parts.proposals(await _facts(request), texts.get(proposal, ""))
    return show(card, says.PROPOSAL_REMOVED)


async def list_figures(request: Request) -> Reply:
    return show(parts.figures(await _facts(request)))


async def open_part(request: Request) -> Reply:
    return await _show_part(request, request.arguments[1])


async def choose_figure(request: Request) -> Reply:
    """Which number of a part is to be corrected?"""
    facts = await _editable(request)
    part = request.arguments[1]
    if part not in facts.paper.figures:
        raise Refused(says.NOT_FOUND)
    return show(parts.fixing(facts, part))


async def open_annex(request: Request) -> Reply:
    return show(parts.annex(await _facts(request)))


async def correct(request: Request) -> Reply:
    """Correct a number: what it is now, then the right one and why."""
    work, actor, key = request.work, request.actor, request.arguments[1]
    facts = await _editable(request)
    figure = BY_KEY.get(key)
    if figure is None or figure.part not in facts.paper.figures:
        raise Refused(says.NOT_FOUND)
    if figure.sort is Sort.SHARE:
        raise Refused(says.NOT_CORRECTABLE)
    value = facts.paper.values.get(key)
    about = {
        "id": facts.id,
        "figure": key,
        "part": figure.part,
        "seen": await corrections.newest_correction_id(
            Context(work, actor, request.now), facts.id, key
        ),
        "name": f"{figure.label}: {number(value) if value is not None else '—'}",
        "shown": value,
        "counted": facts.paper.numbers.values.get(key),
    }
    subject = f"summary:{facts.id}:{key}"
    return await begin(request, forms.CORRECT, subject=subject, about=about, anew=True)


async def take_back(request: Request) -> Reply:
    """What was counted counts again."""
    work, actor, key = request.work, request.actor, request.arguments[1]
    await corrections.take_back(Context(work, actor, request.now), request.number(), key)
    return await _show_part(request, BY_KEY[key].part, says.NUMBER_TAKEN_BACK)


async def _show_part(request: Request, part: str, toast: str = "") -> Reply:
    facts = await _facts(request)
    if part not in facts.paper.figures:
        raise Refused(says.NOT_FOUND)
    return show(parts.part(facts, part), toast)


# ---- Sending and deciding ------------------------------------------------------------------


async def confirm(request: Request) -> Reply:
    """Before sending: what is missing, what looks wrong."""
    facts = await _editable(request)
    if not facts.may_send:
        raise Refused(says.NOT_ALLOWED)
    return show(summaries.confirm(facts))


async def send(request: Request) -> Reply:
    """The version that the card was about, and no later one."""
    obligation, version = request.number(0), request.number(1)
    await sending.send(request.context, obligation, version)
    return show(summaries.page(await _facts(request)), says.SENT)


async def ask_to_accept(request: Request) -> Decision:
    facts = await _facts(request)
    return Decision(
        f"Tiếp nhận báo cáo của {facts.unit}? Đã tiếp nhận thì không trả lại được nữa.",
        "✅ Tiếp nhận",
        f"sum:open:{facts.id}",
    )


async def accept(request: Request) -> Reply:
    """The version that the card showed, and no other."""
    obligation, version = request.number(0), request.number(1)
    await sending.accept(request.context, obligation, version)
    return show(summaries.page(await _facts(request)), says.ACCEPTED)


async def give_back(request: Request) -> Reply:
    version = request.number(1)
    facts = await _facts(request)
    if not facts.may_receive:
        raise Refused(says.NOT_ALLOWED)
    if facts.last is None or facts.last.number != version or facts.last.outcome:
        raise Refused(says.NOT_WAITING)
    about = {"id": facts.id, "number": version, "name": facts.unit}
    subject = f"summary:{facts.id}:v{version}"
    return await begin(request, forms.GIVE_BACK, subject=subject, about=about)


# ---- Small parts ---------------------------------------------------------------------------


async def _facts(request: Request) -> SummaryFacts:
    return await pages.page(request.context, request.number())


async def _editable(request: Request) -> SummaryFacts:
    """Before a form begins: nobody writes in vain."""
    await writing.require_editing(request.context, request.number())
    return await _facts(request)


def _section(facts: SummaryFacts, key: str) -> SectionFacts:
    section = facts.section(key)
    if section is None:
        raise Refused(says.NO_SUCH_SECTION)
    return section


async def _section_card(request: Request) -> Card:
    facts = await _facts(request)
    return parts.section(facts, _section(facts, request.arguments[1]))


_ID = r"(\d{1,9})"
_KEY = r"([\w.]{1,16})"
_FIGURE = r"(\w{1,40})"
_PAGE = r"(\d{1,3})"

ROUTES: tuple[Route, ...] = (
    button(r"sum:list", list_summaries),
    button(rf"sum:open:{_ID}", open_summary),
    button(rf"sum:vers:{_ID}", list_versions),
    button(rf"sum:sec:{_ID}:{_KEY}", open_section),
    button(rf"sum:write:{_ID}:{_KEY}:([arw])", write),
    button(rf"sum:play:{_ID}:{_KEY}", play),
    button(rf"sum:hist:{_ID}:{_KEY}:{_PAGE}", open_history),
    button(rf"sum:read:{_ID}:{_KEY}:{_ID}", read_edit),
    button(rf"sum:props:{_ID}", list_proposals),
    button(rf"sum:propose:{_ID}", propose),
    button(rf"sum:unprop:{_ID}:{_ID}", withdraw),
    button(rf"sum:figs:{_ID}", list_figures),
    button(rf"sum:part:{_ID}:{_KEY}", open_part),
    button(rf"sum:fixes:{_ID}:{_KEY}", choose_figure),
    button(rf"sum:annex:{_ID}", open_annex),
    button(rf"sum:fix:{_ID}:{_FIGURE}", correct),
    button(rf"sum:unfix:{_ID}:{_FIGURE}", take_back),
    button(rf"sum:ask:{_ID}", confirm),
    button(rf"sum:send:{_ID}:{_ID}", send),
    *asked_first(rf"sum:accept:{_ID}:{_ID}", ask_to_accept, accept),
    button(rf"sum:return:{_ID}:{_ID}", give_back),
)
