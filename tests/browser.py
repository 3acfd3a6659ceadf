"""One browser for all tests of a process, to each of them as if it were new.

To start one costs more than most of its tests do. Each test opens pages in a context of its own:
no cookie, no cache and no window of another.
"""

import asyncio
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
PATIENCE = 120_000  # milliseconds; only a broken page is ever waited for this long

in_a_browser = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(BROWSER is None, reason=f"no browser installed ({', '.join(BROWSERS)})"),
]
_QUIET = (
    *("--headless=new", "--no-sandbox", "--remote-debugging-port=0", "--no-first-run"),
    *("--disable-gpu", "--disable-extensions", "--disable-sync", "--mute-audio"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
    *("--disable-background-timer-throttling", "--disable-renderer-backgrounding"),
    # A key that is pressed before a page was first painted counts: else Chromium drops it, and on
    # a busy machine that is long after the page was loaded.
    *("--allow-pre-commit-input", "--disable-features=PaintHolding", "--disable-hang-monitor"),
)


@contextmanager
def running(folder: Path, *more: str) -> Iterator[str]:
    """A browser until the block is left, started with what is said `more`; the address where it is
    told what to do.
    """
    process = subprocess.Popen(
        [str(BROWSER), *_QUIET, *more, f"--user-data-dir={folder}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    written, end = folder / "DevToolsActivePort", time.monotonic() + PATIENCE / 1000
    while not (written.exists() and len(lines := written.read_text().split()) == 2):
        assert process.poll() is None, "the browser has ended"
        assert time.monotonic() < end, "the browser does not come up"
        time.sleep(0.05)
    yield f"ws://127.0.0.1:{lines[0]}{lines[1]}"
    process.terminate()
    process.wait()


@asynccontextmanager
async def pages(address: str, **options: Any) -> AsyncIterator[Any]:
    """A context of the browser at `address`; an error in any of its pages fails the test.
    `options`: as Playwright's `new_context` has them.
    """
    from playwright.async_api import async_playwright

    errors: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(address)
        context = await browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        yield context
        await context.close()
    assert errors == []


def file_picker(page: Any) -> asyncio.Future[Any]:
    """What the page's next file picker will be. Asked for steps before the press that opens it: a
    browser that was told a moment before may open its own.
    """
    opened: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    page.once("filechooser", lambda chooser: opened.set_result(chooser))
    return opened


async def pick(opened: asyncio.Future[Any], files: Any) -> None:
    """These files, as soon as the picker is open."""
    async with asyncio.timeout(PATIENCE / 1000):
        await (await opened).set_files(files)
