"""Real proxies in front of a program's server, as the example files for operators set them up."""

import asyncio
import os
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.ports import free_port
from tests.test_docs import ROOT

EXAMPLES = ROOT / "docs" / "deploy"
PATIENCE = 60.0  # seconds; only a broken proxy is ever waited for this long
HERE = "127.0.0.1"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Proxy:
    """`folder`: where all that it writes would be. `address`: of the pages behind it."""

    folder: Path
    address: str
    plain_address: str
    process: asyncio.subprocess.Process

    def written(self) -> bytes:
        """All that stands in its logs and in what it said while it ran."""
        return b"\n".join(path.read_bytes() for path in sorted(self.folder.glob("*.log")))

    def spooled(self) -> list[Path]:
        """What passes through and lies on the disk now."""
        return [path for path in self.folder.glob("spool-*/**/*") if path.is_file()]


def certificate(folder: Path, host: str = HERE) -> tuple[Path, Path]:
    """One of our own for an address, ECDSA, with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


@asynccontextmanager
async def nginx(
    folder: Path, upstream: str, host: str = HERE, port: int = 0, other: Sequence[Pair] = ()
) -> AsyncIterator[Proxy]:
    """By `nginx.conf.example`, inside of what distributions put around it: logs of everything.
    `other`: (what it says, what it is to say instead).
    """
    port, plain = port or free_port(), free_port()
    cert, key = certificate(folder, host)
    site = _replaced(
        (EXAMPLES / "nginx.conf.example").read_text(),
        ("listen 80;", f"listen {host}:{plain};"),
        ("listen 443 ssl http2;", f"listen {host}:{port} ssl http2;"),
        ("/etc/letsencrypt/live/congdoan.example.vn/fullchain.pem", str(cert)),
        ("/etc/letsencrypt/live/congdoan.example.vn/privkey.pem", str(key)),
        ("http://127.0.0.1:8080", upstream),
        *other,
    )
    (folder / "site.conf").write_text(site)
    spools = "".join(
        f"{name}_temp_path {folder}/spool-{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""  # else its worker may not enter the folder
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {folder}/pid;\n"
        f"error_log {folder}/error.log info;\nevents {{}}\nhttp {{\n"
        f"access_log {folder}/access.log;\n{spools}include {folder}/site.conf;\n}}\n"
    )
    command = ["nginx", "-p", str(folder), "-e", f"{folder}/error.log", "-c"]
    async with _running(folder, [*command, f"{folder}/nginx.conf"], (host, port)) as process:
        yield Proxy(folder, f"https://{host}:{port}", f"http://{host}:{plain}", process)


@asynccontextmanager
async def caddy(folder: Path, upstream: str, host: str = HERE) -> AsyncIterator[Proxy]:
    """By `Caddyfile.web`, with a certificate of its own making and no other port."""
    port = free_port()
    cert, key = certificate(folder, host)
    site = _replaced(
        (EXAMPLES / "Caddyfile.web").read_text(),
        ("{\n\tlog default", "{\n\tadmin off\n\tauto_https disable_redirects\n\tlog default"),
        ("{$SATCOSO_HOST} {\n", f"{{$SATCOSO_HOST}} {{\n\ttls {cert} {key}\n"),
        ("127.0.0.1:8080", upstream.removeprefix("http://")),
    )
    (folder / "Caddyfile").write_text(site)
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]
    address = f"https://{host}:{port}"
    homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "SATCOSO_HOST": address}
    async with _running(folder, command, (host, port), **homes) as process:
        yield Proxy(folder, address, "", process)


PROXIES: dict[str, Callable[..., AbstractAsyncContextManager[Proxy]]] = {
    name: proxy for name, proxy in (("nginx", nginx), ("caddy", caddy)) if shutil.which(name)
}


@asynccontextmanager
async def _running(
    folder: Path, command: list[str], at: tuple[str, int], **environment: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    with (folder / "said.log").open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=said, stderr=subprocess.STDOUT, env={**os.environ, **environment}
        )
    try:
        async with asyncio.timeout(PATIENCE):
            while not await _listens(*at):
                assert process.returncode is None, (folder / "said.log").read_text()
                await asyncio.sleep(0.05)
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _listens(host: str, port: int) -> bool:
    """Whether a handshake succeeds there."""
    try:
        _, writer = await asyncio.open_connection(host, port, ssl=trusting())
    except OSError:
        return False
    writer.close()
    return True


def trusting() -> ssl.SSLContext:
    """Of a client that takes any certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _replaced(text: str, *pairs: Pair) -> str:
    for before, after in pairs:
        assert before in text, f"the example says {before!r} no more"
        text = text.replace(before, after)
    return text
