"""Cards of the pipeline: the funnel, its lists, one enterprise, what people are told."""

from bot.core.card import Button, Card, Rows, grid
from bot.core.labels import RECRUITMENT_STEPS, VISIT_KINDS
from bot.core.rendering import number, on_button, render
from bot.recruitment.facts.pipeline import (
    STEP_SHORT,
    Funnel,
    GrownSites,
    RecruitmentList,
    RecruitmentPage,
    RecruitmentUnits,
)
from bot.recruitment.rules.steps import ORDER, is_back, may_found, next_step, place
from bot.recruitment.rules.survey import QUESTIONS, answer_words
from storage.enums import RecruitmentState, RecruitmentStep
from storage.models import Recruitment, Unit

HOME = Button("🏠 Trang chính", "home")
FUNNEL = Button("« Phát triển đoàn viên", "rec:funnel:0")
ICONS = dict(zip(ORDER, ("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣"), strict=True))
TITLES = {
    "still": "Quá lâu chưa có chuyển biến",
    "none": "Chưa bắt đầu",
    "stopped": "Tạm dừng",
    "mine": "Tôi phụ trách",
    "hint": "Lượt đi gợi ý bước tiếp",
    **{step.value: name for step, name in RECRUITMENT_STEPS.items()},
}


def funnel(facts: Funnel) -> Card:
    """How many stand where; each number opens its list."""
    unit = facts.unit.id if facts.unit else 0
    lists = [
        ("still", f"⏰ Quá lâu ({facts.still})", facts.still),
        ("hint", f"💡 Từ lượt đi ({facts.hinted})", facts.hinted),
        ("mine", f"👤 Tôi phụ trách ({facts.own})", 0 if unit else facts.own),
        ("none", f"⚪ Chưa bắt đầu ({number(facts.not_begun)})", facts.not_begun),
        *(
            (step.value, f"{ICONS[step]} {STEP_SHORT[step]} ({count})", count)
            for step, count in facts.at_step.items()
        ),
        ("stopped", f"⏸ Tạm dừng ({facts.stopped})", facts.stopped),
    ]
    buttons = [Button(label, f"rec:list:{key}:{unit}:0") for key, label, count in lists if count]
    grown = [
        Button(f"{words} ({number(count)})", f"rec:grown:{key}:{unit}:0")
        for key, words, count in (
            ("founded", "🏛 CĐCS mới", facts.founded),
            ("members", "👥 ĐV mới", facts.members),
        )
        if count
    ]
    more = [Button("🚩 Tháng cao điểm", f"rec:camp:0:{unit}")]
    if facts.several_units and not unit:
        more.insert(0, Button("🏢 Theo đơn vị", "rec:units:0"))
    back = (Button("« Theo đơn vị", "rec:units:0"), HOME) if unit else (HOME,)
    rows = tuple((button,) for button in buttons)
    text = render("recruitment/funnel", f=facts, names=RECRUITMENT_STEPS, icons=ICONS)
    return Card(text, (*rows, *grid(grown, 2), *grid(more, 2), back))


def grown(facts: GrownSites) -> Card:
    """What a number of the year is made of; each site opens."""
    first = facts.page * 8 + 1
    numbers = [
        Button(
            str(n), f"site:open:{row.site_id}:rec:grown:{facts.key}:{facts.unit_id}:{facts.page}"
        )
        for n, row in enumerate(facts.rows, first)
    ]
    text = render("recruitment/grown", f=facts, first=first)
    turned = turn(f"rec:grown:{facts.key}:{facts.unit_id}", facts.page, more=facts.more)
    back = (Button("« Quay lại", f"rec:funnel:{facts.unit_id}"), HOME)
    return Card(text, (*grid(numbers, 4), *turned, back))


def listed(facts: RecruitmentList) -> Card:
    """A page of enterprises, each opening."""
    first = facts.page * 8 + 1
    numbers = [Button(str(n), f"rec:site:{row.site.id}") for n, row in enumerate(facts.rows, first)]
    text = render(
        "recruitment/list",
        f=facts,
        title=TITLES[facts.key],
        first=first,
        names=STEP_SHORT,
        kinds=VISIT_KINDS,
    )
    data = f"rec:list:{facts.key}:{facts.unit_id}"
    back = (Button("« Quay lại", f"rec:funnel:{facts.unit_id}"), HOME)
    turned = turn(data, facts.page, more=facts.more)
    whole = _whole(f"rec:x:{facts.key}:{facts.unit_id}") if facts.rows else ()
    return Card(text, (*grid(numbers, 4), *turned, *whole, back))


