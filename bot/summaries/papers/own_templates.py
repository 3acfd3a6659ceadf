"""The office's own templates: writing the program's out, and trying every one."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.documents.rendering import BrokenTemplate
from bot.documents.templates import COMMENDATION, CONSOLIDATED, FOLDER, MINUTES, REPORT, SHORT
from bot.summaries.papers import samples
from bot.summaries.papers.report_docx import consolidated, unit_report
from bot.visits.papers.commendations import commendation_paper
from bot.visits.papers.minutes import minutes

NAMES = (REPORT, SHORT, CONSOLIDATED, MINUTES, COMMENDATION)
_TRIED: dict[str, Callable[[Path | None], bytes]] = {
    REPORT: lambda templates: unit_report(samples.PAPER, templates),
    SHORT: lambda templates: unit_report(samples.SHORT, templates),
    CONSOLIDATED: lambda templates: consolidated(samples.CONSOLIDATED, templates),
    MINUTES: lambda templates: minutes(samples.VISIT, templates),
    COMMENDATION: lambda templates: commendation_paper(samples.COMMENDED, templates),
}


def broken(templates: Path | None) -> Iterator[str]:
    """What is wrong with each of them that cannot be filled in, and .docx files nobody uses. The
    program's own are not tried again: that takes a third of a second and tens of megabytes.
    """
    for name in used(templates):
        try:
            _TRIED[name](templates)
        except BrokenTemplate as error:
            yield error.what
    if templates and templates.is_dir():
        for path in sorted(templates.glob("*.docx")):
            if path.name not in NAMES and not path.name.startswith("~$"):
                yield f"“{path.name}” không phải tên mẫu nào; các mẫu: {', '.join(NAMES)}."


def used(templates: Path | None) -> list[str]:
    """The names of the office's own templates that are there."""
    return [name for name in NAMES if templates and (templates / name).is_file()]


def write_out(folder: Path) -> list[Path]:
    """Copies of the program's templates. Raises FileExistsError rather than overwrite one."""
    folder.mkdir(parents=True, exist_ok=True)
    targets = [folder / name for name in NAMES]
    for target in targets:
        if target.exists():
            raise FileExistsError(str(target))
    for target in targets:
        target.write_bytes((FOLDER / target.name).read_bytes())
    return targets
