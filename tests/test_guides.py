"""What a guide tells people to press, to read or to type is there, letter for letter."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.home.commands import COMMANDS, HELP, OWN, START, WORKERS
from tests.test_docs import ROOT

pytestmark = pytest.mark.xdist_group("guides")  # one process reads the program's texts for them
GUIDES = sorted((ROOT / "docs" / "huong-dan").glob("*.md"))
NOT_ON_A_CARD = {  # printed bold only to be seen
    "“Trước ngày 15/12” nghĩa là 14/12 là ngày cuối",
    "10/6",
    "25/11",
    "I, III.1–III.7",
    "từng con số",
    "xlsx",
    "pdf",
    "tiếp nhận, trả lại, miễn, đổi hạn, nhắc",
    "Yêu cầu một báo cáo ngoài kế hoạch",
    "Sóng yếu?",
    "Không có sóng?",
    "Thêm vào màn hình chính",  # the browser's own
    "Quên báo cáo tuần trước?",
    "Đi thêm ngoài kế hoạch?",
    "Kế hoạch yêu cầu gì?",
    "16 giờ 30 thứ Sáu",
    "8 giờ ngày làm việc đầu tháng",
    "Tuần liên tục đạt chỉ tiêu",
    "số bí mật 16 chữ số",
    "Mời nhiều người một lần",
    "Chỉ tiêu, điểm thi đua",
    "tự chuyển lên một cấp",
    "Không nêu tên người phản ánh với doanh nghiệp",
    "Khiếu nại, tố cáo không nêu tên",
    "Tố cáo có nêu tên",
}
BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)
COMMAND = re.compile(r"(?<![\w/.\]-])/([a-z]{3,})(?![\w/-])")
_MARK = re.compile(r"^[^\w“(]+")  # an emoji before a label


def bare(words: str) -> str:
    """A label without its emoji and the marks around it."""
    return _MARK.sub("", " ".join(words.split())).strip(" .:,…»›()")


def named_in(guide: Path) -> Iterator[tuple[int, str]]:
    """(line, label) of everything printed bold."""
    text = guide.read_text("utf-8")
    for match in BOLD.finditer(text):
        for label in re.split(r" · | → ", " ".join(match[1].split())):
            if bare(label):
                yield text[: match.start()].count("\n") + 1, label


@cache
def said() -> frozenset[str]:
    """Every line of text that the program holds, "…" where something is filled in."""
    lines: set[str] = set()
    for path in (ROOT / "bot").rglob("*"):
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    lines.update(node.value.split("\n"))
                elif isinstance(node, ast.JoinedStr):
                    parts = (p.value if isinstance(p, ast.Constant) else "…" for p in node.values)
                    lines.update("".join(map(str, parts)).split("\n"))
        elif path.suffix in (".toml", ".js"):
            lines.update(re.findall(r'"([^"\n]+)"', path.read_text("utf-8")))
        elif path.suffix == ".html":
            text = re.sub(r"\{%.*?%\}|<[^>]+>", "\n", path.read_text("utf-8"), flags=re.S)
            text = re.sub(r"\{\{.*?\}\}", "…", text, flags=re.S)
            lines.update(text.split("\n"))
    return frozenset(filter(None, map(bare, lines)))


@cache
def by_beginning() -> dict[str, list[str]]:
    """The same lines by their first letters."""
    beginnings: dict[str, list[str]] = {}
    for text in said():
        beginnings.setdefault(text[:BEGINNING], []).append(text)
    return beginnings


BEGINNING = 2


def is_said(label: str) -> bool:
    """Whether a text of the program is the label or begins with it, as one with a number does."""
    wanted = bare(label)
    pieces = [re.escape(piece.strip()) for piece in wanted.split("…")]
    pattern = re.compile(".+".join(pieces) + r"(?!\w)")
    return any(pattern.match(text) for text in by_beginning().get(wanted[:BEGINNING], ()))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_button_and_title_that_a_guide_names_is_in_the_program(guide: Path) -> None:
    labels = [(line, label) for line, label in named_in(guide) if bare(label) not in NOT_ON_A_CARD]
    assert [(line, label) for line, label in labels if not is_said(label)] == []


def test_what_is_only_printed_bold_is_still_printed_in_a_guide() -> None:
    printed = {bare(label) for guide in GUIDES for _, label in named_in(guide)}
    assert NOT_ON_A_CARD - printed == set()


ROUTED = re.compile(r"(?<![.\w])command\(\s*\"(\w+)\"")


def commands_of(guide: Path) -> set[str]:
    return set(COMMAND.findall(guide.read_text("utf-8")))


@cache
def routed() -> frozenset[str]:
    """The commands that a route takes."""
    code = (ROOT / "bot").rglob("*.py")
    return frozenset(name for path in code for name in ROUTED.findall(path.read_text("utf-8")))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_command_that_a_guide_names_is_one(guide: Path) -> None:
    there = routed()
    in_groups = {"lienket"}
    assert {"tongquan", "start"} <= there
    assert commands_of(guide) - there - in_groups == set()


def test_every_command_of_the_menus_is_told_in_a_guide() -> None:
    menus = {name for (name, _), _ in COMMANDS} | {
        name for name, _ in (START, HELP, *WORKERS, *OWN)
    }
    explained = set().union(*map(commands_of, GUIDES))
    assert menus - explained == set()
