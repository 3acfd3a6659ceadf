"""compose.yaml and the files of docs/deploy fit together and fit the program."""

import re
import tomllib
from pathlib import Path

from bot.app.health import HealthWatch
from bot.app.serving import about_health
from bot.channels.telegram import webhook
from bot.config.loading import parse
from bot.config.settings import Settings, Telegram, Web
from tests import cast

ROOT = Path(__file__).parents[2]
EXAMPLE = "docs/deploy/config.toml.example"
DEPLOY = ROOT / "docs" / "deploy"
COMPOSE = (ROOT / "compose.yaml").read_text("utf-8")
PROXY = (DEPLOY / "Caddyfile").read_text("utf-8")


def settings() -> Settings:
    values = tomllib.loads((DEPLOY / "config.toml.example").read_text("utf-8"))
    return parse(values, "123456:" + "x" * 35)


def test_the_settings_for_several_bots_are_complete() -> None:
    assert settings().database.shared
    assert settings().telegram.mode == "webhook"


def test_the_proxy_passes_updates_on_to_every_bot_and_nothing_else() -> None:
    bots = re.findall(r"^  (bot-\w+):\n    <<: \*bot$", COMPOSE, re.MULTILINE)
    assert len(bots) == 2
    port = settings().telegram.webhook_port
    assert f"reverse_proxy {' '.join(f'{bot}:{port}' for bot in bots)} {{" in PROXY
    assert re.findall(r"^\t\tpath (.*)$", PROXY, re.MULTILINE) == [webhook.PATH]
    assert settings().telegram.webhook_url.endswith(webhook.PATH)
    assert webhook.LARGEST == 4 * 1024 * 1024
    assert "max_size 4MB" in PROXY
    watch = HealthWatch(None, cast.clock_at(cast.MONDAY))  # type: ignore[arg-type]
    [asked] = re.findall(r"health_uri (.*)$", PROXY, re.MULTILINE)
    assert asked in {route.path for route in about_health(watch)}  # type: ignore[attr-defined]


def test_the_database_is_reached_by_the_name_and_user_it_has() -> None:
    assert "//satcoso:PASSWORD@database/satcoso" in settings().database.url
    for line in ("  database:\n", "POSTGRES_USER: satcoso\n", "POSTGRES_DB: satcoso\n"):
        assert line in COMPOSE


def test_every_file_and_volume_that_is_mounted_is_there() -> None:
    mounts = re.findall(r"^ +- (\S+?):/\S+", COMPOSE, re.MULTILINE)
    volumes = re.findall(r"^  (\w+):$", COMPOSE.partition("\nvolumes:\n")[2], re.MULTILINE)
    files = {mount.removeprefix("./") for mount in mounts if mount.startswith("./")}
    assert {mount for mount in mounts if not mount.startswith("./")} == set(volumes)
    assert files == {"config.toml", "docs/deploy/Caddyfile"}
    assert f"cp {EXAMPLE} config.toml" in COMPOSE  # what the first lines tell to do
    assert all((ROOT / name).exists() for name in ("docs/deploy/Caddyfile", EXAMPLE))


def test_the_proxies_of_the_pages_write_down_nobodys_address_not_even_where_something_fails() -> (
    None
):
    caddy = (DEPLOY / "Caddyfile.web").read_text("utf-8")
    options = caddy.partition("\n{\n")[2].partition("\n}\n")[0]
    [excluded] = re.findall(r"^\t\texclude (.*)$", options, re.MULTILINE)
    assert {"http.log", "http.handlers"} <= set(excluded.split())  # both quote the request
    assert not re.findall(
        r"^\t+log$|^\tlog \{", caddy.partition("{$SATCOSO_HOST}")[2], re.MULTILINE
    )
    nginx = (DEPLOY / "nginx.conf.example").read_text("utf-8")
    assert "access_log off;" in nginx
    assert "error_log /dev/null crit;" in nginx


def test_the_proxies_of_the_pages_name_the_ports_that_the_program_listens_on() -> None:
    for name in ("Caddyfile.web", "nginx.conf.example"):
        proxy = (DEPLOY / name).read_text("utf-8")
        assert f"127.0.0.1:{Web().port}" in proxy
        assert f"webhook_port, {Telegram().webhook_port} where it was not changed" in proxy
