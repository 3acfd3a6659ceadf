"""A local Telegram for trying out and testing the bot: Bot API, people, clock, web chat."""

import argparse
import socket
from pathlib import Path

from bot.sandbox.app import DEFAULT_TOKEN, create_app
from bot.sandbox.errors import Refusal
from bot.sandbox.moments import parse_iso
from bot.sandbox.serving import make_server


def main(arguments: list[str] | None = None) -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080, help="0: any free one")
    parser.add_argument("--data", type=Path, help="folder for the state; without it: memory only")
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--start-at", help="ISO moment of a fresh sandbox, Vietnamese time")
    parser.add_argument("--web", default="", help="where the program's own pages are")
    options = parser.parse_args(arguments)
    fresh = options.data is None or not (options.data / "sandbox.json").is_file()
    app = create_app(options.data, options.token, options.host)
    app.state.web = options.web
    if options.start_at and fresh:
        try:
            app.state.world.clock.set(parse_iso(options.start_at))
        except Refusal as refusal:
            parser.error(refusal.reason)
    try:
        listener = socket.create_server((options.host, options.port))
    except OSError as error:
        parser.error(f"cannot listen on {options.host}:{options.port}: {error.strerror}")
    print(f"Sandbox: http://{options.host}:{listener.getsockname()[1]}/", flush=True)
    make_server(app).run(sockets=[listener])


if __name__ == "__main__":
    main()
