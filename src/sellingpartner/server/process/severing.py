"""Resetting a connection that granian holds: its socket is found among the process's own, by the address at its end.

granian has no way to end a connection. So the socket is told to forget what it has not sent and to take in nothing
more; its owner then closes it, and the other end sees a reset.
"""

from __future__ import annotations

import os
import socket
import stat
import struct
from pathlib import Path

_OPEN_FILES = (Path("/proc/self/fd"), Path("/dev/fd"))
_LINGER_FOR_NOTHING = struct.pack("ii", 1, 0)


def sever(peer: str) -> bool:
    """Have the connection with a peer (`127.0.0.1:50412`) be reset; False where it was not found."""
    found = next((folder for folder in _OPEN_FILES if folder.is_dir()), None)
    if found is None:
        return False
    return any(_severed(int(file.name), peer) for file in found.iterdir() if file.name.isdigit())


def _severed(number: int, peer: str) -> bool:
    try:
        if not stat.S_ISSOCK(os.fstat(number).st_mode):
            return False
        with socket.socket(fileno=os.dup(number)) as connection:
            if connection.family not in {socket.AF_INET, socket.AF_INET6} or _far_end(connection) != peer:
                return False
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_FOR_NOTHING)
            connection.shutdown(socket.SHUT_RD)
    except OSError:  # closed meanwhile, or connected with nobody
        return False
    return True


def _far_end(connection: socket.socket) -> str:
    host, port = connection.getpeername()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
