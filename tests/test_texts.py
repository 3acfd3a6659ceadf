"""Every text that people may read: no word of the software's, nothing too familiar, and to workers
nothing abbreviated. Read new texts aloud all the same; a test hears no tone.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.core import messages
from bot.core.speech import to_worker
from tests.test_docs import ROOT

pytestmark = pytest.mark.xdist_group("texts")  # one process reads them
BOT, GUIDES = ROOT / "bot", ROOT / "docs" / "huong-dan"
NOT_SAID = {  # a word -> what an office says
    "bạn": "đồng chí; anh/chị",
    "thẻ": "tin nhắn",
    "user": "người dùng, cán bộ, người lao động",
    "bot": "Công đoàn; hệ thống",
    "click": "bấm",
    "vụ việc": "phản ánh, kiến nghị",
    "độ phủ": "tỷ lệ cơ sở đã có cán bộ đến",
    "mang về": "tiếp nhận từ cơ sở",
    "bị trả lại": "trả lại để bổ sung",
    "cho thôi vai trò": "kết thúc vai trò",
    "quá hẹn": "quá hạn",
    "việc đã hẹn": "việc đã thống nhất",
    "biểu mẫu": "nội dung này, phần này",
    "nợ BHXH": "chậm đóng, trốn đóng BHXH",
    "dưới tin nhắn": "ở dưới; on a page nothing is a message",
    "mỗi tin nhắn": "gõ từng mục một",
    "trong một tin nhắn": "một lần",
    "bấm «": "bấm “…”; a button's name stands in quotation marks, without its sign",
}
LAW_ITSELF = {"Vụ việc có phức tạp không?"}  # the law's own words
OF_WORKERS = (
    *sorted((BOT / "cases" / "templates" / "own_data").glob("*.html")),
    *sorted((BOT / "cases" / "templates" / "concern").glob("own_*.html")),
    *(BOT / "cases/templates/concern" / f"{n}.html" for n in ("receipt", "told", "reopened")),
    *(BOT / "home/templates/home" / f"{n}.html" for n in ("stranger", "help_stranger", "waiting")),
    *(BOT / "cases" / "cards" / f"{n}.py" for n in ("worker_messages", "concerns", "own_data")),
    *(BOT / "cases" / "forms" / f"{n}.py" for n in ("concern", "reply")),
    BOT / "cases" / "papers" / "poster.py",
    GUIDES / "nguoi-lao-dong.md",
)
ABBREVIATION = re.compile(r"(?<![\w-])(?!(?:PNG|PDF|A4)\b)[A-ZĐ]{2,}(?![\w-])")
OF_ROLES = {"REPRESENTATIVE_NEEDS_A_SITE", "ROLE_NEEDS_AN_UPPER_UNIT"}  # of who invites others
_VIETNAMESE = re.compile("[À-ỹ]")
_NOT_TEXT = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]+>|`[^`]*`|^    \S.*$", re.S | re.M)


def said_in(path: Path) -> Iterator[str]:
    """What of a file is meant to be read: a template's or guide's words, the Vietnamese strings of
    code without docstrings."""
    words = path.read_text()
    if path.suffix != ".py":
        yield _NOT_TEXT.sub(" ", words)
        return
    tree = ast.parse(words)
    docstrings = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) not in docstrings and _VIETNAMESE.search(node.value):
            yield node.value


@cache
def readable() -> list[tuple[Path, str]]:
    """Every text with its file; not the sandbox and the demo, which are for tests."""
    code = [
        path
        for path in sorted([*BOT.rglob("*.py"), *BOT.rglob("*.html")])
        if path.relative_to(BOT).parts[0] not in ("sandbox", "demo", "cli")
    ]
    every = [*code, *sorted(GUIDES.glob("*.md"))]
    return [(path, text) for path in every for text in said_in(path)]


@pytest.mark.parametrize("word", NOT_SAID)
def test_no_text_says_a_word_that_no_office_says(word: str) -> None:
    whole = re.compile(rf"(?<![\w/]){word}(?!\w)(?! thức)", re.IGNORECASE)
    hits = [
        f"{path.relative_to(ROOT)}: {text[max(0, hit.start() - 30) : hit.end() + 30]!r}"
        for path, text in readable()
        if text not in LAW_ITSELF
        for hit in whole.finditer(text)
    ]
    assert not hits, f"better: {NOT_SAID[word]}"


def test_turning_the_page_has_one_name_for_each_direction() -> None:
    turning = re.compile(r'"(\w[\w ]* [›»]|‹ \w[\w ]*|« (?:Trước|Mới)[\w ]*)"')
    labels = {label for p in BOT.rglob("*.py") for label in turning.findall(p.read_text())}
    assert labels == {"‹ Trước", "Tiếp ›", "‹ Mới hơn", "Cũ hơn ›"}


@pytest.mark.parametrize("path", OF_WORKERS, ids=lambda path: path.name)
def test_workers_read_nothing_abbreviated_and_are_called_anh_chi(path: Path) -> None:
    texts = list(said_in(path))
    assert texts
    for text in texts:
        if text.isupper() and " " in text:  # the head of the poster
            continue
        assert not ABBREVIATION.search(text)
        if path.parent != GUIDES and "cán bộ công đoàn" not in text:
            assert "đồng chí" not in text.casefold()


@pytest.mark.parametrize("name", [n for n in vars(messages) if n.isupper() and n not in OF_ROLES])
def test_a_refusal_to_a_worker_is_not_abbreviated(name: str) -> None:
    said = to_worker(getattr(messages, name))
    assert not ABBREVIATION.search(said.replace(" MB", ""))


# Where the mark stands in an open syllable of oa, oe, uy: on the first vowel, as in "xóa", "hủy".
_MARK_ON_THE_SECOND = re.compile(r"\w*(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![a-zà-ỹđ])", re.IGNORECASE)
_READ_BY_PEOPLE = {".html", ".js", ".md", ".py", ".svg", ".toml"}


def test_every_word_is_spelled_in_one_way_wherever_the_mark_may_stand() -> None:
    """What is only compared with what people write (`rules/data`) has both."""
    files = [p for top in (BOT, ROOT / "docs") for p in top.rglob("*") if "data" not in p.parts]
    files = [p for p in files if p.suffix in _READ_BY_PEOPLE]
    assert any(p.suffix == ".js" for p in files)
    spelled = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files
        for match in _MARK_ON_THE_SECOND.finditer(path.read_text())
    }
    assert spelled == set()
    assert _MARK_ON_THE_SECOND.search("Xoá khỏi máy này")
    assert not _MARK_ON_THE_SECOND.search("Xóa toàn bộ thông tin quý III, hoàn thành")
