"""Invented papers: `satcoso check` fills every template with them, and so do the tests."""
# ruff: noqa: E501 - sentences

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.core.rules.letterhead import Head
from bot.core.rules.official_names import official_name
from bot.core.rules.programmes import ALL_FIGURES
from bot.summaries.rules.figures import CategoryCount, Numbers, TopicCount, total
from bot.summaries.rules.papers import (
    CaseRow,
    Consolidated,
    Corrected,
    Paper,
    PaperPart,
    TargetRow,
    UnitRow,
)
from bot.summaries.rules.summaries import SECTIONS
from bot.visits.papers.commendations import CommendationPaper, Commended
from bot.visits.papers.minutes import Minutes
from storage.enums import CommendationKind

FIRST, LAST, UNTIL = date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 14)
SUBJECT = "Kết quả thực hiện mô hình “Sát cơ sở, gắn công nhân” năm 2026"
BASIS = (
    "Kế hoạch số 15/KH-LĐLĐ ngày 20/01/2026 của Ban Thường vụ Liên đoàn Lao động tỉnh An Giang về "
    "thực hiện mô hình “Sát cơ sở, gắn công nhân”"
)
HEAD = Head(
    superior="Liên đoàn Lao động tỉnh An Giang",
    issuer="Công đoàn các Khu công nghiệp tỉnh An Giang",
    short_name="Công đoàn các Khu công nghiệp tỉnh",
    symbol="BC-CĐ",
    place="An Giang",
    recipients=(
        "Liên đoàn Lao động tỉnh (để báo cáo)",
        "Ban Tổ chức Liên đoàn Lao động tỉnh",
        "Lưu: VT, TC",
    ),
    authority="TM. BAN THƯỜNG VỤ",
    position="CHỦ TỊCH",
    signatory="Phạm Tiến Dũng",
)
PROVINCE_HEAD = Head(
    superior="Tổng Liên đoàn Lao động Việt Nam",
    issuer="Liên đoàn Lao động tỉnh An Giang",
    short_name="Liên đoàn Lao động tỉnh",
    symbol="BC-LĐLĐ",
    place="An Giang",
    recipients=(
        "Tổng Liên đoàn Lao động Việt Nam (để báo cáo)",
        "Các công đoàn cấp trên trực tiếp cơ sở",
    ),
    authority="TM. BAN THƯỜNG VỤ",
    position="CHỦ TỊCH",
    signatory="",
)
TOPICS = {
    "jobs": "sản xuất kinh doanh và việc làm",
    "wages": "lương, thu nhập",
    "insurance": "BHXH, BHYT, BHTN",
    "safety": "ATVSLĐ, môi trường",
    "dialogue": "đối thoại",
    "fees": "thu và phân phối kinh phí công đoàn",
    "growth": "phát triển đoàn viên, thành lập CĐCS",
    "care": "chăm lo người thu nhập thấp",
}
VALUES = {
    **{"unions": 7, "enterprises": 2, "workers": 6201, "women": 4105, "members": 5779},
    **{
        "sensitive": 2,
        "arrears_asked": 7,
        "arrears_sites": 1,
        "arrears_wages": 1,
        "alerts": 3,
        "visits": 96,
        "sites": 9,
    },
    **{"sites_reached": 9, "committee_visits": 18, "weeks": 49, "weeks_met": 46},
    **{"helped": 31, "workers_met": 1243, "propaganda_visits": 22, "exchange_visits": 5},
    **{
        "care_visits": 14,
        "dialogue_visits": 6,
        "received": 41,
        "settled": 33,
        "passed": 5,
        "handed_up": 3,
        "referred": 2,
    },
    **{"open": 3, "overdue": 1, "new_members": 412, "new_unions": 1, "surveyed": 2},
    **{
        "rated": 7,
        "raised": 2,
        "lowered": 1,
        "commendations": 6,
        "commended": 4,
        "training_needs": 11,
    },
    **{"fees_troubles": 2},
}
BEFORE = {
    **{"unions": 6, "enterprises": 3, "workers": 5988, "women": 3990, "members": 5367},
    **{"visits": 71, "sites": 9, "sites_reached": 7, "committee_visits": 11, "weeks": 50},
    **{"weeks_met": 38, "helped": 24, "workers_met": 870, "received": 29, "settled": 22},
    **{"passed": 4, "open": 3, "overdue": 2, "new_members": 288, "new_unions": 0},
}
NUMBERS = Numbers(
    values=VALUES,
    topics={
        key: TopicCount(guided=guided, trouble=trouble)
        for key, guided, trouble in (
            *(("jobs", 52, 4), ("wages", 48, 9), ("insurance", 31, 5), ("safety", 27, 6)),
            *(("dialogue", 18, 2), ("fees", 14, 2), ("growth", 15, 1), ("care", 9, 0)),
        )
    },
    categories={
        "LUONG": CategoryCount(received=14, settled=11, passed=2, open=1),
        "BHXH": CategoryCount(received=9, settled=7, passed=1, open=1),
        "BUA_AN": CategoryCount(received=6, settled=6, passed=0, open=0),
        "ATVSLD": CategoryCount(received=7, settled=5, passed=1, open=1),
        "NHA_O": CategoryCount(received=5, settled=4, passed=1, open=0),
    },
    ratings={"KHT>HT": 1, "HT>T": 1, "XS>XS": 2, "T>T": 2, "HT>KHT": 1},
)
TEXTS = {
    "II": "Ngay từ đầu năm, Ban Thường vụ đã ban hành kế hoạch triển khai mô hình đến 7/7 công đoàn cơ sở, phân "
    "công từng đồng chí cán bộ phụ trách cơ sở và đưa kết quả đi cơ sở vào nội dung giao ban tháng.\n"
    "Tổ chức 02 hội nghị hướng dẫn cán bộ công đoàn cơ sở cách nắm bắt tâm tư của người lao động; "
    "kiểm tra việc thực hiện tại 04 đơn vị.",
    "IV.1": "Cán bộ đi cơ sở đúng lịch, thực chất; nhiều kiến nghị về lương và bữa ăn ca được giải "
    "quyết ngay tại doanh nghiệp. Không để xảy ra ngừng việc tập thể.",
    "IV.2": "Một số buổi làm việc với doanh nghiệp phải dời lịch nhiều lần; việc theo dõi kiến nghị "
    "đã chuyển cơ quan chức năng còn chậm.",
    "IV.3": "Cán bộ chuyên trách ít, địa bàn rộng; một số doanh nghiệp chưa quan tâm đối thoại.",
    "IV.4": "Gặp người lao động ngoài giờ làm việc thì nắm được tình hình sát hơn.",
    "V": "Tiếp tục duy trì mỗi tuần ít nhất một lượt đi cơ sở; ưu tiên doanh nghiệp chậm đóng bảo hiểm xã hội, "
    "tiềm ẩn phức tạp.\nVận động thành lập công đoàn cơ sở tại 02 doanh nghiệp còn lại có từ 25 lao động trở lên.",
}
CASES = (
    CaseRow(
        day=date(2026, 3, 9),
        unit="CĐCS Công ty May Sen Vàng",
        text="Đề nghị doanh nghiệp rà soát định mức chuyền may số 5, có lộ trình thử nghiệm trước khi áp "
        "dụng để người lao động không bị trừ lương.",
        category="lương, phụ cấp, định mức",
        level="CĐ các KCN tỉnh",
        due=date(2026, 3, 30),
        result="Đã giải quyết: định mức cũ được giữ đến hết quý II",
        note="",
    ),
    CaseRow(
        day=date(2026, 8, 21),
        unit="CĐCS Công ty Thủy sản Sông Lành",
        text="Đề nghị cơ quan bảo hiểm xã hội đôn đốc chốt sổ cho 35 lao động đã nghỉ việc.",
        category="BHXH, BHYT, BHTN",
        level="LĐLĐ tỉnh",
        due=date(2026, 9, 14),
        result="Đã chuyển cơ quan chức năng",
        note="Bảo hiểm xã hội tỉnh",
    ),
)
PAPER = Paper(
    unit="CĐ các KCN tỉnh",
    subject=SUBJECT,
    outline="full",
    first_day=FIRST,
    last_day=LAST,
    until=UNTIL,
    head=HEAD,
    numbers=NUMBERS,
    before=Numbers(values=BEFORE),
    figures=ALL_FIGURES,
    corrections={
        "new_members": Corrected(
            computed=412,
            value=431,
            reason="Tính thêm 19 đoàn viên kết nạp tại Gạo Đồng Xanh Việt",
            author="Nguyễn Thị An",
        )
    },
    parts=tuple(PaperPart(key, SECTIONS[key].title, text) for key, text in TEXTS.items()),
    proposals={
        "btv": ("Bổ sung kinh phí cho tủ sách pháp luật tại các khu nhà trọ công nhân.",),
        "dang_cq": ("Sớm bố trí quỹ đất xây nhà ở công nhân tại Khu công nghiệp Bình Hòa.",),
        "tld": (),
    },
    cases=CASES,
    topics=TOPICS,
    targets=(
        TargetRow(
            programme="Phát triển đoàn viên",
            text="Đoàn viên tăng thêm",
            value=400,
            measure="đoàn viên",
            reached=431,
            years="đến năm 2028",
            result="431/400 đoàn viên (107,8%); theo báo cáo đi cơ sở và số liệu của cơ sở, tính đến 14/12/2026",
        ),
        TargetRow(
            programme="Năng lực cạnh tranh",
            text="Đơn vị có kế hoạch giám sát trong năm",
            value=100,
            measure="%",
            result="chưa có số liệu",
        ),
    ),
    takes_proposals=True,
    basis=BASIS,
)
SHORT = replace(PAPER, outline="short")
ANSWERS = replace(
    SHORT,
    subject="Tình hình thưởng Tết năm 2027",
    figures=(),
    targets=(),
    cases=(),
    proposals={},
    takes_proposals=False,
    parts=(
        PaperPart("q1", "Có bao nhiêu doanh nghiệp đã công bố phương án thưởng Tết?", "4"),
        PaperPart("q2", "Có doanh nghiệp nào nợ lương không?", "Không"),
        PaperPart("q3", "Doanh nghiệp nào chưa có phương án?", "Giày Tân Lúa; Bao bì Ánh Mai"),
    ),
    basis="yêu cầu báo cáo ngày 07/12/2026 của Liên đoàn Lao động tỉnh An Giang",
)


