"""Ports on the loopback interface."""

import secrets
import socket

# Below the range from which Linux hands out ports to outgoing connections.
FIRST, LAST = 20_000, 29_999


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def pick() -> int:
    for _ in range(200):
        port = FIRST + secrets.randbelow(LAST - FIRST + 1)
        if is_free(port):
            return port
    raise RuntimeError(f"No free port between {FIRST} and {LAST}")
