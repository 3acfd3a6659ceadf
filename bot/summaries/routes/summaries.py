"""Summaries: what one's unit owes, the page of one, its parts, sending and deciding."""

from collections.abc import Iterator

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.channels.telegram import cards
from bot.channels.telegram.context import Context
from bot.conversation import engine
from bot.conversation.form import Form
from bot.conversation.routes import show
from bot.core.card import MAX_TEXT
from bot.core.errors import Refused
from bot.core.rendering import number
from bot.summaries.cards import messages as says
from bot.summaries.cards import parts, summaries
from bot.summaries.facts.summaries import SectionFacts, SummaryFacts
from bot.summaries.forms import summary as forms
from bot.summaries.routes.own_obligations import owing
from bot.summaries.rules.figures import BY_KEY, Sort
from bot.summaries.services import corrections, pages, sending, writing
from bot.summaries.services.writing import Mode
from bot.visits.routes.overview_files import send_files

MODES = {"a": Mode.APPEND, "r": Mode.REPLACE, "w": Mode.WRITE_OUT}
HEADS = {Mode.APPEND: "viết tiếp", Mode.REPLACE: "viết lại", Mode.WRITE_OUT: "ghi lời thoại"}


async def listed(update: Update, context: Context) -> None:
    await owing(context, await pages.owed(context.work, context.actor, context.now))


async def opened(update: Update, context: Context) -> None:
    await context.show(summaries.page(await _facts(context)))


async def versions(update: Update, context: Context) -> None:
    await context.show(summaries.versions(await _facts(context)))


# ---- Sections ------------------------------------------------------------------------------


async def section(update: Update, context: Context) -> None:
    facts = await _facts(context)
    await context.show(parts.section(facts, _section(facts, _groups(context)[1])))


async def write(update: Update, context: Context) -> None:
    """Begin to write a part: after what is there, in its place, or what was said in words."""
    key, name, letter = _groups(context)
    facts = await _editable(context)
    one = _section(facts, name)
    mode = MODES[letter]
    head = f"{one.section.short} · {HEADS[mode]}" if one.revision else one.section.short
    about = {
        "id": facts.id,
        "section": name,
        "mode": str(mode),
        "seen": one.revision,
        "heard": list(one.files),
        "question": one.question,
        "name": head if not one.question else one.section.ask,
    }
    subject = f"summary:{key}:{name}" + ("" if mode is Mode.APPEND else f":{mode}")
    await _begin(context, forms.BY_KIND[one.question], subject, about)


async def play(update: Update, context: Context) -> None:
    """The voice messages of a part, for colleagues too."""
    key, name = _groups(context)
    given = (context.work, context.actor, int(key), name, context.now)
    await send_files(context, await pages.voices(*given))
    facts = await _facts(context)
    await context.send(parts.section(facts, _section(facts, name)))


async def history(update: Update, context: Context) -> None:
    key, name, page = _groups(context)
    facts = await _facts(context)
    edits = await pages.history(context.work, context.actor, int(key), name, context.now)
    await context.show(parts.history(facts, name, edits, int(page)))


async def read(update: Update, context: Context) -> None:
    """One edit, whole, over as many messages as it takes."""
    key, name, revision = _groups(context)
    given = (context.work, context.actor, int(key), name, context.now)
    edits = {one.revision: one for one in await pages.history(*given)}
    query = context.incoming.callback_query
    if int(revision) not in edits:
        raise Refused(says.NOT_FOUND)
    if query:
        await cards.answer(query)
    for part in _pieces(edits[int(revision)].text):
        await context.say(part)
    facts = await _facts(context)
    await context.send(parts.section(facts, _section(facts, name)))


def _pieces(text: str) -> Iterator[str]:
    """Cut where a line or at least a word ends."""
    while len(text) > MAX_TEXT:
        cut = max(text.rfind("\n", 0, MAX_TEXT), 0) or text.rfind(" ", 0, MAX_TEXT)
        cut = cut if cut > 0 else MAX_TEXT
        yield text[:cut]
        text = text[cut:].lstrip()
    if text:
        yield text


