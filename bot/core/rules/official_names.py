"""Names and terms as an official paper writes them: in full (Nghị định 30/2020/NĐ-CP, Phụ lục I).

On a telephone cadres read the short forms; what a chairman signs spells them out.
"""

import re
from collections.abc import Mapping

ABBREVIATIONS: Mapping[str, str] = {
    "CĐCS": "công đoàn cơ sở",
    "CĐ": "công đoàn",
    "TLĐLĐ": "Tổng Liên đoàn Lao động",
    "LĐLĐ": "Liên đoàn Lao động",
    "BCH": "Ban Chấp hành",
    "BTV": "Ban Thường vụ",
    "UBKT": "Ủy ban kiểm tra",
    "UBND": "Ủy ban nhân dân",
    "KCN": "khu công nghiệp",
    "KCX": "khu chế xuất",
    "KKT": "khu kinh tế",
    "CCN": "cụm công nghiệp",
    "DN": "doanh nghiệp",
    "ĐV": "đoàn viên",
    "TNHH": "trách nhiệm hữu hạn",
    "NLĐ": "người lao động",
    "NSDLĐ": "người sử dụng lao động",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "BHTN": "bảo hiểm thất nghiệp",
    "ATVSLĐ": "an toàn, vệ sinh lao động",
    "TƯLĐTT": "thỏa ước lao động tập thể",
    "HĐLĐ": "hợp đồng lao động",
    "QHLĐ": "quan hệ lao động",
}
_SHORT = re.compile(r"\b(?:" + "|".join(sorted(ABBREVIATIONS, key=len, reverse=True)) + r")\b")

# In a unit's name only these are read: the others may be part of an enterprise's own name.
_ORGANISATIONS = re.compile(r"^(?:CĐCS|CĐ|TLĐLĐ|LĐLĐ)\b|\b(?:LĐLĐ|KCN|KCX|KKT|CCN|UBND)\b")
_COLLEGE = re.compile(r"\b(Trường|trường)\s+CĐ\b")
_WITHOUT_PLACE = re.compile(r"\b(?:tỉnh|thành phố)$")


def spelled(text: str) -> str:
    """Words of the program with no abbreviation."""
    return _SHORT.sub(lambda short: ABBREVIATIONS[short[0]], text)


def official_name(name: str, place: str = "") -> str:
    """CĐ các KCN tỉnh -> Công đoàn các Khu công nghiệp tỉnh, and An Giang (`place`) after it.

    `place` completes a name that ends with "tỉnh" or "thành phố"; empty: left as it is.
    """
    words = _COLLEGE.sub(r"\1 Cao đẳng", " ".join(name.split()))
    words = _ORGANISATIONS.sub(lambda short: capital(ABBREVIATIONS[short[0]]), words)
    return f"{words} {place}" if place and _WITHOUT_PLACE.search(words) else words


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
