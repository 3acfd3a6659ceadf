"""Several real programs on one PostgreSQL behind one address, as compose.yaml starts them."""

import http.client
import itertools
import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import psycopg

from storage.locks import LEADER
from tests.e2e.processes import PATIENCE, TOKEN, Town
from tests.ports import free_port
from tests.soak.processes import served

SECRET = "only-telegram-knows"
PATIENCE_OF_PROXY = 10  # seconds for one program's answer
WHO_LEADS = (
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
    f"WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.objid = {LEADER}"
)
CONFIG = """\
[telegram]
token = "{token}"
base_url = "{url}/bot"
base_file_url = "{url}/file/bot"
mode = "webhook"
webhook_url = "http://127.0.0.1:{proxy}/telegram"
webhook_listen = "127.0.0.1"
webhook_port = {port}
webhook_secret = "{secret}"

[database]
url = "{database}"
files = "{folder}/files"
shared = {shared}

[privacy]
key_file = "{folder}/satcoso.key"

[health]
file = "{folder}/health-{name}"

[sandbox]
clock_url = "{url}/sandbox/clock"
"""


class Proxy:
    """One address for all programs: each request goes to the next of them, else to another."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.brought = Counter[int]()  # port -> requests it has answered
        self._turn = itertools.count()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def forward(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """The status of the first program that answers; 502: none does."""
        first = next(self._turn)
        for number in range(len(self.ports)):
            port = self.ports[(first + number) % len(self.ports)]
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_OF_PROXY)
            try:
                connection.request("POST", path, body, headers)
                status = connection.getresponse().status
            except (OSError, http.client.HTTPException):
                continue
            finally:
                connection.close()
            self.brought[port] += 1
            return status
        return 502

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Forward(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {k: v for k, v in self.headers.items() if k.lower() != "host"}
                self.send_response(proxy.forward(self.path, headers, body))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None: ...

        return Forward


class Program:
    """One of the programs, with a port, a configuration and a log of its own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self.config = name, folder / f"{name}.toml"
        self.log_file = folder / f"{name}.log"
        self.port = free_port()
        self.process: ForkServerProcess | None = None

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def start(self) -> None:
        self.process = served(self.config, self.log_file)

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.join()

    def wait_until_there(self) -> None:
        """Until it answers the question whether it is there."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.runs, self.log()
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(self.log())

    def log(self) -> str:
        return self.log_file.read_text() if self.log_file.exists() else ""


class Cluster(Town):
    """A sandbox, a proxy and several programs; what `Town` does with one, done with all."""

    def __init__(self, folder: Path, start_at: str, database: str, names: str = "ab") -> None:
        super().__init__(folder, start_at)
        self.database = database
        self.proxy = Proxy()
        self.programs = [Program(folder, name) for name in names]
        for program in self.programs:
            program.config.write_text(
                CONFIG.format(
                    token=TOKEN,
                    url=str(self.http.base_url).rstrip("/").removesuffix("/sandbox"),
                    folder=folder.as_posix(),
                    proxy=self.proxy.port,
                    port=program.port,
                    secret=SECRET,
                    database=database,
                    name=program.name,
                    shared=json.dumps(len(names) > 1),
                )
            )
        self.proxy.ports = [program.port for program in self.programs]

    def start(self) -> None:
        """All at the same moment, as a machine that comes up does it."""
        for program in self.programs:
            program.start()
        for program in self.programs:
            program.wait_until_there()
        self.leader()

    def leader(self) -> Program:
        """Whoever does what only one may, once there is one."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for (name,) in self.rows(WHO_LEADS):
                for program in self.programs:
                    if f"run={name.split()[1]}\n" in program.log():
                        return program
            time.sleep(0.05)
        raise AssertionError(self.log())

    def close(self) -> None:
        for program in self.programs:
            if program.runs:
                program.kill()
        self.proxy.close()
        super().close()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.replace("+psycopg", "")) as connection:
            return connection.execute(query.encode()).fetchall()

    def log(self) -> str:
        return "\n".join(f"--- {p.name}\n{p.log()[-3000:]}" for p in self.programs)
