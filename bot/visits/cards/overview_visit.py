"""One visit down to the last word of its report; a long report goes over several pages."""

from collections.abc import Iterator

from bot.core.card import Button, Card, Rows, grid
from bot.core.labels import FLAGS, VISIT_KINDS, TopicWords, place_on_checklist
from bot.core.rendering import capital, render
from bot.core.rules.calendar import Week
from bot.visits.cards import report_notes as note_cards
from bot.visits.cards.overview import state
from bot.visits.cards.site_page import to_page
from bot.visits.cards.supervision import shown_on
from bot.visits.cards.visits import minutes, reason_words
from bot.visits.facts.overview import ListedVisit, VisitPage
from bot.visits.facts.report_fields import supervisor_lines
from storage.enums import OPEN_STATUSES, VisitStatus

PAGE_SIZE = 2800  # characters of the report on a page; the rest of a card is small
PIECE = 1400
ELSEWHERE = ("fig:", "site:", "off:", "com:", "ov:zl:")
"""How the data of lists begin that are none of a week's."""

Section = tuple[str, str]  # label and words


def visit(page: VisitPage, number_of_page: int, where: str) -> Card:
    """`where`: the list this came from, as in its button's data."""
    pages = list(_paged(sections(page)))
    index = min(number_of_page, len(pages) - 1)
    text = render(
        "overview/visit",
        p=page,
        week=Week.of(page.visit.week).label(),
        state=state(
            ListedVisit(
                page.visit, page.site, page.officer, page.report, excused_by=page.excused_by
            )
        ),
        reasons=reason_words(page.visit.reasons),
        sections=pages[index],
        page=index + 1,
        pages=len(pages),
        kinds=VISIT_KINDS,
        author=page.names.get(page.report.author_id, "") if page.report else "",
        flags=_flags(page),
        notes=note_cards.lines(page.notes) if page.oversees else (),
    )
    return Card(text, _rows(page, index, len(pages), where))


def _flags(page: VisitPage) -> list[str]:
    """Questions for whoever watches over the officer, not for a colleague."""
    if page.report is None or not page.oversees:
        return []
    return [FLAGS[flag] for flag in page.report.flags if flag in FLAGS]


def below_files(page: VisitPage, where: str) -> Card:
    """Under the pictures: what they were, and the way back."""
    version = page.report.version if page.report and not page.report.latest else 0
    back = Button("« Quay lại báo cáo", f"ov:v:{page.visit.id}:{version}:0:{where}")
    return Card(render("overview/files", p=page), ((back,),))


def sections(page: VisitPage) -> list[Section]:
    """Everything in the report that is filled in."""
    if page.report is None:
        return []
    report, words = page.report, page.topic_words
    topics = sorted(page.topics, key=lambda t: place_on_checklist(words, t.topic))
    parts = [
        ("Tình hình", report.situation),
        *(
            (f"⚠️ {capital(_topic(words, t.topic))}", t.words or "có vấn đề")
            for t in topics
            if t.trouble
        ),
        (
            "✅ Đã nắm, chưa có vấn đề",
            "; ".join(_topic(words, t.topic) for t in topics if not t.trouble),
        ),
        *((f"💬 Kiến nghị {n}", proposal) for n, proposal in enumerate(page.proposals, 1)),
        *supervisor_lines(report),
    ]
    return [(label, text) for label, text in parts if text]


def _topic(words: TopicWords, key: str) -> str:
    return words[key][1] if key in words else key


def _paged(all_sections: list[Section]) -> Iterator[list[Section]]:
    """Sections in the order they come, as many to a page as fit; never an empty book."""
    page: list[Section] = []
    size = 0
    for label, words in (piece for section in all_sections for piece in _pieces(section)):
        if page and size + len(label) + len(words) > PAGE_SIZE:
            yield page
            page, size = [], 0
        page.append((label, words))
        size += len(label) + len(words)
    yield page


