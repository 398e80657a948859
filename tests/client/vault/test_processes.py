from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs

from sellingpartner.client.grants import GrantKey, SellerGrant
from sellingpartner.client.vault import Keyring, SQLiteGrants, add_key_to_file, keyring_from_file

CLIENT = "amzn1.application-oa2-client.1"
Give = Callable[..., SellerGrant]

_CHANGES = """
import sys
from datetime import datetime, timedelta, timezone
import msgspec
from sellingpartner.client.grants import GrantKey, SellerGrant
from sellingpartner.client.vault import SQLiteGrants, keyring_from_file

path, keys, number = sys.argv[1:]
store = SQLiteGrants(path, keyring_from_file(keys))
began = datetime(2026, 11, 2, tzinfo=timezone.utc)
for turn in range(20):
    mine = SellerGrant(client_id="amzn1.application-oa2-client.1", seller_id=f"A{number}X{turn}",
                       refresh_token="Atzr|mine", given_at=began)
    store.put(mine)  # nobody else's
    if turn % 2:
        assert store.swap(mine, mine.ended(began, "revoked"))
    while True:  # and one that all of them change
        shared = store.get(GrantKey(mine.client_id, "ASHARED"))
        more = (*shared.scopes, f"{number}.{turn}")
        if store.swap(shared, msgspec.structs.replace(shared, scopes=more)):
            break
    if number == "0" and turn == 10:
        store.rotate()
print("done")
"""


def test_processes_that_store_and_mark_and_rotate_at_once_lose_nothing(tmp_path: Path, give: Give) -> None:
    path, keys = tmp_path / "grants.db", tmp_path / "ring"
    store = SQLiteGrants(path, keyring_from_file(keys))
    store.put(give("ASHARED", scopes=()))
    ring = add_key_to_file(keys)  # what is in the store was sealed with the older key
    command = [sys.executable, "-c", _CHANGES, str(path), str(keys)]

    running = [subprocess.Popen([*command, str(number)], stdout=subprocess.PIPE, text=True) for number in range(3)]
    said = [one.communicate(timeout=60)[0] for one in running]

    assert said == ["done\n"] * 3
    store = SQLiteGrants(path, ring.with_newest_alone())
    found = {grant.seller_id: grant for grant in store.all(CLIENT)}
    assert len(found) == 61
    assert set(found["ASHARED"].scopes or ()) == {f"{number}.{turn}" for number in range(3) for turn in range(20)}
    assert sum(grant.is_standing for grant in found.values()) == 31


class _Market(BaseHTTPRequestHandler):
    """A server on a socket that logs in one refresh token at a time, and answers to its last access token alone."""

    logins: ClassVar[int] = 0
    calls: ClassVar[int] = 0
    standing: ClassVar[str] = "Atzr|first"
    lock: ClassVar[Lock] = Lock()
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        with self.lock:
            if form["refresh_token"] != [self.standing]:
                words = "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't"
                self._say(400, {"error": "invalid_grant", "error_description": words})
                return
            type(self).logins += 1
            token = {"access_token": f"Atza|{self.logins}", "expires_in": 3600, "scope": "sellingpartnerapi::orders"}
            self._say(200, token)

    def do_GET(self) -> None:
        with self.lock:
            type(self).calls += 1
            current = self.headers["x-amz-access-token"] == f"Atza|{self.logins}"
        refused = {"code": "Unauthorized", "message": "no", "details": "The access token you provided has expired."}
        self._say(*((200, {"payload": []}) if current else (403, {"errors": [refused]})))

    def _say(self, status: int, body: Any) -> None:  # noqa: ANN401
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        pass


_CALLS = """
import sys
from sellingpartner import Credentials, Sellers
from sellingpartner.client import SQLiteTokens
from sellingpartner.client.vault import SQLiteGrants, keyring_from_file

grants, tokens, keys, url = sys.argv[1:]
keyring = keyring_from_file(keys)
application = Credentials(client_id="amzn1.application-oa2-client.1", client_secret="s", base_url=url)
with Sellers.from_store(SQLiteGrants(grants, keyring), application,
                        token_store=SQLiteTokens(tokens, keyring=keyring)) as sellers:
    for _ in range(4):
        sellers["A1HARBORGOODS"].sellers.get_marketplace_participations()
print("done")
"""


def test_processes_over_one_sealed_file_log_in_once_and_leave_no_token_in_sight(tmp_path: Path, give: Give) -> None:
    grants, tokens, keys = tmp_path / "grants.db", tmp_path / "tokens.db", tmp_path / "ring"
    keyring: Keyring = keyring_from_file(keys)
    SQLiteGrants(grants, keyring).put(give(refresh_token="Atzr|first"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Market)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    command = [sys.executable, "-c", _CALLS, *map(str, (grants, tokens, keys)), url]

    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [one.communicate(timeout=60)[0] for one in running]
    server.shutdown()
    server.server_close()

    assert said == ["done\n"] * 3
    assert (_Market.logins, _Market.calls) == (1, 12)
    files = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.name != "ring")
    assert not any(secret in files for secret in (b"Atza", b"Atzr", b"A1HARBOR", b"::orders"))
    kept = SQLiteGrants(grants, keyring).get(GrantKey(CLIENT, "A1HARBORGOODS"))
    assert kept is not None
    assert kept.scopes == ("sellingpartnerapi::orders",)
