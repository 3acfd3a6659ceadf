"""A slow line to servers on this machine: a network device whose packets are held up and let
through at a rate. Everything is as on a real line: handshakes, windows that open slowly.

Needs Linux and the right to make a device (root). Whoever asks `FAR` comes to what listens on
`NEAR`: the packet turns round with its two addresses exchanged, which leaves its checksums right.

As a program: `python -m tests.bench.slow_line DELAY_MS DOWN_KBIT UP_KBIT PORT...`; `PORT`: those
that servers listen on, by which the two directions are told apart. Ends with its standard input.
"""

import asyncio
import fcntl
import os
import struct
import subprocess
import sys
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

NEAR, FAR = "10.213.97.1", "10.213.97.2"
DEVICE = "slowline"
TUN = Path("/dev/net/tun")
LONGEST_PACKET = 1400  # what mobile networks leave of an Ethernet's 1500
IS_POSSIBLE = TUN.exists() and os.geteuid() == 0
_SET_DEVICE, _PACKETS_ALONE = 0x400454CA, 0x1001  # TUNSETIFF; IFF_TUN | IFF_NO_PI


@asynccontextmanager
async def slow_line(
    delay_ms: float, down: int, up: int, ports: Collection[int]
) -> AsyncIterator[str]:
    """The address behind the line, while the block lasts. `delay_ms`: there and back."""
    line = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.slow_line"),
        *map(str, (delay_ms, down, up, *ports)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert line.stdin
    assert line.stdout
    assert await line.stdout.readline(), "there is no line"
    try:
        yield FAR
    finally:
        line.stdin.close()
        await line.wait()


class _Direction:
    """One way: a packet after the other at a rate, each so much later."""

    def __init__(self, device: int, delay: float, kbit: int) -> None:
        self._device, self._delay, self._rate = device, delay, kbit * 125
        self._free_at = 0.0

    def carry(self, packet: bytes) -> None:
        loop = asyncio.get_running_loop()
        begun = max(self._free_at, loop.time())
        self._free_at = begun + len(packet) / self._rate
        loop.call_at(self._free_at + self._delay, os.write, self._device, packet)


async def _main(delay_ms: float, down: int, up: int, ports: Collection[int]) -> None:
    device = _made()
    delay = delay_ms / 2000
    ways = {True: _Direction(device, delay, up), False: _Direction(device, delay, down)}

    def carry() -> None:
        packet = os.read(device, 65536)
        if packet[0] >> 4 != 4:  # IPv6 of the system's own
            return
        header = (packet[0] & 15) * 4
        to_port = struct.unpack_from("!H", packet, header + 2)[0]
        turned = packet[:12] + packet[16:20] + packet[12:16] + packet[20:]
        ways[to_port in ports].carry(turned)

    loop = asyncio.get_running_loop()
    loop.add_reader(device, carry)
    print("here", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


def _made() -> int:
    device = os.open(TUN, os.O_RDWR)
    fcntl.ioctl(device, _SET_DEVICE, struct.pack("16sH22x", DEVICE.encode(), _PACKETS_ALONE))
    for command in (
        f"ip address add {NEAR}/30 dev {DEVICE}",
        f"ip link set {DEVICE} mtu {LONGEST_PACKET} up",
    ):
        subprocess.run(command.split(), check=True)
    return device


if __name__ == "__main__":
    _delay, *_numbers = sys.argv[1:]
    _down, _up, *_ports = map(int, _numbers)
    asyncio.run(_main(float(_delay), _down, _up, _ports))
