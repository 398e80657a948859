"""The least that is a market to processes which share tokens: one grant, and the last access token alone counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Lock
from typing import Any
from urllib.parse import parse_qs


class SmallMarket:
    """A WSGI application that counts logins and calls; a login is answered with `more` besides the token."""

    def __init__(self, refresh_token: str, **more: str) -> None:
        self.logins = 0
        self.calls = 0
        self._refresh_token = refresh_token
        self._more = more
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        with self._lock:
            status, said = self._login(environ) if environ["REQUEST_METHOD"] == "POST" else self._call(environ)
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(said).encode()]

    def _login(self, environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        if form["refresh_token"] != [self._refresh_token]:
            words = "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't"
            return "400 Bad Request", {"error": "invalid_grant", "error_description": words}
        self.logins += 1
        return "200 OK", {"access_token": f"Atza|{self.logins}", "expires_in": 3600, **self._more}

    def _call(self, environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        self.calls += 1
        if environ.get("HTTP_X_AMZ_ACCESS_TOKEN") == f"Atza|{self.logins}":
            return "200 OK", {"payload": []}
        refused = {"code": "Unauthorized", "message": "no", "details": "The access token you provided has expired."}
        return "403 Forbidden", {"errors": [refused]}
