"""PDF where LibreOffice is; a clear sentence where it is not."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from bot.core.errors import Refused
from bot.documents import pdf
from bot.summaries.papers import report_docx, samples


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made, to see what is left of them."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def office(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called soffice that does what the test needs."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_without_libreoffice_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(Refused, match="chưa cài LibreOffice"):
        pdf.convert(b"")


def test_a_program_that_makes_nothing_is_no_success(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, "exit 0", monkeypatch)
    with pytest.raises(Refused, match="Chưa tạo được tệp PDF"):
        pdf.convert(b"")
    assert list(temporary.iterdir()) == []


def test_a_program_that_hangs_is_stopped_with_its_children(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; wait", monkeypatch)
    monkeypatch.setattr(pdf, "SECONDS", 0.5)
    with pytest.raises(Refused, match="Chưa tạo được tệp PDF"):
        pdf.convert(b"")
    child = Path(f"/proc/{(tmp_path / 'child').read_text().strip()}/stat")
    assert not child.exists() or child.read_text().split()[2] == "Z"
    assert list(temporary.iterdir()) == []


def test_each_call_has_a_profile_and_a_folder_of_its_own(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f'echo "$@" >> {tmp_path}/said; for a; do f=$a; done; cp "$f" "${{f%.docx}}.pdf"'
    office(tmp_path, script, monkeypatch)
    assert pdf.convert(b"one") == b"one"
    assert pdf.convert(b"two") == b"two"
    said = (tmp_path / "said").read_text().splitlines()
    profiles = {word for line in said for word in line.split() if "UserInstallation" in word}
    assert len(profiles) == 2
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_makes_a_pdf_of_a_report(temporary: Path) -> None:
    assert pdf.convert(report_docx.unit_report(samples.SHORT, None)).startswith(b"%PDF")
    assert list(temporary.iterdir()) == []
