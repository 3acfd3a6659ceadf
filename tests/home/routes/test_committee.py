"""BCH CĐCS through the real program: Mai of May Sen Vàng asks, answers, vouches, counts."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.core.access import actor_of
from bot.core.context import Context
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.services import reports
from storage.enums import CaseKind, CaseStatus, Category, Role, VisitStatus
from storage.models import Case, Membership, Promise, Unit, Visit, VisitReport
from tests.cases.help import RESULT, a_case, rows, set_case
from tests.cast import AN, BINH, DUNG, KCN, MAI, MONDAY, SEN_VANG, SONG_LANH, WEDNESDAY_1500
from tests.client import Person, Town

SECRET = "Chủ tịch công đoàn công ty ăn chặn tiền thăm ốm của chị em chuyền 5"


@pytest.fixture
async def mai(town: Town) -> Person:
    async with town.program.work.write() as session:
        site = await session.get_one(Unit, SEN_VANG.id)
        site.officer_id = BINH.id
    return await town.person("Mai")


async def invites(mai: Person, words: str) -> None:
    await mai.send("/start")
    await mai.click("🙋 Mời cán bộ, đề nghị hỗ trợ")
    await mai.click("📅 Mời cán bộ về cơ sở")
    await mai.click("Tuần sau")
    await mai.send(words)
    await mai.click("✅ Gửi")


async def asks_for_a_visit(mai: Person) -> None:
    await invites(mai, "BCH họp bàn thỏa ước mới, mong cán bộ dự giúp")


async def test_the_home_card_has_the_doors_and_no_worker_is_spoken_to(
    town: Town, mai: Person
) -> None:
    await mai.send("/start")
    assert BINH.full_name in mai.card
    assert mai.buttons[:4] == [
        "🙋 Mời cán bộ, đề nghị hỗ trợ",
        "📋 Đề nghị đã gửi",
        "🤝 Các buổi làm việc",
        "👥 Cập nhật số lao động, đoàn viên",
    ]
    await mai.click("🙋 Mời cán bộ")
    assert "anh/chị" not in mai.card
    assert "Đồng chí" in mai.card


async def test_a_visit_is_asked_for_and_officer_and_leader_hear_of_it_with_a_clock(
    town: Town, mai: Person
) -> None:
    binh, dung, giang = [await town.person(name) for name in ("Bình", "Dũng", "Giang")]
    before = len(giang.cards)
    await asks_for_a_visit(mai)
    assert f"Đã báo đồng chí {BINH.full_name}, đồng chí {DUNG.full_name}" in mai.card
    assert "Hạn giải quyết: 07/12/2026" in mai.card
    for one in (binh, dung):
        assert "BCH CĐCS May Sen Vàng" in one.card
        assert "Mời cán bộ về cơ sở (mong muốn: tuần sau): BCH họp bàn" in one.card
    assert len(giang.cards) == before
    (case,) = await rows(town.program.work, Case)
    assert (case.kind, case.author_id, case.assignee_id) == (CaseKind.PROPOSAL, MAI.id, BINH.id)
    assert (case.reporter_id, case.site_id, case.unit_id) == (None, SEN_VANG.id, KCN.id)


async def test_an_invitation_is_called_one_whatever_its_words_touch(
    town: Town, mai: Person
) -> None:
    binh = await town.person("Bình")
    await invites(mai, "Mong cán bộ công đoàn dự họp, công đoàn phí thu chưa đủ")
    (case,) = await rows(town.program.work, Case)
    assert case.category is Category.KHAC
    assert "gửi · Mời cán bộ về cơ sở" in binh.card
    await binh.click("📂 Mở kiến nghị")
    assert "May Sen Vàng · mời cán bộ về cơ sở" in binh.card
    await binh.send("/kiennghi")
    assert "Mời cán bộ" in binh.card
    assert "Khác" not in binh.card


async def test_an_invitation_about_harassment_stays_confidential(town: Town, mai: Person) -> None:
    await invites(mai, "Tổ trưởng sờ mó, quấy rối tình dục nữ công nhân")
    (case,) = await rows(town.program.work, Case)
    assert case.category is Category.QUAY_ROI


async def test_workers_concerns_are_brought_as_a_cadre_without_consent_or_names(
    town: Town, mai: Person
) -> None:
    await mai.send("/denghi")
    await mai.click("✍️ Ý kiến của người lao động")
    assert "không cần ghi tên ai" in mai.card
    await mai.send("Cơm ca chiều nguội, nhiều chị em bỏ bữa")
    await mai.click("20")
    assert "đồng ý" not in mai.card.lower()
    await mai.click("✅ Gửi")
    (case,) = await rows(town.program.work, Case)
    assert (case.affected, case.category) == (20, Category.BUA_AN)
    assert case.text.startswith("Ý kiến của người lao động: Cơm ca chiều")


async def test_what_was_asked_is_followed_to_its_end_and_questions_are_answered(
    town: Town, mai: Person
) -> None:
    await asks_for_a_visit(mai)
    binh = await town.person("Bình")
    await binh.click("📂 Mở kiến nghị")
    await binh.click("Nhận xử lý")
    assert "đã có người nhận xử lý" in mai.card
    await binh.click("Hỏi thêm")
    await binh.send("BCH họp lúc mấy giờ?")
    assert "BCH họp lúc mấy giờ?" in mai.card
    await mai.click("✍️ Trả lời")
    await mai.send("14 giờ thứ Ba ở hội trường")
    await mai.click("Gửi")
    assert "14 giờ thứ Ba ở hội trường" in binh.card
    await binh.click("📂 Mở kiến nghị")
    assert "14 giờ thứ Ba ở hội trường" in binh.card
    await binh.click("Đã giải quyết")
    await binh.send(RESULT)
    assert RESULT in mai.card
    await mai.click("📄 Xem kiến nghị")
    assert "Đã giải quyết" in mai.card
    assert RESULT in mai.card
    await mai.click("📋 Đề nghị đã gửi")
    assert "Đã giải quyết" in mai.card


async def test_what_is_written_outside_of_any_form_becomes_a_request(
    town: Town, mai: Person
) -> None:
    await mai.send("Nhờ công đoàn cấp trên hướng dẫn bầu bổ sung ủy viên BCH")
    await mai.click("🤝 Đề nghị hỗ trợ, hướng dẫn")
    await mai.click("✅ Gửi")
    (case,) = await rows(town.program.work, Case)
    assert case.text.startswith("Đề nghị hỗ trợ: Nhờ công đoàn")
    assert case.unit_id == KCN.id, "a cadre's proposal begins with the union over the site"


# ---- Trust -----------------------------------------------------------------------------------


async def test_no_word_code_or_kind_of_what_workers_bring_reaches_the_committee(
    town: Town, mai: Person
) -> None:
    work, before = town.program.work, len(mai.cards)
    brought = [
        await a_case(work, MONDAY, text=SECRET, category=Category.CONG_DOAN),
        await a_case(work, MONDAY, text="Tổ trưởng đụng chạm", category=Category.QUAY_ROI),
        await a_case(work, MONDAY, text="Lương tháng 10 chưa trả", name="Hồ Thị Lan"),
        await a_case(work, MONDAY, text="Cơm ca có giòi"),
    ]
    proposal = await a_case(work, MONDAY, text="Chị Tư kể bị ép tăng ca", kind=CaseKind.PROPOSAL)
    await set_case(work, proposal, author_id=AN.id, reporter_id=None)
    await town.settle()
    assert len(mai.cards) == before
    for data in ("home", "ask:list", "sv:list", "ask:new"):
        await mai.forge(data)
    for case in (*brought, proposal):
        for data in ("case:open", "ask:open", "ask:add", "case:files", "case:who"):
            await mai.forge(f"{data}:{case.id}")
            assert "Không tìm thấy" in mai.toasts[-1] or "chưa được giao" in mai.toasts[-1], data
    await mai.send("/kiennghi")
    everything = " ".join(mai.cards)
    for case in (*brought, proposal):
        assert case.code not in everything
        assert case.text[:12] not in everything
    for word in ("phản ánh, ", "Quấy rối", "Lan"):
        assert word not in everything, "two that count are too few to be counted"


async def test_of_several_concerns_the_committee_learns_how_many_and_no_more(
    town: Town, mai: Person
) -> None:
    for words in ("Cơm ca có giòi", "Quạt xưởng hư", "Bãi xe ngập nước", "Nhà trẻ ở xa"):
        await a_case(town.program.work, MONDAY, text=words)
    await a_case(town.program.work, MONDAY, text=SECRET, category=Category.CONG_DOAN)
    await mai.send("/start")
    assert "đã gửi 4 phản ánh, 0 đã có kết quả" in mai.card


async def test_a_colleague_on_the_committee_does_not_read_what_one_wrote(
    town: Town, mai: Person
) -> None:
    await asks_for_a_visit(mai)
    (case,) = await rows(town.program.work, Case)
    async with town.program.work.write() as session:
        session.add(Membership(person_id=BINH.id, role=Role.REPRESENTATIVE, unit_id=SONG_LANH.id))
    lan = await town.person("Lan")
    await lan.forge(f"ask:open:{case.id}")
    assert lan.toasts
    assert "Mời cán bộ" not in lan.card
    cuc = await town.person("Cúc")
    await cuc.forge(f"ask:open:{case.id}")
    assert "Không tìm thấy" in cuc.toasts[-1]


async def test_whose_role_has_ended_reads_and_asks_nothing_any_more(
    town: Town, mai: Person
) -> None:
    await asks_for_a_visit(mai)
    (case,) = await rows(town.program.work, Case)
    async with town.program.work.write() as session:
        role = (await session.exec(select(Membership).where(Membership.person_id == MAI.id))).one()
        role.ended_at = town.clock.now()
    for data in (f"ask:open:{case.id}", "ask:new", "site:count", "sv:list"):
        await mai.forge(data)
        assert "chưa được giao quyền" in mai.toasts[-1], data


# ---- Visits, figures -------------------------------------------------------------------------


async def a_reported_visit(town: Town, site: int = SEN_VANG.id) -> int:
    async with town.program.work.write() as session:
        visit = Visit(
            key=f"v{site}",
            week=MONDAY.date(),
            site_id=site,
            unit_id=KCN.id,
            officer_id=BINH.id,
            status=VisitStatus.REPORTED,
            reported_at=MONDAY,
            created_at=MONDAY,
        )
        session.add(visit)
        await session.flush()
        session.add(
            VisitReport(
                visit_id=visit.id or 0,
                author_id=BINH.id,
                submitted_at=MONDAY,
                visited_on=MONDAY.date(),
                kind="committee",
                situation=SECRET,
            )
        )
        return visit.id or 0


async def test_what_the_committee_asked_for_is_answered_by_the_visit_with_one_tap(
    town: Town, mai: Person
) -> None:
    await asks_for_a_visit(mai)
    (case,) = await rows(town.program.work, Case)
    visit = await a_reported_visit(town)
    binh = await town.person("Bình")
    for page in (f"visit:open:{visit}", f"report:show:{visit}"):
        await binh.forge(page)
        assert f"{case.code}, đồng chí {MAI.full_name} gửi ngày 16/11/2026" in binh.card, page
    before = len(mai.cards)
    await binh.click(f"✅ Đã làm: {case.code}")
    assert "Đã báo ban chấp hành" in binh.toasts[-1]
    assert "Đã nhận báo cáo đi cơ sở" in binh.card
    assert not any("Đã làm" in label for label in binh.buttons)
    [heard] = mai.cards[before:]
    assert f"Đồng chí {BINH.full_name} đã về cơ sở ngày 16/11/2026." in heard
    await mai.click("📄 Xem kiến nghị")
    assert "Đã giải quyết" in mai.card
    assert f"đồng chí {BINH.full_name}" in mai.card
    assert "Gửi phản ánh, kiến nghị" in mai.card, "when it was asked stays told"
    (case,) = await rows(town.program.work, Case)
    assert (case.status, case.assignee_id) == (CaseStatus.SETTLED, BINH.id)
    await binh.forge(f"report:did:{visit}:{case.id}")
    assert "đã sang bước khác" in binh.toasts[-1]


async def test_the_receipt_of_the_report_asks_and_what_nobody_had_is_then_in_its_hands(
    town: Town, mai: Person
) -> None:
    await asks_for_a_visit(mai)
    (case,) = await rows(town.program.work, Case)
    await set_case(town.program.work, case, assignee_id=None)
    context = Context(
        town.program.work, await actor_of(town.program.work, BINH.address), town.clock.now()
    )
    answers = ReportAnswers(
        {"visited_on": MONDAY.date(), "situation": "Dự họp BCH", "kind": "committee"}
    )
    sent = await reports.submit_unplanned(context, SEN_VANG.id, answers)
    assert [request.case.id for request in sent.requests] == [case.id]
    await reports.answer_committee(context, sent.visit.id or 0, case.id or 0)
    (case,) = await rows(town.program.work, Case)
    assert (case.status, case.assignee_id) == (CaseStatus.SETTLED, BINH.id)


NOT_ANSWERED = {
    "a colleague has it in hand": {"assignee_id": AN.id},
    "asked after the visit": {"created_at": WEDNESDAY_1500},
    "words of workers need an answer in words": {"text": "Ý kiến của người lao động: cơm nguội"},
    "confidential": {"category": Category.QUAY_ROI, "assignee_id": None},
    "with the province by now": {"unit_id": 1, "passed_up_by": KCN.id, "assignee_id": None},
    "one's own": {"author_id": BINH.id},
    "settled": {"status": CaseStatus.SETTLED},
}


@pytest.mark.parametrize("columns", NOT_ANSWERED.values(), ids=NOT_ANSWERED)
async def test_what_a_visit_does_not_answer_is_not_offered_and_cannot_be_forged(
    town: Town, mai: Person, columns: dict[str, object]
) -> None:
    await asks_for_a_visit(mai)
    (case,) = await rows(town.program.work, Case)
    visit = await a_reported_visit(town)
    await set_case(town.program.work, case, **columns)
    binh = await town.person("Bình")
    await binh.forge(f"report:show:{visit}")
    assert not any("Đã làm" in label for label in binh.buttons)
    await binh.forge(f"report:did:{visit}:{case.id}")
    assert "đã sang bước khác" in binh.toasts[-1]
    assert (await rows(town.program.work, Case))[0].result == ""


async def test_only_who_made_the_visit_is_asked_about_it(town: Town, mai: Person) -> None:
    await asks_for_a_visit(mai)
    (case,) = await rows(town.program.work, Case)
    await set_case(town.program.work, case, assignee_id=None)
    visit = await a_reported_visit(town)
    for name in ("An", "Dũng"):
        person = await town.person(name)
        await person.forge(f"report:show:{visit}")
        assert not any("Đã làm" in label for label in person.buttons)
        await person.forge(f"report:did:{visit}:{case.id}")
        assert person.toasts
    assert (await rows(town.program.work, Case))[0].result == ""


async def test_the_committee_vouches_for_a_visit_and_the_leader_sees_it(
    town: Town, mai: Person
) -> None:
    visit = await a_reported_visit(town)
    await mai.send("/start")
    await mai.click("🤝 Các buổi làm việc")
    assert f"16/11/2026 · đồng chí {BINH.full_name} · đã về cơ sở" in mai.card
    assert SECRET not in mai.card
    await mai.click("✅ Xác nhận buổi 16/11/2026")
    assert "BCH đã xác nhận" in mai.card
    assert not any("Xác nhận" in label for label in mai.buttons)
    dung = await town.person("Dũng")
    await dung.forge(f"ov:v:{visit}:0:0:all:20261116:0:0")
    assert "BCH xác nhận: đồng chí Bùi Ngọc Mai" in dung.card


async def test_what_was_agreed_at_the_site_is_shown_to_its_committee(
    town: Town, mai: Person
) -> None:
    visit = await a_reported_visit(town)
    async with town.program.work.write() as session:
        for site, what in ((SEN_VANG, "Mua thêm quạt xưởng 2"), (SONG_LANH, "Sửa bếp ăn")):
            session.add(
                Promise(
                    visit_id=visit,
                    site_id=site.id,
                    officer_id=BINH.id,
                    what=what,
                    who="Giám đốc",
                    until=MONDAY.date(),
                    created_at=MONDAY,
                    day_set_at=MONDAY,
                )
            )
    await mai.forge("sv:list")
    assert "Mua thêm quạt xưởng 2 · Giám đốc · chậm nhất 16/11/2026" in mai.card
    assert "quá hạn" not in mai.card
    assert "Sửa bếp ăn" not in mai.card
    await town.move_to(MONDAY + timedelta(days=1))
    await mai.forge("sv:list")
    assert "chậm nhất 16/11/2026 · quá hạn" in mai.card


async def test_only_ones_own_site_is_vouched_for(town: Town, mai: Person) -> None:
    elsewhere = await a_reported_visit(town, SONG_LANH.id)
    await mai.forge(f"sv:yes:{elsewhere}")
    assert "chưa được giao quyền" in mai.toasts[-1]
    an = await town.person("An")
    await an.forge(f"sv:yes:{elsewhere}")
    assert "chưa được giao quyền" in an.toasts[-1]


async def test_a_report_asks_the_committee_once_without_a_word_of_it(
    town: Town, mai: Person
) -> None:
    await town.move_to(WEDNESDAY_1500)
    work, now = town.program.work, town.clock.now()
    told = "Công nhân chuyền 5 phản ánh định mức tăng lên 120 cái một giờ"
    columns = {"visited_on": now.date(), "kind": "committee", "situation": told, "workers_met": 9}
    context = Context(work, await actor_of(work, AN.address), now)
    sent = await reports.submit_unplanned(context, SEN_VANG.id, ReportAnswers(columns))
    await reports.submit(context, sent.visit.id or 0, ReportAnswers(columns))  # corrected
    town.program.dispatcher.wake()
    await town.settle()
    asked = [card for card in mai.cards if "xác nhận giúp" in card]
    assert len(asked) == 1
    assert "Nguyễn Thị An báo cáo đã về May Sen Vàng ngày 18/11/2026" in asked[0]
    assert "định mức" not in asked[0]
    await mai.click("✅ Có buổi làm việc này")
    assert "BCH đã xác nhận" in mai.card


async def test_headcount_and_members_are_updated_and_the_union_above_is_told(
    town: Town, mai: Person
) -> None:
    dung = await town.person("Dũng")
    await mai.send("/start")
    await mai.click("👥 Cập nhật số lao động, đoàn viên")
    for figure in ("1900", "1500", "1850"):
        await mai.send(figure)
    await mai.click("✅ Cập nhật")
    assert "Lao động: 1.900 (trước: 1.850)" in mai.card
    async with town.program.work.read() as session:
        site = await session.get_one(Unit, SEN_VANG.id)
    assert (site.workers, site.women, site.members) == (1900, 1500, 1850)
    assert "Đồng chí Bùi Ngọc Mai (BCH CĐCS) cập nhật" in dung.card


async def test_more_members_than_workers_are_not_taken(town: Town, mai: Person) -> None:
    await mai.forge("site:count")
    for figure in ("100", "50", "150"):
        await mai.send(figure)
    await mai.click("✅ Cập nhật")
    assert any("không thể nhiều hơn số lao động" in t for t in (*mai.toasts, *mai.cards))
    async with town.program.work.read() as session:
        assert (await session.get_one(Unit, SEN_VANG.id)).workers == SEN_VANG.workers