def _pieces(section: Section) -> Iterator[Section]:
    """A long section in parts that fit a page."""
    label, words = section
    while len(words) > PIECE:
        cut = max(words.rfind(" ", 0, PIECE), words.rfind("\n", 0, PIECE))
        cut = cut if cut > 0 else PIECE
        yield label, words[:cut].strip()
        label, words = f"{section[0]} (tiếp)", words[cut:].strip()
    yield label, words


def _rows(page: VisitPage, index: int, pages: int, where: str) -> Rows:
    visit_id = page.visit.id
    version = page.report.version if page.report and not page.report.latest else 0
    turn = []
    if index:
        turn.append(Button("‹ Trước", f"ov:v:{visit_id}:{version}:{index - 1}:{where}"))
    if index + 1 < pages:
        turn.append(Button("Tiếp ›", f"ov:v:{visit_id}:{version}:{index + 1}:{where}"))
    files = Button(f"🖼 Ảnh, tệp ({len(page.files)})", f"ov:f:{visit_id}:{version}:{where}")
    rows: list[tuple[Button, ...]] = [tuple(turn), (files,) if page.files else ()]
    rows += [(minutes(page.report),)] if page.report and page.may_print else []
    rows += [*grid(_versions(page, where), 2)]
    remind = Button("🔔 Nhắc cán bộ", f"nud:one:{visit_id}:{where}")
    rows += [(remind,)] if page.may_remind else []
    ask = Button("❓ Hỏi thêm", f"rn:ask:{visit_id}")
    thank = Button("👏 Cảm ơn", f"rn:thank:{visit_id}")
    rows += [(ask, thank)] if page.may_remark else []
    rows += _decisions(page)
    rows += [(*_site(page, index, where), _back(where))]
    return tuple(row for row in rows if row)


def _site(page: VisitPage, index: int, where: str) -> tuple[Button, ...]:
    """The page of the site, which leads back here; where that is the way back, none beside it."""
    if not page.site_opens or where.startswith("site:open:"):
        return ()
    if where.startswith("site:visits:"):
        return (to_page(page.site.id, ":".join(where.split(":")[4:])),)
    if where.startswith("fig:"):
        return (to_page(page.site.id),)
    version = page.report.version if page.report and not page.report.latest else 0
    return (to_page(page.site.id, f"ov:v:{page.visit.id}:{version}:{index}:{where}"),)


def _versions(page: VisitPage, where: str) -> list[Button]:
    """The other versions of a report that was corrected."""
    now = page.report.version if page.report else 0
    return [
        Button(f"🕘 Bản {version}", f"ov:v:{page.visit.id}:{version}:0:{where}")
        for version in page.versions
        if version != now
    ]


def _decisions(page: VisitPage) -> Rows:
    """What a supervisor may do about a visit that is still open, or that its officer cannot do."""
    if not page.may_direct:
        return ()
    key = page.visit.id
    swap = Button("🔄 Xem xét đề nghị đổi", f"sup:swap:{key}")
    move = Button("🔁 Giao người khác", f"sup:reassign:{key}")
    if page.visit.excuse_asked:
        consider = Button("🙋 Xem xét đề nghị không đi", f"exc:open:{key}")
        return () if page.own else ((consider,),)
    excuse = Button("🚫 Cho phép không đi", f"sup:excuse:{shown_on(page.visit)}")
    if page.visit.status is VisitStatus.EXCUSED:
        return () if page.week_is_over else ((move,),)
    if page.visit.status not in OPEN_STATUSES:
        return ()
    own = () if page.own else (excuse,)  # one's own is excused by another leader
    if page.visit.swap_asked:
        return ((swap,), own)
    later = Button("⏭ Chuyển sang tuần sau", f"def:ask:{shown_on(page.visit)}")
    return ((move, *own), *(((later,),) if page.deferrable else ()))


def _back(where: str) -> Button:
    """To the list of the overview, of the site's visits, or of what a summary's figure counts."""
    return Button("« Quay lại", where if where.startswith(ELSEWHERE) else f"ov:l:{where}")
