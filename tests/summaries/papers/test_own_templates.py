"""The office edits a template in Word: what it changed is used, what it broke is named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest

from bot.documents.rendering import BrokenTemplate
from bot.documents.templates import FOLDER
from bot.summaries.papers import own_templates, report_docx, samples
from bot.summaries.papers.own_templates import NAMES, broken, used, write_out
from bot.visits.papers import minutes
from tests.documents.measuring import text_of


def own(folder: Path, name: str, old: str, new: str) -> Path:
    """The shipped template with some words changed, as an edit in Word would."""
    paper = docx.Document(str(FOLDER / name))
    cells = [c for t in paper.tables for row in t.rows for c in row.cells]
    for line in (*paper.paragraphs, *(p for c in cells for p in c.paragraphs)):
        for run in line.runs:
            if old in run.text:
                run.text = run.text.replace(old, new)
    paper.save(str(folder / name))
    return folder


def test_a_template_in_the_folder_is_used_instead(tmp_path: Path) -> None:
    own(tmp_path, "bao-cao.docx", "BÁO CÁO", "BÁO CÁO NĂM")
    assert "BÁO CÁO NĂM" in text_of(report_docx.unit_report(samples.PAPER, tmp_path))
    assert "BÁO CÁO NĂM" not in text_of(report_docx.unit_report(samples.SHORT, tmp_path))
    assert used(tmp_path) == ["bao-cao.docx"]
    assert list(broken(tmp_path)) == []


def test_the_programs_own_templates_are_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = dict.fromkeys(NAMES, lambda _: pytest.fail("the office has none of its own"))
    monkeypatch.setattr(own_templates, "_TRIED", tried)
    assert list(broken(None)) == list(broken(tmp_path)) == []


def test_a_folder_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    assert "BÁO CÁO" in text_of(report_docx.unit_report(samples.PAPER, tmp_path / "none"))
    assert used(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("{{ co_quan }}", "{{ co_qan }}", "co_qan"),
        ("{{ muc.tieu_de }}", "{{ muc.tieude }}", "tieude"),
        ("{{ doan }}", "{{ doan", "doan"),
        ("{%p endfor %}", "{%p endfo %}", "endfo"),
        ("{%p endfor %}", "", "“{%p endif %}” không khớp với “{%p for chu in muc.cac_chu"),
        ("{%p for phan in cac_phan %}", "", "“{%p endfor %}” thừa"),
        ("{%p if muc.so_lieu %}", "", "“{%p endif %}” không khớp với “{%p for muc in phan.cac_muc"),
        ("{{ trich_yeu }}", "{{ trich_yeu }", "“{{ trich_yeu }”"),
        ("{{ trich_yeu }}", "{ trich_yeu }}", "“{ trich_yeu }}”"),
        ("{{ trich_yeu }}", "{{ trích yếu }}", "“{{ trích yếu }}”"),
        ("{{ trich_yeu }}", "{{ trich_yeu | khongco }}", "khongco"),
        ("{{ trich_yeu }}", "{{ trich_yeu + 1 }}", "str"),
        ("{{ trich_yeu }}", "{{ ''.__class__.__mro__ }}", "__class__"),
    ],
)
def test_a_broken_placeholder_is_named_with_its_file(
    tmp_path: Path, old: str, new: str, named: str
) -> None:
    own(tmp_path, "bao-cao.docx", old, new)
    with pytest.raises(BrokenTemplate) as refused:
        report_docx.unit_report(samples.PAPER, tmp_path)
    assert "bao-cao.docx" in str(refused.value)
    assert named in str(refused.value)
    assert "Đề nghị báo quản trị" in str(refused.value)
    assert "để dùng mẫu có sẵn" in str(refused.value)
    assert report_docx.unit_report(samples.PAPER, None), "as after deleting it"
    assert len(list(broken(tmp_path))) == 1


def edited(folder: Path, edit: Callable[[Any], object]) -> Path:
    paper = docx.Document(str(FOLDER / "bao-cao.docx"))
    edit(paper)
    paper.save(str(folder / "bao-cao.docx"))
    return folder


def test_the_end_of_a_loop_that_was_deleted_is_missed_where_the_loop_begins(
    tmp_path: Path,
) -> None:
    def delete(paper: Any) -> None:
        (row,) = (r for r in paper.tables[-1].rows if "endfor" in r.cells[0].text)
        row._tr.getparent().remove(row._tr)

    (wrong,) = broken(edited(tmp_path, delete))
    assert "từ “{%tr for d in phu_luc.kien_nghi.dong %}” trở đi thiếu “endfor”" in wrong
    assert "bao-cao.docx" in wrong


def test_the_heads_of_pages_are_looked_at_too(tmp_path: Path) -> None:
    def add(paper: Any) -> None:
        paper.sections[0].header.paragraphs[0].add_run("{{ co_quan }")

    (wrong,) = broken(edited(tmp_path, add))
    assert "“{{ co_quan }”" in wrong


@pytest.mark.parametrize("at", [1, 3, 12])
def test_word_may_tear_a_placeholder_into_runs(tmp_path: Path, at: int) -> None:
    def tear(paper: Any) -> None:
        line = next(p for p in paper.paragraphs if p.text == "{{ trich_yeu }}")
        (run,) = line.runs
        line.add_run(run.text[at:]).bold = True
        run.text = run.text[:at]

    assert list(broken(edited(tmp_path, tear))) == []
    assert samples.SUBJECT in text_of(report_docx.unit_report(samples.PAPER, tmp_path))


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04 and no more"])
def test_a_file_that_is_not_word_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "tong-hop.docx").write_bytes(data)
    with pytest.raises(BrokenTemplate, match=r"tong-hop\.docx.*không phải tệp Word"):
        report_docx.consolidated(samples.CONSOLIDATED, tmp_path)


def test_a_workbook_called_docx_is_named(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "bien-ban.docx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(BrokenTemplate, match=r"bien-ban\.docx"):
        minutes.minutes(samples.VISIT, tmp_path)


def test_a_file_under_a_name_that_nothing_uses_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "bao_cao.docx").write_bytes(b"")
    (tmp_path / "~$bao-cao.docx").write_bytes(b"")  # Word has it open
    (wrong,) = broken(tmp_path)
    assert "bao_cao.docx" in wrong


def test_templates_are_written_out_and_never_over_others(tmp_path: Path) -> None:
    written = write_out(tmp_path / "new")
    assert [path.name for path in written] == list(NAMES)
    assert list(broken(tmp_path / "new")) == []
    (tmp_path / "new" / NAMES[0]).unlink()
    with pytest.raises(FileExistsError):
        write_out(tmp_path / "new")
    assert not (tmp_path / "new" / NAMES[0]).exists()