def _whole(data: str) -> Rows:
    """The whole list as a workbook."""
    return ((Button("📥 Tải xlsx", data),),)


def units(facts: RecruitmentUnits) -> Card:
    """How the units stand; a number opens one."""
    first = facts.page * 8 + 1
    numbers = [
        Button(str(n), f"rec:funnel:{row.unit.id}") for n, row in enumerate(facts.rows, first)
    ]
    text = render("recruitment/units", f=facts, first=first)
    turned = turn("rec:units", facts.page, more=facts.more)
    whole = _whole("rec:xu") if facts.rows else ()
    return Card(text, (*grid(numbers, 4), *turned, *whole, (FUNNEL, HOME)))


def turn(data: str, page: int, *, more: bool) -> Rows:
    """Before and after, where there is any."""
    buttons = [Button("‹ Trước", f"{data}:{page - 1}")] if page else []
    buttons += [Button("Tiếp ›", f"{data}:{page + 1}")] if more else []
    return (tuple(buttons),) if buttons else ()


def page(facts: RecruitmentPage, sentence: str = "") -> Card:
    """One enterprise with what may be done about it; `sentence` heads it."""
    site = facts.site.id
    text = _text("recruitment/one", facts, sentence=sentence)
    rows = (*_doing(facts), (Button("📍 Trang cơ sở", f"site:open:{site}:rec:site:{site}"), FUNNEL))
    return Card(text, rows)


def _text(template: str, facts: RecruitmentPage, **more: object) -> str:
    return render(
        template,
        f=facts,
        r=facts.stored,
        names=RECRUITMENT_STEPS,
        number_of=place,
        survey=_survey(facts),
        kinds=VISIT_KINDS,
        **more,
    )


def _survey(facts: RecruitmentPage) -> list[tuple[str, str]]:
    answers = facts.survey.answers if facts.survey else {}
    rows = [(q.label, answer_words(q, answers.get(q.key))) for q in QUESTIONS]
    return [(label, words) for label, words in rows if words]


def _doing(facts: RecruitmentPage) -> Rows:
    stored, key = facts.stored, facts.site.id
    rows: list[tuple[Button, ...]] = []
    if facts.may_work and stored is None:
        rows.append((Button("🌱 Bắt đầu vận động", f"rec:begin:{key}"),))
    if facts.may_work and stored and stored.state is RecruitmentState.STOPPED:
        rows.append((Button("▶️ Tiếp tục vận động", f"rec:resume:{key}"),))
    if facts.may_work and facts.is_open and stored:
        rows += _moving(facts, stored)
    if facts.may_work:
        survey = Button("📝 Ghi kết quả khảo sát", f"rec:survey:{key}")
        rows.append((survey, Button("🖨 Phiếu khảo sát", f"rec:sheet:{key}")))
    if facts.may_lead and (stored is None or facts.is_open):
        rows.append((Button("👤 Giao người phụ trách", f"rec:give:{key}"),))
    if facts.may_invite:
        rows.append((Button("✉️ Mời BCH CĐCS", f"p:bch:{key}"),))
    if facts.may_undo:
        rows.append((Button("↩️ Hủy ghi nhận thành lập", f"rec:unfound:{key}"),))
    return tuple(rows)


def _moving(facts: RecruitmentPage, stored: Recruitment) -> list[tuple[Button, ...]]:
    key, step = facts.site.id, stored.step
    rows: list[tuple[Button, ...]] = []
    if facts.may_lead and may_found(step):
        rows.append((Button("🏛 Ghi nhận thành lập CĐCS", f"rec:found:{key}"),))
    hint = facts.hint
    if hint and hint.step is not step:
        label = f"💡 Sang bước: {STEP_SHORT[hint.step]}"
        data = f"rec:move:{key}:{step.value}:{hint.step.value}:{hint.visit_id}"
        rows.append((Button(label, data),))
    elif following := next_step(step):
        label = f"➡️ Sang bước: {STEP_SHORT[following]}"
        rows.append((Button(label, f"rec:move:{key}:{step.value}:{following.value}:0"),))
    rows.append(
        (
            Button("✍️ Ghi tiến độ", f"rec:news:{key}"),
            Button("🔀 Bước khác", f"rec:steps:{key}"),
        )
    )
    rows.append((Button("⏸ Tạm dừng", f"rec:stop:{key}"),))
    return rows