def _smaller(numbers: Numbers, share: float) -> Numbers:
    """The same with smaller figures; weeks are as long for everybody."""
    whole = ("weeks", "weeks_met")
    values = {k: v if k in whole else round(v * share) for k, v in numbers.values.items()}
    topics = {
        key: TopicCount(guided=round(count.guided * share), trouble=round(count.trouble * share))
        for key, count in numbers.topics.items()
    }
    received, settled, passed_on = (values[key] for key in ("received", "settled", "passed"))
    values["open"] = received - settled - passed_on
    categories = {
        "LUONG": CategoryCount(
            received=received, settled=settled, passed=passed_on, open=values["open"]
        )
    }
    return Numbers(values=values, topics=topics, categories=categories, ratings={"HT>T": 1})


def _unit(
    unit: str, share: float, texts: Mapping[str, str], proposals: Mapping[str, tuple[str, ...]]
) -> Paper:
    numbers, before = _smaller(NUMBERS, share), _smaller(Numbers(values=BEFORE), share)
    name = official_name(unit)
    return replace(
        PAPER,
        unit=unit,
        head=replace(HEAD, issuer=name, short_name=name),
        numbers=numbers,
        before=Numbers(values=before.values),
        corrections={},
        parts=tuple(
            PaperPart(key, section.title, texts.get(key, "")) for key, section in SECTIONS.items()
        ),
        proposals=proposals,
    )