# ---- Proposals and numbers -----------------------------------------------------------------


async def proposals(update: Update, context: Context) -> None:
    await context.show(parts.proposals(await _facts(context)))


async def propose(update: Update, context: Context) -> None:
    facts = await _editable(context)
    if not facts.takes_proposals:
        raise Refused(says.NO_PROPOSALS)
    await _begin(context, forms.PROPOSE, f"summary:{facts.id}:VI", {"id": facts.id})


async def withdraw(update: Update, context: Context) -> None:
    key, proposal = (int(one) for one in _groups(context))
    there = {one.id: one.text for one in (await _facts(context)).proposals}
    await writing.withdraw(context.work, context.actor, key, proposal, context.now)
    card = parts.proposals(await _facts(context), there.get(proposal, ""))
    await context.show(card, says.PROPOSAL_REMOVED)


async def figures(update: Update, context: Context) -> None:
    await context.show(parts.figures(await _facts(context)))


async def part(update: Update, context: Context) -> None:
    await _part(context, _groups(context)[1])


async def fixes(update: Update, context: Context) -> None:
    """Which number of a part is to be corrected?"""
    facts = await _editable(context)
    key = _groups(context)[1]
    if key not in facts.paper.figures:
        raise Refused(says.NOT_FOUND)
    await context.show(parts.fixing(facts, key))


async def annex(update: Update, context: Context) -> None:
    await context.show(parts.annex(await _facts(context)))


async def fix(update: Update, context: Context) -> None:
    """Correct a number: what it is now, then the right one and why."""
    key, figure = _groups(context)
    facts = await _editable(context)
    known = BY_KEY.get(figure)
    if known is None or known.part not in facts.paper.figures:
        raise Refused(says.NOT_FOUND)
    if known.sort is Sort.SHARE:
        raise Refused(says.NOT_CORRECTABLE)
    value = facts.paper.values.get(figure)
    about = {
        "id": facts.id,
        "figure": figure,
        "part": known.part,
        "seen": await corrections.seen(context.work, context.actor, facts.id, figure, context.now),
        "name": f"{known.label}: {number(value) if value is not None else '—'}",
        "shown": value,
        "counted": facts.paper.numbers.values.get(figure),
    }
    await _begin(context, forms.CORRECT, f"summary:{key}:{figure}", about, anew=True)


async def unfix(update: Update, context: Context) -> None:
    key, figure = _groups(context)
    given = (context.work, context.actor, int(key), figure, context.now)
    await corrections.take_back(*given)
    await _part(context, BY_KEY[figure].part, says.NUMBER_TAKEN_BACK)


async def _part(context: Context, key: str, toast: str = "") -> None:
    facts = await _facts(context)
    if key not in facts.paper.figures:
        raise Refused(says.NOT_FOUND)
    await context.show(parts.part(facts, key), toast)


# ---- Sending and deciding ------------------------------------------------------------------


async def ask(update: Update, context: Context) -> None:
    """Before sending: what is missing, what looks wrong."""
    facts = await _editable(context)
    if not facts.may_send:
        raise Refused(says.NOT_ALLOWED)
    await context.show(summaries.confirm(facts))


async def send(update: Update, context: Context) -> None:
    """The version that the card was about, and no later one."""
    key, version = (int(one) for one in _groups(context))
    await sending.send(context.work, context.actor, key, context.now, version)
    context.runtime.dispatcher.wake()
    await context.show(summaries.page(await _facts(context)), says.SENT)


async def accept(update: Update, context: Context) -> None:
    """The version that the card showed, and no other."""
    key, version = (int(one) for one in _groups(context))
    await sending.accept(context.work, context.actor, key, version, context.now)
    context.runtime.dispatcher.wake()
    await context.show(summaries.page(await _facts(context)), says.ACCEPTED)


