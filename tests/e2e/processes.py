"""The real processes: the sandbox and the program, started and stopped as an operator would."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

TOKEN = "123456:sandbox"
PATIENCE = 180  # seconds; only a broken program is ever waited for this long

CONFIG = """\
[telegram]
token = "{token}"
base_url = "{url}/bot"
base_file_url = "{url}/file/bot"

[database]
url = "sqlite+aiosqlite:///{folder}/satcoso.db"
files = "{folder}/files"

[privacy]
key_file = "{folder}/satcoso.key"

[sandbox]
clock_url = "{url}/sandbox/clock"
"""


class Town:
    """A sandbox process and a program process that know each other only over HTTP."""

    def __init__(self, folder: Path, start_at: str) -> None:
        self.folder, self.config = folder, folder / "config.toml"
        self._log = (folder / "program.log").open("ab")
        given = ("--port", "0", "--data", str(folder), "--token", TOKEN, "--start-at", start_at)
        self.sandbox = subprocess.Popen(
            [sys.executable, "-m", "bot.sandbox", *given], stdout=subprocess.PIPE, text=True
        )
        assert self.sandbox.stdout is not None
        url = self.sandbox.stdout.readline().split()[-1].rstrip("/")
        # No connection is kept: the sandbox drops idle ones while a long run is posting on them.
        self.http = httpx.Client(
            base_url=f"{url}/sandbox",
            timeout=PATIENCE + 60,
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        self.config.write_text(CONFIG.format(token=TOKEN, url=url, folder=folder.as_posix()))
        self.post("/limits", enabled=False)
        self.program: subprocess.Popen[bytes] | None = None

    def satcoso(self, *arguments: str) -> str:
        """A command of the command line; its output."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments, "--config", str(self.config)],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env={**os.environ, "COLUMNS": "200"},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> None:
        """Start the program and wait until it fetches updates."""
        self.program = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--config", str(self.config)],
            stdout=self._log,
            stderr=self._log,
        )
        self.get("/state", wait="polling", timeout=PATIENCE)

    def kill(self) -> None:
        """As a power cut does it."""
        assert self.program is not None
        self.program.send_signal(signal.SIGKILL)
        self.program.wait()

    def stop(self) -> None:
        """As Ctrl-C does it; the program must come to an end by itself."""
        assert self.program is not None
        self.program.send_signal(signal.SIGINT)
        assert self.program.wait(PATIENCE) == 0, self.log()

    def close(self) -> None:
        for process in (self.program, self.sandbox):
            if process and process.poll() is None:
                process.kill()
                process.wait()
        self.http.close()
        self._log.close()

    def log(self) -> str:
        return (self.folder / "program.log").read_text()

    def move_clock(self, **where: str) -> None:
        """Let time pass and wait until everything due on the way has happened."""
        self.post("/clock", **where, wait=True)

    def get(self, path: str, **params: Any) -> Any:
        return self.http.get(path, params=params).raise_for_status().json()

    def post(self, path: str, **body: Any) -> Any:
        answer = self.http.post(path, json=body)
        assert answer.is_success, f"{path} {body}: {answer.text}"
        return answer.json()


class Phone:
    """One person's chat, read and used over the sandbox's HTTP interface."""

    def __init__(self, town: Town, telegram_id: int, name: str) -> None:
        self.town, self.url = town, f"/people/{telegram_id}"
        town.post("/people", id=telegram_id, first_name=name)

    def send(self, text: str) -> None:
        self.town.post(f"{self.url}/send", text=text)

    def photo(self, data: bytes, caption: str) -> None:
        files = {"photo": ("anh.png", data)}
        answer = self.town.http.post(f"{self.url}/send", files=files, data={"caption": caption})
        assert answer.is_success, answer.text

    def click(self, label: str) -> None:
        """Press a button whose label has these words, once it is there."""
        message, data = self.wait_for_button(label)
        self.town.post(f"{self.url}/click", message_id=message, data=data)

    def wait_for_button(self, label: str) -> tuple[int, str]:
        def find(messages: list[dict[str, Any]]) -> tuple[int, str] | None:
            for message in reversed(messages):
                for row in message.get("buttons") or []:
                    for button in row:
                        if label in button["text"]:
                            return message["message_id"], button["callback_data"]
            return None

        return self._until(find, f"no button {label!r}")

    def wait_for(self, words: str) -> str:
        """The newest message of the bot that has these words, once it is there."""

        def find(messages: list[dict[str, Any]]) -> str | None:
            texts = [m["text"] for m in messages if words in (m.get("text") or "")]
            return texts[-1] if texts else None

        return self._until(find, f"nobody said {words!r}")

    def wait_until_newest_has(self, *any_of: str, about: str) -> None:
        """Until the newest message that names `about`, as a whole word, has one of these."""
        named = re.compile(rf"{re.escape(about)}\b")

        def find(messages: list[dict[str, Any]]) -> bool:
            newest = [m["text"] for m in messages if named.search(m.get("text") or "")][-1:]
            return any(words in text for text in newest for words in any_of)

        self._until(find, f"the newest message has none of {any_of}")

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What stands in the chat from the bot, the oldest first."""
        chat = self.town.get(f"{self.url}/chat", after=0, timeout=0)
        return [m for m in chat["messages"] if m["from"] == "bot" and not m["deleted"]]

    def _until(self, find: Any, else_say: str) -> Any:
        """Read the chat until `find` finds; the sandbox's long poll does the waiting."""
        end, event = time.monotonic() + PATIENCE, 0
        while time.monotonic() < end:
            chat = self.town.get(f"{self.url}/chat", after=event, timeout=2)
            event = chat["event"]
            if found := find(self.messages):
                return found
        shown = [m.get("text") for m in self.messages[-3:]]
        raise AssertionError(f"{else_say}; the chat ends with {shown}\n{self.town.log()[-3000:]}")
