"""Which TCP ports are free. Standard library only."""

import errno
import random
import socket

# Below the ports that the kernel hands out to clients, so that no outgoing connection sits on one.
LOWEST, HIGHEST = 20_000, 32_000


def is_taken(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something listens there. A port that is merely resting after use counts as free."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def free_block(size: int, host: str = "127.0.0.1") -> int:
    """The first of `size` free ports in a row, somewhere at random so that parallel tests seldom meet."""
    for _ in range(200):
        first = random.randrange(LOWEST, HIGHEST, size)  # noqa: S311 - not for security
        if not any(is_taken(port, host) for port in range(first, first + size)):
            return first
    raise RuntimeError(f"No {size} free ports in a row between {LOWEST} and {HIGHEST}.")
