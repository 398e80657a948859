"""A browser in front of an application in this process, on WSGI or ASGI."""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sellingpartner.client.authorization.asgi import Endpoints


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str

    @property
    def location(self) -> str:
        return self.headers["location"]


class Browser:
    """Goes to addresses of an application in this process, and keeps its cookies as browsers do."""

    def __init__(self, app: Any) -> None:  # noqa: ANN401 - WSGI or ASGI
        self._app = app
        self.cookies: dict[str, str] = {}
        self.set_cookie = ""

    def get(self, url: str, method: str = "GET") -> Answer:
        parts = urlsplit(url)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        ask = self._asgi if isinstance(self._app, Endpoints) else self._wsgi
        said = ask(method, parts.path, parts.query, f"other=1; {cookies}")
        self.set_cookie = said.headers.get("set-cookie", "")
        if self.set_cookie:
            name, _, value = self.set_cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
            if "Max-Age=0" in self.set_cookie:
                del self.cookies[name]
        return said

    def _wsgi(self, method: str, path: str, query: str, cookies: str) -> Answer:
        said: list[Any] = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_COOKIE": cookies}
        body = b"".join(self._app(environ, lambda status, headers: said.extend((status, headers))))
        return Answer(int(said[0].split()[0]), {name.lower(): value for name, value in said[1]}, body.decode())

    def _asgi(self, method: str, path: str, query: str, cookies: str) -> Answer:
        said: list[Any] = []

        async def send(message: Any) -> None:  # noqa: ANN401
            said.append(message)

        async def receive() -> Any:  # noqa: ANN401
            return {"type": "http.request", "body": b""}

        pieces = [(b"cookie", piece.encode()) for piece in cookies.split("; ")]  # as HTTP/2 may bring them
        scope = {"type": "http", "method": method, "path": f"/sp{path}", "root_path": "/sp"}
        asyncio.run(self._app(scope | {"query_string": query.encode(), "headers": pieces}, receive, send))
        headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
        return Answer(said[0]["status"], headers, said[1]["body"].decode())
