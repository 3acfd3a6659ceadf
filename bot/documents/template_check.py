"""What is written wrong in a Word template, found before it is filled in, as it stands in Word.

Jinja says where the mistake came to light, often far below; and a brace too few is text to it.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

MISSING = "từ “{opened}” trở đi thiếu “{end}”"
CROSSED = "“{tag}” không khớp với “{opened}” ở phía trên"
NEEDLESS = "“{tag}” thừa, hoặc thiếu phần mở ở phía trên"

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_WORD = re.compile(r"\{%-?(?:(?:p|tr|tc|r)\s)?\s*(\w+)")
_ENDS = {"for": "endfor", "if": "endif"}


def mistake(data: bytes) -> str:
    """The first brace left open, or loop or condition without its end; empty: none was found."""
    paper = Document(io.BytesIO(data))
    return next((sentence for part in _parts(paper) if (sentence := _in(part))), "")


def _parts(paper: Any) -> Iterator[list[str]]:
    """The paragraphs of the body, and of every head and foot of a page."""
    roots = [paper.element.body]
    for section in paper.sections:
        for part in (section.header, section.footer):
            roots += [] if part.is_linked_to_previous else [part._element]
    for root in roots:
        yield ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in root.iter(qn("w:p"))]


def _in(lines: list[str]) -> str:
    for line in lines:
        if {"{", "}"} & set(_TAG.sub("", line)):
            return f"“{line.strip()[:80]}”"
    return _unpaired([tag for line in lines for tag in _TAG.findall(line)])


def _unpaired(tags: list[str]) -> str:
    opened: list[tuple[str, str]] = []  # the tag, and the end that it needs
    for tag in tags:
        word = match[1] if (match := _WORD.match(tag)) else ""
        if word in _ENDS:
            opened.append((tag, _ENDS[word]))
        elif word in _ENDS.values():
            if not opened:
                return NEEDLESS.format(tag=tag)
            last, end = opened.pop()
            if end != word:
                return CROSSED.format(tag=tag, opened=last)
        elif word.startswith("end"):
            return f"gần “{tag}”"
    return MISSING.format(opened=opened[-1][0], end=opened[-1][1]) if opened else ""
