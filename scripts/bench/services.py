"""How is the service itself had? Started as anybody would start it, from the terminal, and asked over HTTP."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.ground import Ground

COMMAND = str(Path(sys.executable).with_name("pathway"))
PATIENCE = 60.0


def environment(ground: Ground) -> dict[str, str]:
    ours = {"DATABASE": ground.url, "FILES": str(ground.folder), "CHANNEL": "console"}
    return os.environ | {f"PATHWAY_{name}": value for name, value in ours.items()}


@contextmanager
def service(ground: Ground) -> Iterator[int]:
    """The port at which it answers."""
    port = free_port()
    process = start(ground, port)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def start(ground: Ground, port: int) -> subprocess.Popen[bytes]:
    command = [COMMAND, "serve", "--port", str(port)]
    return subprocess.Popen(command, env=environment(ground), cwd=ground.folder, stdout=subprocess.DEVNULL)


def wait_for(port: int) -> None:
    """Until it answers at all. Raises `TimeoutError`."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/health")
                connection.getresponse().read()
            return
        except ConnectionError:
            time.sleep(0.005)
    raise TimeoutError("The service didn't start.")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
