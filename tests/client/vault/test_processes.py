from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from small_market import SmallMarket

from sellingpartner.client.grants import GrantKey, SellerGrant
from sellingpartner.client.vault import Keyring, SQLiteGrants, add_key_to_file, keyring_from_file
from sellingpartner.testing import on_a_socket

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
    market = SmallMarket("Atzr|first", scope="sellingpartnerapi::orders")
    command = [sys.executable, "-c", _CALLS, *map(str, (grants, tokens, keys))]

    with on_a_socket(market) as url:
        running = [subprocess.Popen([*command, url], stdout=subprocess.PIPE, text=True) for _ in range(3)]
        said = [one.communicate(timeout=60)[0] for one in running]

    assert said == ["done\n"] * 3
    assert (market.logins, market.calls) == (1, 12)
    files = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.name != "ring")
    assert not any(secret in files for secret in (b"Atza", b"Atzr", b"A1HARBOR", b"::orders"))
    kept = SQLiteGrants(grants, keyring).get(GrantKey(CLIENT, "A1HARBORGOODS"))
    assert kept is not None
    assert kept.scopes == ("sellingpartnerapi::orders",)
