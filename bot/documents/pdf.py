"""docx -> pdf by LibreOffice, where it is installed."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from bot.core.errors import Refused

MISSING = (
    "Máy chủ chưa cài LibreOffice nên chưa tạo được tệp PDF. Đề nghị đồng chí tải tệp Word "
    "(docx) và chọn Lưu thành PDF, hoặc báo quản trị cài LibreOffice."
)
FAILED = "Chưa tạo được tệp PDF. Đề nghị đồng chí tải tệp Word (docx) hoặc thử lại sau ít phút."
SECONDS = 90


def program() -> str | None:
    """Where LibreOffice is."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(docx: bytes) -> bytes:
    """The same paper as pdf; takes seconds, so never on the event loop.

    Each call has a profile of its own: two at once do not lock each other out. Raises Refused where
    LibreOffice is missing, fails, or takes too long.
    """
    executable = program()
    if executable is None:
        raise Refused(MISSING)
    with tempfile.TemporaryDirectory(prefix="satcoso-pdf-") as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(docx)
        _run([executable, *_OPTIONS, f"-env:UserInstallation=file://{folder}/profile"], source)
        pdf = source.with_suffix(".pdf")
        if not pdf.is_file():
            raise Refused(FAILED)
        return pdf.read_bytes()


_OPTIONS = ("--headless", "--norestore", "--nolockcheck")


def _run(command: list[str], source: Path) -> None:
    """In a process group of its own: LibreOffice leaves a child behind when it is stopped."""
    target = ["--convert-to", "pdf", "--outdir", str(source.parent), str(source)]
    process = subprocess.Popen(  # noqa: S603 - the program of this machine, our own file
        [*command, *target],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise Refused(FAILED) from None
