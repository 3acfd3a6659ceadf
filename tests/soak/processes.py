"""The real program as a process that starts in a moment: forked from one that has imported it.

A round of a soak is a kill and a start; most of a start is reading the program's own code.
"""

import multiprocessing
import os
from base64 import b64encode
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests import cast, guardian
from tests.e2e.processes import PATIENCE, Town

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["bot.cli.commands", "bot.app.wiring", "bot.app.assembly"])


class QuickTown(Town):
    """As `Town`, with a key that tests know, and on another database where one is named."""

    def __init__(self, folder: Path, start_at: str, url: str = "") -> None:
        super().__init__(folder, start_at)
        key = folder / "satcoso.key"
        key.write_text(b64encode(cast.KEY).decode())
        key.chmod(0o600)
        own = f"sqlite+aiosqlite:///{folder.as_posix()}/satcoso.db"
        self.url = url or own
        self.config.write_text(self.config.read_text().replace(own, self.url))
        self.process: ForkServerProcess | None = None
        self.starts = 0

    def start(self) -> None:
        self.spawn()
        self.get("/state", wait="polling", timeout=PATIENCE)

    def spawn(self) -> None:
        """Start the program without waiting for it."""
        self.starts += 1
        self.process = served(self.config, self.folder / "program.log")

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def ended(self) -> bool:
        """Whether the program comes to an end by itself, and says that it could not go on."""
        assert self.process is not None
        self.process.join(PATIENCE)
        return self.process.exitcode not in (0, None)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.join()

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.join(PATIENCE)
        assert self.process.exitcode == 0, self.log()[-3000:]

    def close(self) -> None:
        if self.runs:
            self.kill()
        super().close()


def served(config: Path, log: Path) -> ForkServerProcess:
    """`satcoso run` with this configuration, in a process that starts in a moment."""
    process = CONTEXT.Process(target=_serve, args=(str(config), str(log)), daemon=True)
    process.start()
    guardian.also(process.pid or 0)
    return process


def _serve(config: str, log: str) -> None:
    """`satcoso run`, in this process."""
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(file, 1)
    os.dup2(file, 2)
    from bot.cli.commands import app

    app(["run", "--config", config])
