"""Pictures sent by nobody in particular on a small server: the keeper stays within 1 GB.

The whole program is loaded in a process of its own, whose data may not grow beyond the limit.
"""

import asyncio
import io
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image
from sqlmodel import select

from storage.addresses import TELEGRAM
from tests.pictures import plain_png

LIMIT = 1_000_000_000  # bytes
COUNT = 8


def _jpeg(width: int, height: int) -> bytes:
    """The kind that its reader has to hold whole, at every size it is decoded to."""
    target = io.BytesIO()
    whole = {"progressive": True, "subsampling": "4:4:4", "quality": 50}
    Image.new("RGB", (width, height), "teal").save(target, "JPEG", **whole)
    return target.getvalue()


def _webp(width: int, height: int) -> bytes:
    target = io.BytesIO()
    Image.new("RGBA", (width, height), "teal").save(target, "WEBP", lossless=True, method=0)
    return target.getvalue()


KINDS = {
    "png of 59 megapixels": (lambda: plain_png(7680, 7680), False),
    "png of 20 megapixels": (lambda: plain_png(5000, 4000), True),
    "webp of 20 megapixels": (lambda: _webp(5000, 4000), True),
    "jpeg of 49 megapixels": (lambda: _jpeg(8064, 6048), True),
}


@pytest.mark.bench
@pytest.mark.parametrize("kind", KINDS)
def test_eight_pictures_at_once_fit_into_one_gigabyte(kind: str, tmp_path: Path) -> None:
    make, is_kept = KINDS[kind]
    (tmp_path / "picture").write_bytes(make())
    done = subprocess.run(
        [sys.executable, __file__, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=300,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout.splitlines()[-1])
    size = (tmp_path / "picture").stat().st_size
    print(
        f"\n{COUNT} x {kind}, {size / 1000:.0f} kB each: peak {result['peak'] / 1e6:.0f} MB, "
        f"{result['before'] / 1e6:.0f} MB before; kept {result['kept']}, "
        f"given up {result['given up']}"
    )
    outcome = {"kept": COUNT, "given up": 0} if is_kept else {"kept": 0, "given up": COUNT}
    assert {name: result[name] for name in outcome} == outcome
    assert result["peak"] < LIMIT


async def _run(folder: Path) -> dict[str, int]:
    """In the process of its own."""
    from bot.app.wiring import build
    from bot.channels.telegram.files import FileKeeper
    from storage.migrations import upgrade
    from storage.models import StoredFile
    from storage.store import Store
    from tests import cast as people

    assert build  # the whole program is in memory
    data = (folder / "picture").read_bytes()
    store, clock = Store(f"sqlite+aiosqlite:///{folder}/satcoso.db"), people.clock_at(people.MONDAY)
    await upgrade(store)
    now = clock.now()
    async with store.write() as session:
        session.add_all(
            StoredFile(
                channel=TELEGRAM,
                reference=str(number),
                unique_id=str(number),
                kind="document",
                private=True,
                created_at=now,
                retry_at=now,
            )
            for number in range(COUNT)
        )
    before = _peak()
    await FileKeeper(store, clock, cast("Any", _Bot(data)), folder / "files").fetch_missing()
    async with store.read() as session:
        files = (await session.exec(select(StoredFile))).all()
    await store.close()
    kept = sum(file.sha256 is not None for file in files)
    lost = sum(file.sha256 is None and file.retry_at is None for file in files)
    return {"before": before, "peak": _peak(), "kept": kept, "given up": lost}


class _Bot:
    """Has the same picture for everybody."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    async def get_file(self, _file_id: str) -> "_Bot":
        return self

    async def download_as_bytearray(self) -> bytearray:
        return bytearray(self._data)


def _peak() -> int:
    """Most memory this process ever had, in bytes; getrusage would count its parent's too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (LIMIT, LIMIT))
    print(json.dumps(asyncio.run(_run(Path(sys.argv[1])))))