def steps(facts: RecruitmentPage) -> Card:
    """Every step to go to, back too."""
    stored, key = facts.stored, facts.site.id
    back = (Button("« Quay lại", f"rec:site:{key}"),)
    if stored is None:
        return Card(render("recruitment/steps", f=facts, names=RECRUITMENT_STEPS), (back,))
    rows = tuple(
        (
            Button(
                f"{'↩️ Lùi về' if is_back(stored.step, step) else '➡️ Sang'}: {STEP_SHORT[step]}",
                f"rec:move:{key}:{stored.step.value}:{step.value}:0",
            ),
        )
        for step in ORDER
        if step is not stored.step
    )
    return Card(render("recruitment/steps", f=facts, names=RECRUITMENT_STEPS), (*rows, back))


def sure_to_undo(facts: RecruitmentPage) -> Card:
    """Before the founding is taken back."""
    key = facts.site.id
    sure = Button("↩️ Hủy ghi nhận thành lập", f"rec:sure:{key}")
    text = render("recruitment/sure", f=facts, r=facts.stored)
    return Card(text, ((sure,), (Button("« Không hủy", f"rec:site:{key}"),)))


def handed_over(facts: RecruitmentPage, by: str) -> Card:
    """To who is in charge now."""
    return Card(_text("recruitment/handed_over", facts, by=by), (_open(facts.site),))


def handed_on(facts: RecruitmentPage, by: str) -> Card:
    """To who was in charge until now."""
    return Card(_text("recruitment/handed_on", facts, by=by), (_open(facts.site),))


def unfounded(facts: RecruitmentPage, by: str) -> Card:
    """To whom the founding was told that was taken back."""
    return Card(_text("recruitment/unfounded", facts, by=by), (_open(facts.site),))


def congress_held(facts: RecruitmentPage, by: str) -> Card:
    """To the leaders who decide."""
    key = facts.site.id
    founding = (Button("🏛 Ghi nhận thành lập CĐCS", f"rec:found:{key}"),)
    return Card(_text("recruitment/congress", facts, by=by), (founding, _open(facts.site)))


def founded(facts: RecruitmentPage, by: str, *, invite: bool) -> Card:
    """To who was in charge, the leaders, and the administrators who `invite` the committee."""
    inviting: Rows = ((Button("✉️ Mời BCH CĐCS", f"p:bch:{facts.site.id}"),),) if invite else ()
    text = _text("recruitment/founded", facts, by=by, invite=invite)
    return Card(text, (*inviting, _open(facts.site)))


def still(stored: Recruitment, site: Unit, days: int) -> Card:
    """Nothing new for so many days."""
    text = render("recruitment/still", r=stored, site=site, days=days, names=RECRUITMENT_STEPS)
    news = (Button("✍️ Ghi tiến độ", f"rec:news:{site.id}"),)
    return Card(text, (news, _open(site)))


def home(lying: int, own: int, *, leads: bool) -> Card | None:
    """On the home card: of a leader what lies too long, of an officer their own."""
    if not lying and not own and not leads:
        return None
    parts = [f"{own}"] if own else []
    parts += [f"quá lâu {lying}"] if lying else []
    numbers = f" ({', '.join(parts)})" if parts else ""
    return Card("", ((Button(f"🌱 Phát triển đoàn viên{numbers}", "rec:funnel:0"),),))


def _open(site: Unit) -> tuple[Button, ...]:
    return (Button(on_button(f"🌱 {site.name}"), f"rec:site:{site.id}"),)


def step_name(step: RecruitmentStep) -> str:
    """A step as it is said in a sentence."""
    return RECRUITMENT_STEPS[step].lower()
