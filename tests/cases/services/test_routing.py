"""Who gets what is brought: a cadre's proposal begins with the union over the site, whatever its
words; a worker's concern about the union's own people goes past them.
"""

from typing import Any

import pytest

from bot.cases.rules.classify import suggest
from bot.cases.rules.escalation import OfficerInCharge, route
from bot.cases.services.creation import NewCase, bear
from bot.cases.services.sight import HIDDEN
from bot.core.work import Work
from storage import visits
from storage.enums import CaseKind, Category
from storage.models import Case, Unit
from storage.store import Store
from tests import cast
from tests.cases.help import a_case
from tests.cast import AN, KCN, LONG_HOA, SEN_VANG, TINH, VAULT
from tests.cast import WEDNESDAY_1500 as NOW

PROPOSALS = (
    "Đề nghị bổ sung 02 ủy viên BCH vì đồng chí phó chủ tịch nghỉ việc",
    "BCH đề nghị được tập huấn nghiệp vụ thương lượng tập thể",
    "Ban chấp hành đề nghị công đoàn cấp trên dự Hội nghị người lao động tháng 12",
    "Công đoàn cơ sở đề nghị doanh nghiệp bố trí phòng làm việc",
    "Đề nghị cấp trên hỗ trợ kinh phí công đoàn cho hội thao của công nhân",
    "Hướng dẫn BCH CĐCS mở tài khoản riêng để nhận kinh phí 2%",
    "Đề nghị doanh nghiệp đóng kinh phí công đoàn đúng hạn",
    "Đề nghị sớm kiện toàn ủy ban kiểm tra công đoàn cơ sở",
    "Hỗ trợ thành lập công đoàn cơ sở tại chi nhánh mới",
    "Đề nghị cấp thẻ đoàn viên công đoàn cho 120 lao động mới vào",
    "Đề nghị công đoàn phường can thiệp để công ty trả lương đúng ngày",
    "Đề nghị tăng tiền ăn ca từ 20.000 lên 25.000 đồng",
    "Đề nghị xây nhà trẻ gần khu công nghiệp",
    "Chủ tịch công đoàn cơ sở đề nghị được giảm giờ làm chuyên môn theo Luật Công đoàn",
    "Đề nghị khen thưởng 03 cán bộ công đoàn cơ sở",
    "Đề nghị LĐLĐ tỉnh tổ chức khám sức khỏe cho nữ công nhân",
    "BCH CDCS de nghi cap tren cho vay von quy quoc gia viec lam",
    "Đề nghị sửa quy chế chi tiêu nội bộ của công đoàn cơ sở",
)


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def proposed(work: Work, text: str, category: Category, site_id: int | None) -> Case:
    """As the reports of visits and units bring it."""
    async with work.write() as session:
        site = await session.get(Unit, site_id) if site_id else None
        root = await session.get_one(Unit, LONG_HOA.id if site is None else TINH.id)
        kind = CaseKind.PROPOSAL
        new = NewCase(text, site, root, kind=kind, category=category, author_id=AN.id)
        return await bear(session, work, new, NOW)


@pytest.mark.parametrize("text", PROPOSALS)
async def test_a_cadres_proposal_begins_with_the_union_over_the_site(work: Work, text: str) -> None:
    for category in {suggest(text).category, Category.CONG_DOAN}:
        case = await proposed(work, text, category, SEN_VANG.id)
        assert (case.unit_id, case.home_id) == (KCN.id, KCN.id), category


async def test_a_proposal_of_a_units_report_begins_with_whoever_receives_it(work: Work) -> None:
    case = await proposed(work, PROPOSALS[0], Category.CONG_DOAN, None)
    assert case.unit_id == LONG_HOA.id


async def test_a_workers_concern_about_union_people_still_goes_past_them(work: Work) -> None:
    case = await a_case(work, NOW, text="cán bộ công đoàn bênh chủ", category=Category.CONG_DOAN)
    assert (case.unit_id, case.home_id, case.assignee_id) == (TINH.id, KCN.id, None)


@pytest.mark.parametrize("kind", list(CaseKind))
@pytest.mark.parametrize("category", list(Category))
def test_only_a_proposal_keeps_union_affairs_at_the_unit(
    kind: CaseKind, category: Category
) -> None:
    routing = route(category, kind, names_officer=False, levels=(9, 4, 1), officer=OFFICER)
    past = category is Category.CONG_DOAN and kind is not CaseKind.PROPOSAL
    assert (routing.unit_level, routing.assignee) == ((4, None) if past else (9, 77))


@pytest.mark.parametrize("kind", list(CaseKind))
def test_what_names_a_cadre_goes_past_them_whoever_brings_it(kind: CaseKind) -> None:
    routing = route(Category.LUONG, kind, names_officer=True, levels=(9, 4, 1), officer=OFFICER)
    assert (routing.unit_level, routing.assignee) == (4, None)


OFFICER = OfficerInCharge(77)


async def test_a_proposal_about_union_affairs_is_a_reason_to_go_there(work: Work) -> None:
    await proposed(work, PROPOSALS[0], Category.CONG_DOAN, SEN_VANG.id)
    await proposed(work, "Kiến nghị về quấy rối", Category.QUAY_ROI, SEN_VANG.id)
    async with work.read() as session:
        counted = await visits.open_cases(session, HIDDEN, NOW)
    assert counted[SEN_VANG.id].total == 1