_LONG_HOA_TEXTS = {
    "II": "Ban Thường vụ ban hành kế hoạch, phân công mỗi đồng chí ủy viên phụ trách từ một đến hai công đoàn cơ sở.",
    "IV.1": "Nắm chắc tình hình việc làm, tiền lương tại các doanh nghiệp may, da giày trên địa bàn.",
    "IV.2": "Có tháng chưa đi đủ các công đoàn cơ sở theo lịch; ghi chép nội dung làm việc còn sơ sài.",
    "V": "Duy trì lịch đi cơ sở hằng tuần; phối hợp với doanh nghiệp tổ chức đối thoại định kỳ.",
}
_LONG_HOA = _unit(
    *("CĐ phường Long Hòa", 0.5, _LONG_HOA_TEXTS),
    {"btv": ("Tập huấn kỹ năng đối thoại cho công đoàn cơ sở.",)},
)
_HON_SAO = _unit(
    *("CĐ đặc khu Hòn Sao", 0.3, {"II": "Bản nháp, chưa gửi."}),
    {"btv": ("Đề xuất chưa gửi.",)},
)


CONSOLIDATED = Consolidated(
    subject=SUBJECT,
    first_day=FIRST,
    last_day=LAST,
    until=date(2026, 12, 16),
    head=PROVINCE_HEAD,
    rows=(
        UnitRow("CĐ các KCN tỉnh", "accepted", date(2026, 12, 10), PAPER),
        UnitRow("CĐ phường Long Hòa", "sent", date(2026, 12, 15), _LONG_HOA, late=True),
        UnitRow("CĐ đặc khu Hòn Sao", "writing", None, _HON_SAO),
    ),
    total=total(replace(p.numbers, values=p.values) for p in (PAPER, _LONG_HOA, _HON_SAO)),
    before=total(p.before for p in (PAPER, _LONG_HOA, _HON_SAO) if p.before),
    figures=ALL_FIGURES,
    cases=CASES,
    topics=TOPICS,
    targets=(replace(PAPER.targets[0], reached=761), PAPER.targets[1]),
    basis=BASIS,
)

