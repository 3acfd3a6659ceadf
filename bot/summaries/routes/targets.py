"""/chitieu: targets of units."""

from functools import partial

from bot.conversation.asking import Decision, asked_first
from bot.conversation.form import Form
from bot.conversation.reply import Attachment, Reply, send, show
from bot.conversation.request import Request
from bot.conversation.router import Route, button, command
from bot.conversation.routes import begin
from bot.conversation.stored_files import attachments
from bot.conversation.view import STANDS
from bot.core import messages
from bot.core.errors import Refused
from bot.core.rendering import number
from bot.documents.drawing import in_turn
from bot.summaries.cards import target_words
from bot.summaries.cards import targets as cards
from bot.summaries.facts.targets import Course, TargetPage
from bot.summaries.forms.targets import DECLARE_RESULT, RETURN_RESULT, SET_TARGET, SPLIT_TARGET
from bot.summaries.rules.targets import is_share
from bot.summaries.services import declarations, targets
from bot.summaries.services.targets import MOST, Meant


async def list_plans(request: Request) -> Reply:
    return show(cards.overview(await targets.overview(request.context)))


async def open_unit(request: Request) -> Reply:
    key = request.arguments[0]
    return show(
        cards.unit(
            await targets.of_unit(request.context, key, request.number(1), request.number(2))
        )
    )


async def open_target(request: Request) -> Reply:
    return show(cards.target_card(await targets.look(request.context, _meant(request))))


async def list_units(request: Request) -> Reply:
    facts = await targets.list_units(request.context, _meant(request), request.number(4))
    return show(cards.units(facts))


async def set_value(request: Request) -> Reply:
    page = await targets.look(request.context, _meant(request))
    if not page.may_set:
        raise Refused(messages.NOT_ALLOWED)
    return await _number(request, SET_TARGET, page)


async def split_value(request: Request) -> Reply:
    page = await targets.look(request.context, _meant(request))
    if not page.may_split:
        raise Refused(messages.NOT_ALLOWED)
    return await _number(request, SPLIT_TARGET, page)


async def give(request: Request) -> Reply:
    place, position, unit_id, year, total = (request.number(n) for n in range(5))
    plans = request.work.programmes
    if place >= len(plans):
        raise Refused(messages.NOT_FOUND)
    wanted = Meant(plans[place].key, position, unit_id, year)
    facts = await targets.give(request.context, wanted, total, request.arguments[5])
    return show(cards.units(facts, "Đã giao chỉ tiêu và báo cho các đơn vị."))


async def declare(request: Request) -> Reply:
    page = await declarations.begin(request.context, _meant(request))
    target = page.line.target
    share, what = is_share(target), target_words.of_what(target)
    total_ask = f"Tổng số {what} của đơn vị là bao nhiêu?"
    value_ask = f"Trong đó bao nhiêu {what} đã thực hiện?" if share else "Đã đạt được bao nhiêu?"
    about = _about(page) | {"share": share, "asks": {"total": total_ask, "value": value_ask}}
    return await begin(request, DECLARE_RESULT, subject=_subject(page), about=about)


async def ask_to_accept(request: Request) -> Decision:
    row, unit = await declarations.to_return(request.context, request.number())
    position = next(
        (
            place
            for plan in request.work.programmes
            if plan.key == row.plan
            for place, target in enumerate(plan.targets)
            if target.key == row.target
        ),
        0,
    )
    return Decision(
        f"Chấp nhận kết quả {unit.name} đã khai? Từ đó kết quả được tính vào chỉ tiêu.",
        "✅ Chấp nhận",
        f"tgt:one:{row.plan}:{position}:{unit.id}:{row.year}",
    )


async def accept(request: Request) -> Reply:
    page = await declarations.accept(request.context, request.number())
    return show(cards.target_card(page, "Đã chấp nhận kết quả."))


async def send_back(request: Request) -> Reply:
    row, unit = await declarations.to_return(request.context, request.number())
    about = {"declaration": row.id, "name": unit.name}
    return await begin(request, RETURN_RESULT, subject=f"tgt:back:{row.id}", about=about)


async def send_files(request: Request) -> Reply:
    page, files = await declarations.files_of(request.context, request.number())
    return send(*attachments(request.work, files), then=cards.target_card(page))


async def send_picture(request: Request) -> Reply:
    """What was reached beside the straight line, with what it says in words."""
    course = await targets.course_of(request.context, _meant(request))
    card = cards.target_card(await targets.look(request.context, _meant(request)))
    drawn = await in_turn(partial(_draw, course))
    if drawn is None:
        return show(card, toast=cards.NO_PICTURE)
    data, words = drawn
    return send(Attachment("photo", "chi-tieu.png", words, data), then=card)


def _draw(course: Course) -> tuple[bytes, str] | None:
    from bot.documents.charts import picture  # seldom wanted, so loaded when it is
    from bot.summaries.papers.target_picture import picture_of

    drawn = picture_of(course)
    return (picture(drawn[0]), drawn[1]) if drawn else None


async def _number(request: Request, form: Form, page: TargetPage) -> Reply:
    line = page.line
    share = line.target.measure == "%"
    quick = [n for n in (line.wanted, line.target.value if share else None) if n is not None]
    about = _about(page) | {"most": 100 if share else MOST, "quick": list(dict.fromkeys(quick))}
    measure = "phần trăm" if share else line.target.measure
    verb = "Chia tổng số" if form is SPLIT_TARGET else "Đặt chỉ tiêu"
    about["asks"] = {"value": f"{verb} bao nhiêu {measure} cho năm {line.year}?"}
    if line.wanted is not None:
        about[STANDS] = {"value": f"{number(line.wanted)} {measure}"}
    return await begin(request, form, subject=_subject(page), about=about)


def _about(page: TargetPage) -> dict[str, object]:
    line = page.line
    return {
        "plan": line.plan.key,
        "position": line.position,
        "unit_id": line.unit.id,
        "year": line.year,
        "name": f"{line.unit.name}: {line.target.text}",
    }


def _subject(page: TargetPage) -> str:
    line = page.line
    return f"tgt:{line.plan.key}:{line.position}:{line.unit.id}:{line.year}"


def _meant(request: Request) -> Meant:
    numbers = (request.number(1), request.number(2), request.number(3))
    return Meant(request.arguments[0], *numbers)


_KEY, _N, _ID, _YEAR = r"([a-z0-9-]{1,30})", r"(\d{1,3})", r"(\d{1,9})", r"(\d{1,4})"
_TARGET = rf"{_KEY}:{_N}:{_ID}:{_YEAR}"

ROUTES: tuple[Route, ...] = (
    command("chitieu", list_plans),
    button(r"tgt:list", list_plans),
    button(rf"tgt:plan:{_KEY}:{_ID}:{_YEAR}", open_unit),
    button(rf"tgt:one:{_TARGET}", open_target),
    button(rf"tgt:units:{_TARGET}:{_N}", list_units),
    button(rf"tgt:set:{_TARGET}", set_value),
    button(rf"tgt:split:{_TARGET}", split_value),
    button(rf"tgt:give:{_N}:{_N}:{_ID}:{_YEAR}:(\d{{1,8}}):([0-9a-f]{{8}})", give),
    button(rf"tgt:tell:{_TARGET}", declare),
    button(rf"tgt:pic:{_TARGET}", send_picture),
    *asked_first(rf"tgt:ok:{_ID}", ask_to_accept, accept),
    button(rf"tgt:back:{_ID}", send_back),
    button(rf"tgt:files:{_ID}", send_files),
)
