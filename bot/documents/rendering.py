"""A Word template and what it is filled in with -> docx. What is wrong with it is named.

A template in the office's own folder is used instead of the one shipped. People's words are always
escaped, and a template can do nothing but fill in (Jinja's sandbox).
"""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.core.errors import Refused
from bot.documents.illustrations import PaperPicture, describe, placed
from bot.documents.templates import FOLDER

NOT_WORD = "Mẫu “{file}” không phải tệp Word .docx hoặc bị hỏng."
UNKNOWN = "Mẫu “{file}” có chỗ điền không đúng tên: “{name}”."
UNCLOSED = "Mẫu “{file}” có lệnh viết sai hoặc thiếu phần đóng: {what}."
FORBIDDEN = "Mẫu “{file}” có lệnh không được phép: {what}."
FAILED = "Mẫu “{file}” có chỗ không điền được: {what}."
ASK = (
    " Đề nghị báo quản trị sửa lại mẫu trong Word, hoặc xóa tệp này khỏi thư mục mẫu để dùng mẫu "
    "có sẵn của chương trình."
)

_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class BrokenTemplate(Refused):
    """`what` says it without asking the reader to tell the administrator."""

    def __init__(self, what: str) -> None:
        super().__init__(what + ASK)
        self.what = what


def rendered(name: str, facts: Mapping[str, Any], templates: Path | None) -> bytes:
    """The template `name` filled in. Raises BrokenTemplate naming the file and the placeholder."""
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate

    from bot.documents.layout import (
        drop_unknown_columns,
        fit_rules,
        let_long_tables_break,
    )
    from bot.documents.template_check import mistake

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    out = io.BytesIO()
    try:
        data = source(name, templates).read_bytes()
        if wrong := mistake(data):
            raise BrokenTemplate(UNCLOSED.format(file=name, what=wrong))
        paper = DocxTemplate(io.BytesIO(data))
        pictures: list[PaperPicture] = []
        paper.render(placed(dict(facts), paper, pictures), environment, autoescape=True)
        describe(paper.docx, pictures)
        drop_unknown_columns(paper.docx)
        let_long_tables_break(paper.docx)
        fit_rules(paper.docx)
        paper.save(out)
    except UndefinedError as error:
        raise BrokenTemplate(UNKNOWN.format(file=name, name=_named(error))) from error
    except TemplateSyntaxError as error:
        raise BrokenTemplate(UNCLOSED.format(file=name, what=_where(error))) from error
    except SecurityError as error:
        raise BrokenTemplate(FORBIDDEN.format(file=name, what=error)) from error
    except (BadZipFile, PackageNotFoundError, KeyError, OSError, SyntaxError) as error:
        raise BrokenTemplate(NOT_WORD.format(file=name)) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise BrokenTemplate(FAILED.format(file=name, what=error)) from error
    return out.getvalue()


def source(name: str, templates: Path | None) -> Path:
    """The office's own template, else the one shipped."""
    own = templates / name if templates else None
    return own if own and own.is_file() else FOLDER / name


def clean(text: str) -> str:
    """One line of people's words: no signs that XML forbids, single spaces."""
    return " ".join(_CONTROL.sub("", text).split())


def lines_of(text: str) -> list[str]:
    """The paragraphs of what people wrote."""
    return [line for line in map(clean, text.splitlines()) if line]


def items_of(text: str) -> list[str]:
    """The same without the dashes that people put before the items of a list."""
    return [line for line in (_DASH.sub("", line) for line in lines_of(text)) if line]


_DASH = re.compile(r"^(?:[-–•+*]\s+)+")


def _named(error: UndefinedError) -> str:
    """The placeholder in Jinja's words: 'x' is undefined, 'dict object' has no attribute 'x'."""
    names = re.findall(r"'([^']+)'", str(error))
    return names[-1] if names else str(error)


def _where(error: TemplateSyntaxError) -> str:
    """The words around a mistake, as they stand in Word."""
    near = [line.strip() for line in getattr(error, "docx_context", ())]
    tags = re.findall(r"\{[{%].*?[}%]\}", " ".join(near))
    named = re.findall(r"'(\w+)'", str(error.message))
    wrong = [tag for tag in tags if any(name in tag for name in named[:1])] or tags[-1:]
    return f"gần “{wrong[0][:80]}”" if wrong else f"{error.message}"
