"""A browser of one of the staff: keeps its cookie, follows links and what it is sent on to."""

import re

import httpx

from bot.core.access import actor_of
from bot.core.context import Context
from bot.people.services import web_sessions
from tests.cast import Character
from tests.channels.web.pages import ADDRESS, Browser
from tests.client import Town

_OTHER_FORMS = re.compile(r'<form(?! id="act").*?</form>', re.DOTALL)


class StaffBrowser(Browser):
    """Holds the page that is shown, of one person."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        super().__init__(client)
        self.client = client

    @property
    def page(self):
        """Of the page's own form; those beside it are sent by hand."""
        whole, self.html = self.html, _OTHER_FORMS.sub("", self.html)
        try:
            return super().page
        finally:
            self.html = whole

    async def come_in(self, town: Town, who: Character) -> None:
        await self.open(await link_of(town, who))
        await self.press("Vào trang web")
        assert self.status == 200, self.text

    async def follow(self, label: str) -> None:
        """The link that this label begins."""
        links = {re.sub(r"^\W+", "", text): path for text, path in self.page.links.items()}
        paths = [path for text, path in links.items() if text.startswith(label)]
        assert paths, f"no link {label!r} among {list(links)}"
        await self.open(paths[0])

    async def go(self, label: str) -> None:
        """The link or else the button of this label, whichever the page has."""
        texts = [re.sub(r"^\W+", "", text) for text in self.page.links]
        if any(text.startswith(label) for text in texts):
            await self.follow(label)
        else:
            await self.press(label)

    async def _post(self, action, fields, files) -> None:
        await super()._post(action, fields, files)
        if self.status == 303:
            await self.open(self.headers["location"])


def a_client(town: Town, **more) -> httpx.AsyncClient:
    """One more browser, with nothing in it. An error that nobody caught comes out of it."""
    server = town.program.server
    assert server
    return httpx.AsyncClient(transport=httpx.ASGITransport(server.app), base_url=ADDRESS, **more)


async def link_of(town: Town, who: Character) -> str:
    """The path of a link that the person has just asked for."""
    work, now = town.program.work, town.clock.now()
    context = Context(work, await actor_of(work, who.address), now)
    return f"/vao/{(await web_sessions.own_link(context)).code}"
