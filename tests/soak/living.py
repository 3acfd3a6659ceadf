"""A town that works on while something is done to its program, and what is counted afterwards."""

import asyncio
import json
import os
import random
import re
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Protocol

from sqlalchemy import Engine, create_engine, text
from sqlmodel import col, select

from bot.cases.services import site_links
from bot.channels.retries import LONGEST_PROBE_SECONDS
from storage.enums import OutboxState
from storage.invariants import Broken
from storage.migrations import upgrade
from storage.models import OutboxMessage, metadata
from storage.store import Store
from tests import cast, soundness
from tests.e2e.processes import PATIENCE
from tests.soak.people import (
    Script,
    Somebody,
    concern_at,
    import_of,
    report_of,
    request_about,
)
from tests.soak.processes import QuickTown
from tests.units.papers.sheets import units

ROUNDS = int(os.environ.get("SATCOSO_SOAK_ROUNDS", "1000"))
MINUTES = float(os.environ.get("SATCOSO_SOAK_MINUTES", "60"))
SEED = int(os.environ.get("SATCOSO_SOAK_SEED", str(random.randrange(10_000))))
LINK = site_links.parameter(cast.VAULT, cast.SEN_VANG.id)
SITES = {
    "An": (cast.SEN_VANG, cast.TAN_LUA, cast.BA_NHIP),
    "Bình": (cast.SONG_LANH, cast.VI_NA_SUN),
    "Cúc": (cast.BEN_QUE, cast.PHU_LOC, cast.NAM_GIANG),
}
KEPT = os.environ.get(
    "SATCOSO_SOAK_KEPT"
)  # where a failed run is kept; None: with what is temporary
UNDER_WAY = {"outbox_message.sending", "inbox_update.handled"}  # may be so while people act


class Trouble(Protocol):
    """What is done to the program. `rounds`: how often it was so far."""

    rounds: int

    def meets(self, somebody: Somebody) -> None:
        """Somebody is about to begin."""
        ...

    def act_done(self) -> None:
        """Somebody has just sent something and waits for what comes of it."""
        ...


class Ledger:
    """What people know to be done: each exactly once in the database."""

    COUNTS: ClassVar[dict[str, str]] = {
        "reports": "SELECT situation, count(*) FROM visit_report GROUP BY situation",
        "concerns": 'SELECT text, count(*) FROM "case" GROUP BY text',
        "requests": "SELECT title, count(*) FROM report_request GROUP BY title",
        "imports": "SELECT name, count(*) FROM unit WHERE code LIKE 'KCN-N%' GROUP BY name",
    }

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._acknowledged: dict[str, set[str]] = {kind: set() for kind in self.COUNTS}
        self._sent: dict[str, set[str]] = {kind: set() for kind in self.COUNTS}

    def sends(self, kind: str, words: str) -> None:
        with self._lock:
            self._sent[kind].add(words)

    def acknowledged(self, kind: str, words: str) -> None:
        with self._lock:
            self._acknowledged[kind].add(words)

    def check(self) -> None:
        """What was acknowledged is there, once, and nothing that nobody sent."""
        with self._lock, self._engine.connect() as database:
            for kind, query in self.COUNTS.items():
                rows = dict(database.execute(text(query)).all())
                lost = self._acknowledged[kind] - rows.keys()
                assert not lost, f"{kind} lost: {lost}"
                twice = {words: n for words, n in rows.items() if n > 1}
                assert not twice, f"{kind} done twice: {twice}"
                strange = rows.keys() - self._sent[kind]
                assert not strange, f"{kind} from nobody: {strange}"

    def check_all(self) -> None:
        """At the end everything that was sent is there, whether its end was said or not."""
        for kind, sent in self._sent.items():
            print(f"{kind}: {len(sent - self._acknowledged[kind])} without their end said")
            self._acknowledged[kind] |= sent
        self.check()

    def words(self, kind: str) -> set[str]:
        return set(self._acknowledged[kind])

    def counts(self) -> dict[str, int]:
        return {kind: len(words) for kind, words in self._acknowledged.items()}


