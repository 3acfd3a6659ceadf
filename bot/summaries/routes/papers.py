"""Papers to download: reports of units, and the consolidated ones."""

from bot.conversation.reply import Reply, document
from bot.conversation.request import Request
from bot.conversation.router import Route, button
from bot.documents.file import File
from bot.summaries.services import papers


async def download_report(request: Request) -> Reply:
    """A unit's report as it stands, or as it was sent."""
    form, obligation = request.arguments[0], request.number(1)
    return _document(await papers.unit_file(request.context, obligation, form))


async def download_version(request: Request) -> Reply:
    """One of the versions that were sent."""
    obligation, version = request.number(0), request.number(1)
    return _document(await papers.unit_file(request.context, obligation, "docx", version))


async def download_consolidated(request: Request) -> Reply:
    form, obligation = request.arguments[0], request.number(1)
    return _document(await papers.all_file(request.context, obligation, form))


def _document(file: File) -> Reply:
    return document(file.data, file.name)


_ID = r"(\d{1,9})"

ROUTES: tuple[Route, ...] = (
    button(rf"paper:(docx|xlsx|pdf):{_ID}", download_report),
    button(rf"paper:v:{_ID}:(\d{{1,4}})", download_version),
    button(rf"paper:all:(docx|xlsx|pdf):{_ID}", download_consolidated),
)
