"""A proxy in front of a PostgreSQL server that can fall silent: it keeps its connections and forwards nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from sqlalchemy import URL, make_url


class SilentProxy:
    """Forwards bytes both ways, as long as it is not told to stop."""

    def __init__(self, to: URL) -> None:
        self._to = to
        self._forwards = Event()
        self._forwards.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open = [self._listener]
        Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """The database by way of this proxy."""
        there = self._to.set(host="127.0.0.1", port=self._listener.getsockname()[1], query={})
        return there.render_as_string(hide_password=False)

    def fall_silent(self) -> None:
        """Forward nothing from here on."""
        self._forwards.clear()

    def speak(self) -> None:
        """Forward again, what was held back first."""
        self._forwards.set()

    def close(self) -> None:
        """Close every connection."""
        self._forwards.set()
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listener.accept()
                there = self._server()
                self._open += [here, there]
                for source, target in ((here, there), (there, here)):
                    Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65_536):
                self._forwards.wait()
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)

    def _server(self) -> socket.socket:
        host = str(self._to.query.get("host") or self._to.host or "127.0.0.1")
        port = self._to.port or 5432
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{host}/.s.PGSQL.{port}")
        return server


@contextmanager
def silent_proxy(url: str) -> Iterator[SilentProxy]:
    """A proxy until the block ends."""
    proxy = SilentProxy(make_url(url))
    try:
        yield proxy
    finally:
        proxy.close()
