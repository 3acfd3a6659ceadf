"""An officer's phone: Chromium with the page that it keeps, on a road that may break."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

from PIL import Image

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
WAIT = 60_000  # ms; only a broken page is ever waited for this long
SAVED = "Đã ghi vào máy."
# The clock of the phone as somebody sets it: it stays so when the page is opened again.
_CLOCK = """(() => {
  const real = Date.now;
  Date.now = () => real() + Number(localStorage.getItem("jump") || 0);
})()"""


def picture(shade: int = 120, width: int = 640) -> bytes:
    """A photograph of a phone, with its make inside."""
    image = Image.new("RGB", (width, 480), (shade % 256, 80, 60))
    exif = Image.Exif()
    exif[0x010F] = "Hãng máy ảnh"
    data = BytesIO()
    image.save(data, "JPEG", exif=exif)
    return data.getvalue()


class Phone:
    """One browser with its storage; at most one page is open."""

    def __init__(self, context: Any, address: str) -> None:
        self._context, self._address = context, address
        self.page: Any = None
        self.errors: list[str] = []

    async def open(self) -> None:
        self.page = await self._context.new_page()
        self.page.set_default_timeout(WAIT)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
        await self.page.goto(f"{self._address}/bao-cao/")
        await self.page.wait_for_selector("main section")

    async def enter(self, cookies: dict[str, str]) -> None:
        """Somebody comes in on this phone; nobody, where there are no cookies."""
        await self._context.clear_cookies()
        await self._context.add_cookies(
            [{"name": name, "value": v, "url": self._address} for name, v in cookies.items()]
        )

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self._address}{path}")

    async def text(self) -> str:
        text: str = await self.page.inner_text("body")
        return text

    async def kept(self) -> None:
        """Wait until the page can be opened without coverage."""
        await self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    async def offline(self, off: bool = True) -> None:
        await self._context.set_offline(off)

    async def kill(self) -> None:
        """The page is gone, in the middle of whatever it does."""
        session = await self._context.new_cdp_session(self.page)
        async with self.page.expect_event("crash"):
            crash = asyncio.ensure_future(session.send("Page.crash"))
        crash.cancel()  # nobody answers it any more
        await asyncio.gather(crash, return_exceptions=True)
        await self.page.close()

    async def close(self) -> None:
        """Nobody has this phone any more."""
        await self._context.close()

    async def is_full(self, full: bool = True) -> None:
        """The phone keeps nothing more, as browsers say it."""
        refuse = """() => {
          window.saveForTrue = Store.save;
          Store.save = () => Promise.reject(new DOMException("", "QuotaExceededError"));
        }"""
        await self.page.evaluate(refuse if full else "() => { Store.save = window.saveForTrue; }")

    async def jump(self, seconds: int) -> None:
        await self.page.evaluate(f"localStorage.setItem('jump', {seconds * 1000})")

    async def begin(self, visit: int | str) -> None:
        """Begin the report of a visit, or go on with it."""
        await self.line(visit).locator("button.main").click()
        await self.page.wait_for_selector("[data-step]")

    async def choose_site(self, words: str) -> None:
        """Somewhere nobody was sent, by a few letters of its name: the first that fits."""
        await self.tap("➕ Báo cáo lượt ngoài kế hoạch")
        await self.page.locator("#site").fill(words)
        await self.page.locator("#found button").first.click()

    async def begin_unplanned(self, words: str) -> str:
        """Begin the report of a visit there; what its line is known by."""
        await self.choose_site(words)
        no = self.page.get_by_role("button", name="Không, đây là lượt ngoài kế hoạch")
        step = self.page.locator("[data-step]").first
        await step.or_(no).first.wait_for()
        if await no.count():
            await no.click()
        await step.wait_for()
        await self.write("…")
        await self.saved()
        (draft,) = [r for r in await self.rows() if r["state"] == "draft" and not r["visit"]["id"]]
        return str(draft["visit"]["mark"])

    async def refresh(self) -> None:
        await self.tap("Cập nhật danh sách")

    async def tap(self, label: str) -> None:
        await self.page.get_by_role("button", name=label, exact=True).first.click()

    async def tap_if_there(self, visit: int | str, label: str) -> bool:
        """Whether a visit has such a button; its list may be drawn anew at any moment."""
        was_there: bool = await self.page.evaluate(
            """([visit, label]) => {
              const line = document.querySelector(`[data-visit="${visit}"]`);
              const all = line ? Array.from(line.querySelectorAll("button")) : [];
              const button = all.find((b) => b.textContent === label);
              if (button) { button.click(); }
              return Boolean(button);
            }""",
            [visit, label],
        )
        return was_there

    def line(self, visit: int | str) -> Any:
        return self.page.locator(f'.line[data-visit="{visit}"]')

    def step(self, key: str) -> Any:
        return self.page.locator(f'[data-step="{key}"]')

    async def fill(self, words: str) -> None:
        """Everything that is asked of everybody, in the fewest taps."""
        await self.step("visited_on").locator("input[type=radio]").first.check()
        await self.fill_rest(words)

    async def fill_rest(self, words: str) -> None:
        """The same but the day."""
        await self.step("kind").get_by_label("Đối thoại").check()
        await self.step("workers_met").get_by_role("button", name="10", exact=True).click()
        await self.step("topics").get_by_role("button", name="Còn lại chưa có vấn đề").click()
        await self.write(words)

    async def write(self, words: str) -> None:
        await self.step("situation").locator("textarea").fill(words)

    async def add_photo(self, data: bytes) -> None:
        """As by the phone's own picker; waits until it is kept."""
        files = self.step("situation").locator(".files li")
        before = await files.count()
        photo = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": data}
        await self.step("situation").locator('[data-pick="photos"]').set_input_files(photo)
        await files.nth(before).wait_for()

    async def saved(self) -> None:
        """Wait until the page says that all of it is in the phone."""
        await self.page.locator("#saved", has_text=SAVED).wait_for()

    async def hand_in(self) -> None:
        await self.page.get_by_role("button", name="Gửi báo cáo").click()
        await self.page.wait_for_selector("[data-part]")

    async def wait_for(self, state: str, visit: int | str) -> None:
        """Until the report of a visit is said to be in this state."""
        await self.page.wait_for_selector(f'[data-visit="{visit}"][data-state="{state}"]')

    async def rows(self) -> list[dict[str, Any]]:
        """What the phone holds, without the pictures' bytes."""
        rows: list[dict[str, Any]] = await self.page.evaluate("Store.reports()")
        return rows


@asynccontextmanager
async def browser() -> AsyncIterator[Any]:
    """Chromium, until the block is left."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        await chromium.close()


async def phone_in(chromium: Any, address: str) -> Phone:
    context = await chromium.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    await context.add_init_script(_CLOCK)
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    return Phone(context, address)