async def give_back(update: Update, context: Context) -> None:
    key, version = (int(one) for one in _groups(context))
    facts = await _facts(context)
    if not facts.may_receive:
        raise Refused(says.NOT_ALLOWED)
    if facts.last is None or facts.last.number != version or facts.last.outcome:
        raise Refused(says.NOT_WAITING)
    about = {"id": key, "number": version, "name": facts.unit}
    await _begin(context, forms.GIVE_BACK, f"summary:{key}:v{version}", about)


# ---- Small parts ---------------------------------------------------------------------------


async def _begin(
    context: Context, form: Form, subject: str, about: dict[str, object], *, anew: bool = False
) -> None:
    shown = await engine.start(
        context.work, context.actor, form, context.now, subject=subject, about=about, anew=anew
    )
    await show(context, shown)


async def _facts(context: Context) -> SummaryFacts:
    return await pages.page(context.work, context.actor, _id(context), context.now)


async def _editable(context: Context) -> SummaryFacts:
    """Before a form begins: nobody writes in vain."""
    await writing.require_editing(context.work, context.actor, _id(context), context.now)
    return await _facts(context)


def _section(facts: SummaryFacts, key: str) -> SectionFacts:
    one = facts.section(key)
    if one is None:
        raise Refused(says.NO_SUCH_SECTION)
    return one


def _groups(context: Context) -> tuple[str, ...]:
    assert context.match is not None
    return context.match.groups()


def _id(context: Context) -> int:
    return int(_groups(context)[0])


_ID = r"(\d{1,9})"
_KEY = r"([\w.]{1,16})"
_FIGURE = r"(\w{1,40})"
_PAGE = r"(\d{1,3})"

HANDLERS = (
    CallbackQueryHandler(listed, pattern=r"^sum:list$"),
    CallbackQueryHandler(opened, pattern=rf"^sum:open:{_ID}$"),
    CallbackQueryHandler(versions, pattern=rf"^sum:vers:{_ID}$"),
    CallbackQueryHandler(section, pattern=rf"^sum:sec:{_ID}:{_KEY}$"),
    CallbackQueryHandler(write, pattern=rf"^sum:write:{_ID}:{_KEY}:([arw])$"),
    CallbackQueryHandler(play, pattern=rf"^sum:play:{_ID}:{_KEY}$"),
    CallbackQueryHandler(history, pattern=rf"^sum:hist:{_ID}:{_KEY}:{_PAGE}$"),
    CallbackQueryHandler(read, pattern=rf"^sum:read:{_ID}:{_KEY}:{_ID}$"),
    CallbackQueryHandler(proposals, pattern=rf"^sum:props:{_ID}$"),
    CallbackQueryHandler(propose, pattern=rf"^sum:propose:{_ID}$"),
    CallbackQueryHandler(withdraw, pattern=rf"^sum:unprop:{_ID}:{_ID}$"),
    CallbackQueryHandler(figures, pattern=rf"^sum:figs:{_ID}$"),
    CallbackQueryHandler(part, pattern=rf"^sum:part:{_ID}:{_KEY}$"),
    CallbackQueryHandler(fixes, pattern=rf"^sum:fixes:{_ID}:{_KEY}$"),
    CallbackQueryHandler(annex, pattern=rf"^sum:annex:{_ID}$"),
    CallbackQueryHandler(fix, pattern=rf"^sum:fix:{_ID}:{_FIGURE}$"),
    CallbackQueryHandler(unfix, pattern=rf"^sum:unfix:{_ID}:{_FIGURE}$"),
    CallbackQueryHandler(ask, pattern=rf"^sum:ask:{_ID}$"),
    CallbackQueryHandler(send, pattern=rf"^sum:send:{_ID}:{_ID}$"),
    CallbackQueryHandler(accept, pattern=rf"^sum:accept:{_ID}:{_ID}$"),
    CallbackQueryHandler(give_back, pattern=rf"^sum:return:{_ID}:{_ID}$"),
)
