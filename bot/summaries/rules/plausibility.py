"""Numbers that look wrong: against each other, against the data, against last year.

They only ask: a unit may have grown, a site may have moved. Thresholds are our own proposal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.summaries.rules.figures import BY_KEY, Sort

MEMBERS_TIMES = 2.0
"""Members this many times last year's, or as small a part of them."""
MEMBERS_AT_LEAST = 20
"""Fewer members than this on both sides say nothing when they double."""
VISITS_TIMES = 3.0
VISITS_AT_LEAST = 10
CORRECTED_SHARE = 0.2
CORRECTED_BY = 5
"""A correction is asked about from this share of the computed number and this difference on."""

Values = Mapping[str, int]


@dataclass(frozen=True)
class Doubt:
    """Something to ask about. `figures`: the keys concerned; `sentence`: for cadres."""

    figures: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A figure that cannot be larger than another one."""

    small: str
    large: str
    sentence: str


BOUNDS = (
    Bound(
        small="members",
        large="workers",
        sentence="Số đoàn viên ({small}) nhiều hơn số lao động ({large}).",
    ),
    Bound(
        small="women",
        large="workers",
        sentence="Số lao động nữ ({small}) nhiều hơn tổng số lao động ({large}).",
    ),
    Bound(
        small="sites_reached",
        large="sites",
        sentence="Số cơ sở đã đến ({small}) nhiều hơn tổng số cơ sở ({large}); nếu có cơ sở đã "
        "chuyển đi hoặc giải thể trong kỳ thì nên ghi rõ.",
    ),
    Bound(
        small="sites_reached",
        large="visits",
        sentence="Đến {small} cơ sở nhưng chỉ có {large} lượt đi.",
    ),
    Bound(
        small="weeks_met",
        large="weeks",
        sentence="Số tuần có đi ({small}) nhiều hơn số tuần trong kỳ ({large}).",
    ),
    Bound(
        small="new_members",
        large="members",
        sentence="Đoàn viên mới ({small}) nhiều hơn tổng số đoàn viên ({large}).",
    ),
    Bound(
        small="overdue",
        large="received",
        sentence="Số quá hạn ({small}) nhiều hơn số tiếp nhận ({large}).",
    ),
    Bound(
        small="sensitive",
        large="sites",
        sentence="Cơ sở tiềm ẩn phức tạp ({small}) nhiều hơn tổng số cơ sở ({large}).",
    ),
)
WITHOUT_VISITS: Mapping[str, str] = {
    "workers_met": "Không có lượt đi nào nhưng ghi đã gặp {n} lượt người lao động.",
    "helped": "Không có lượt đi nào nhưng ghi {n} lượt hướng dẫn, hỗ trợ tại chỗ.",
    "new_members": "Không có lượt đi nào nhưng ghi {n} đoàn viên mới từ báo cáo đi cơ sở.",
}


def doubts(values: Values, computed: Values, before: Values | None) -> list[Doubt]:
    """What a reader should ask about before accepting; nothing where nothing stands out.

    `values` count (with corrections), `computed` are what the data says, `before` last year's.
    A figure that is missing on one side is not compared. Never raises.
    """
    all_doubts = [*_without_visits(values), *_bounds(values), *_cases(values)]
    all_doubts += [*_corrected(values, computed), *_unclear(values)]
    if before is not None:
        all_doubts += [*_members(values, before), *_visits(values, before)]
    return all_doubts


def _without_visits(values: Values) -> Iterator[Doubt]:
    if values.get("visits") != 0:
        return
    for key, sentence in WITHOUT_VISITS.items():
        if (n := values.get(key, 0)) > 0:
            yield Doubt(("visits", key), sentence.format(n=_number(n)))


def _bounds(values: Values) -> Iterator[Doubt]:
    for bound in BOUNDS:
        small, large = values.get(bound.small), values.get(bound.large)
        if small is None or large is None or small <= large:
            continue
        if bound.large == "visits" and large == 0 and values.get("workers_met"):
            continue  # said already
        words = bound.sentence.format(small=_number(small), large=_number(large))
        yield Doubt((bound.small, bound.large), words)


def _cases(values: Values) -> Iterator[Doubt]:
    parts = [values.get(key) for key in ("settled", "passed", "open")]
    received = values.get("received")
    counts = [part for part in parts if part is not None]
    if received is None or len(counts) < len(parts) or sum(counts) == received:
        return
    settled, passed_on, still = (_number(part) for part in counts)
    yield Doubt(
        ("received", "settled", "passed", "open"),
        f"Đã giải quyết {settled}, đã chuyển {passed_on}, đang xử lý {still}: cộng lại là "
        f"{_number(sum(counts))}, không bằng số đã tiếp nhận ({_number(received)}).",
    )


def _unclear(values: Values) -> Iterator[Doubt]:
    """Reports whose words leave it open; the paper does not count them either way."""
    if n := values.get("arrears_unclear", 0):
        yield Doubt(
            ("arrears_unclear",),
            f"{_number(n)} cơ sở có báo cáo nói đến nợ lương, đóng BHXH nhưng chưa rõ có nợ hay "
            "không, chưa tính vào số liệu; đề nghị xác nhận lại với cán bộ đã đi cơ sở.",
        )


def _corrected(values: Values, computed: Values) -> Iterator[Doubt]:
    for key, value in values.items():
        data = computed.get(key)
        figure = BY_KEY.get(key)
        if data is None or figure is None or figure.sort is Sort.SHARE or not _far(value, data):
            continue
        yield Doubt(
            (key,),
            f"{figure.label}: đơn vị ghi {_number(value)}, số liệu cập nhật là {_number(data)}.",
        )


def _far(value: int, data: int) -> bool:
    if data == 0:
        return value != 0
    apart = abs(value - data)
    return apart >= CORRECTED_BY and apart >= CORRECTED_SHARE * abs(data)


def _members(values: Values, before: Values) -> Iterator[Doubt]:
    now, then = values.get("members"), before.get("members")
    if now is None or then is None or max(now, then) < MEMBERS_AT_LEAST:
        return
    if now >= MEMBERS_TIMES * then:
        yield Doubt(("members",), _jump("Số đoàn viên tăng", then, now))
    elif now * MEMBERS_TIMES <= then:
        yield Doubt(("members",), _jump("Số đoàn viên giảm", then, now))


def _visits(values: Values, before: Values) -> Iterator[Doubt]:
    now, then = values.get("visits"), before.get("visits")
    if now is None or not then or now < VISITS_AT_LEAST:
        return
    if now >= VISITS_TIMES * then:
        yield Doubt(("visits",), _jump("Số lượt đi cơ sở tăng", then, now))


def _jump(what: str, then: int, now: int) -> str:
    return f"{what} bất thường: năm trước {_number(then)}, năm nay {_number(now)}."


def _number(value: int) -> str:
    """1.234"""
    return f"{value:,}".replace(",", ".")