VISIT = Minutes(
    head=replace(HEAD, symbol="BB-CĐ", recipients=("Công đoàn cơ sở Công ty May Sen Vàng",)),
    site="Công đoàn cơ sở Công ty May Sen Vàng",
    address="Lô B2, Khu công nghiệp Bình Hòa",
    day=date(2026, 3, 9),
    kind="Dự họp Ban Chấp hành",
    officers=("Nguyễn Thị An",),
    met_union="đồng chí Bùi Ngọc Mai, Chủ tịch Công đoàn cơ sở",
    met_management="ông Trần Quốc Huy, Phó Giám đốc",
    agreements=("Doanh nghiệp trả lời về định mức, trước ngày 20/03/2026.",),
)
COMMENDED = CommendationPaper(
    head=HEAD,
    day=date(2026, 11, 20),
    rows=(
        Commended(
            CommendationKind.COLLECTIVE,
            "Tổ may 5 giữ vững năng suất, giúp 12 công nhân mới thạo việc trong hai tuần",
            "CĐCS Công ty May Sen Vàng",
            date(2026, 11, 16),
        ),
        Commended(
            CommendationKind.PERSON,
            "Chị Lê Thị Hồng, tổ trưởng, ba năm liền không để xảy ra tai nạn lao động",
            "CĐCS Công ty Thủy sản Sông Lành",
            date(2026, 10, 5),
        ),
        Commended(
            CommendationKind.PRACTICE,
            "Họp mười phút đầu ca để nghe ý kiến công nhân, trả lời ngay trên bảng tin",
            "CĐCS Công ty Giày Tân Lúa",
            date(2026, 9, 14),
        ),
    ),
)