class Life:
    """One town from its start to its end, with everything counted."""

    def __init__(self, town: QuickTown) -> None:
        self.town, self.chance = town, random.Random(SEED)
        self._engine = create_engine(town.url.replace("+aiosqlite", ""), pool_pre_ping=True)
        self.ledger = Ledger(self._engine)
        self._keeping, self._kept = threading.Lock(), False
        asyncio.run(self._settle())

    def look(self) -> None:
        """After a round: the database is sound, and nothing is lost or done twice."""
        broken = [one for one in asyncio.run(self._broken()) if one.name not in UNDER_WAY]
        assert not broken, broken
        self.ledger.check()

    def live(self, trouble: Trouble, rounds: int) -> str:
        """Everybody goes on until there were so many rounds; then all is counted, in words."""
        print(f"\nseed {SEED}")
        end, over = time.monotonic() + 60 * MINUTES, threading.Event()
        for one in cast.KNOWN:
            Somebody(self.town, one.telegram_id, one.name, trouble.act_done)
        self.town.start()

        def go_on(kind: str, name: str, make: Callable[[int], tuple[str, int, Script]]) -> None:
            number, known = 0, dict[int, Somebody]()
            while trouble.rounds < rounds and time.monotonic() < end and not over.is_set():
                number += 1
                words, telegram_id, script = make(number)
                self.ledger.sends(kind, words)
                if telegram_id not in known:
                    known[telegram_id] = Somebody(self.town, telegram_id, name, trouble.act_done)
                somebody = known[telegram_id]
                trouble.meets(somebody)
                try:
                    if somebody.follow(script):
                        self.ledger.acknowledged(kind, words)
                except BaseException:
                    self._keep()
                    raise

        with ThreadPoolExecutor(len(JOBS)) as pool:
            under_way = [pool.submit(go_on, *job) for job in JOBS]
            done, _ = wait(under_way, return_when=FIRST_EXCEPTION)
            if any(job.exception() for job in done):
                over.set()
            for job in done:
                job.result()
        try:
            return self._ended(trouble)
        except BaseException:
            self._keep()
            raise

    def _keep(self) -> None:
        """For whoever reads why it failed: the town's folder with its log and key, all rows, all
        chats. Only what failed first is kept.
        """
        with self._keeping:
            if self._kept:
                return
            self._kept = True
            folder = Path(tempfile.mkdtemp(prefix=f"soak-{SEED}-", dir=KEPT))
            shutil.copytree(self.town.folder, folder / "town")
            people = self.town.get("/people")
            chats = {p["id"]: self.town.get(f"/people/{p['id']}/chat", after=0) for p in people}
            _write(folder / "chats.json", chats)
            with self._engine.connect() as database:
                rows: dict[str, list[dict[str, Any]]] = {
                    table.name: [dict(row) for row in database.execute(table.select()).mappings()]
                    for table in metadata.sorted_tables
                }
            _write(folder / "rows.json", rows)
            print(f"kept to be read: {folder}")

    def _ended(self, trouble: Trouble) -> str:
        self._all_sent()
        self.town.stop()
        broken = asyncio.run(self._broken())
        assert not broken, broken
        self.ledger.check_all()
        result = f"{trouble.rounds} rounds; done: {self.ledger.counts()}; {self._told()}"
        self._engine.dispose()
        return result

    def _all_sent(self) -> None:
        """Nothing goes wrong any more: what is owed by now goes out, however long its pauses are.

        Raises AssertionError.
        """
        self.town.http.delete("/faults").raise_for_status()
        end = time.monotonic() + PATIENCE + LONGEST_PROBE_SECONDS
        while owed := self._owed():
            assert time.monotonic() < end, f"not sent: {owed}\n{self.town.log()[-3000:]}"
            time.sleep(0.2)

    def _owed(self) -> list[tuple[int, int, str]]:
        """Id, attempts and last error of each message whose moment is here."""
        now = datetime.fromisoformat(self.town.get("/clock")["now"])
        waiting = col(OutboxMessage.state).in_((OutboxState.PENDING, OutboxState.SENDING))
        with self._engine.connect() as database:
            rows = database.execute(
                select(OutboxMessage.id, OutboxMessage.attempts, OutboxMessage.error).where(
                    waiting, OutboxMessage.not_before <= now
                )
            )
            return [tuple(row) for row in rows]

    def _told(self) -> str:
        """Whether the leader of a unit heard of each request: at least once; how often twice."""
        dung = Somebody(self.town, cast.DUNG.telegram_id, "Dũng", lambda: None)
        heard = Counter(
            title
            for message in dung.messages
            for title in set(TITLE.findall(message.get("text") or ""))
        )
        titles = self.ledger.words("requests")
        unheard = titles - heard.keys()
        assert not unheard, unheard
        return f"{len(titles)} requests told, {sum(n > 1 for n in heard.values())} of them twice"

    async def _settle(self) -> None:
        store = Store(self.town.url)
        await upgrade(store)
        await cast.settle(store)
        await store.close()

    async def _broken(self) -> list[Broken]:
        store = Store(self.town.url)
        now = datetime.fromisoformat(self.town.get("/clock")["now"])
        try:
            return await soundness.broken(store, now)
        finally:
            await store.close()


def _write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1, default=str))


def _report(one: cast.Character, number: int) -> tuple[str, int, Script]:
    words = f"{one.name} {number}: công nhân đề nghị tăng tiền ăn ca, sửa quạt thông gió ở xưởng"
    sites = SITES[one.name]
    return words, one.telegram_id, report_of(sites[number % len(sites)].name, words)


def _concern(worker: int, number: int) -> tuple[str, int, Script]:
    words = f"Người {worker}, lần {number}: công ty trả lương chậm, tiền tăng ca không đủ"
    return words, 7_200_000_000 + 100_000 * worker + number, concern_at(LINK, words)


TITLE = re.compile(r"Tình hình thưởng Tết, lần \d+")


def _request(number: int) -> tuple[str, int, Script]:
    title = f"Tình hình thưởng Tết, lần {number}"
    return title, cast.GIANG.telegram_id, request_about(title)


def _import(number: int) -> tuple[str, int, Script]:
    """A new enterprise; the one of the time before is merged into it."""
    name = f"Gỗ Minh Thới {number}"
    new = {"code": f"KCN-N{number}", "name": name, "kind": "doanh nghiệp chưa có công đoàn"}
    rows = [{**new, "parent": "KCN", "workers": 100 + number}]
    if number > 1:
        end = {"dissolved_on": "15/11/2026", "successor": f"KCN-N{number}"}
        rows.append({"code": f"KCN-N{number - 1}", **end})
    return name, cast.HA.telegram_id, import_of(lambda: units(*rows))


JOBS: tuple[tuple[str, str, Callable[[int], tuple[str, int, Script]]], ...] = (
    *(("reports", one.name, partial(_report, one)) for one in (cast.AN, cast.BINH, cast.CUC)),
    *(("concerns", "Na", partial(_concern, worker)) for worker in range(2)),
    ("requests", "Giang", _request),
    ("imports", "Hà", _import),
)
