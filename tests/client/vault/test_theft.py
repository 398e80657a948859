from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sellingpartner.client import SQLiteTokens, Token
from sellingpartner.client.grants import SellerGrant
from sellingpartner.client.vault import KeyMissing, Keyring, SealBroken, SQLGrants, SQLiteGrants, SQLTokens
from soak import examples

CLIENT = "amzn1.application-oa2-client.1"
REGION = "a-region-of-ours"
Give = Callable[..., SellerGrant]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "grants.db"


def rows(path: Path, table: str = "grants") -> dict[str, str]:
    connection = sqlite3.connect(path)
    found = dict(connection.execute(f"SELECT name, text FROM {table}").fetchall())
    connection.close()
    return found


def write(path: Path, statement: str, *values: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement, values)
    connection.close()


def test_a_stolen_file_shows_nothing_but_how_many(path: Path, keyring: Keyring, give: Give) -> None:
    store = SQLiteGrants(path, keyring)
    for seller_id in ("A1HARBORGOODS", "A2PINE"):
        store.put(give(seller_id, region=REGION))
    store.first_use("a-nonce", 9e9)

    stolen = b"".join(file.read_bytes() for file in path.parent.iterdir())

    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    assert len(rows(path)) == 3  # two grants, and the key that names are made with
    # Each is too long for chance to spell it in what is sealed.
    secrets = ("A1HARBOR", "A2PINE", "Atzr|", "amzn1.", "::orders", "2026-11-02", REGION, "a-nonce")
    assert [secret for secret in secrets if secret.encode() in stolen] == []


def test_a_stolen_database_shows_nothing_either(tmp_path: Path, keyring: Keyring, give: Give) -> None:
    store = SQLGrants(f"sqlite:///{tmp_path / 'sql.db'}", keyring)
    store.put(give())
    tokens = SQLTokens(f"sqlite:///{tmp_path / 'sql.db'}", keyring)
    tokens.put("a" * 64, Token("Atza|secret", 9e9, ("sellingpartnerapi::orders",)))

    stolen = (tmp_path / "sql.db").read_bytes()

    assert rows(tmp_path / "sql.db", "spapi_grants")
    assert not any(secret in stolen for secret in (b"A1HARBOR", b"Atzr|", b"Atza|", b"amzn1.", b"::orders"))
    store.close()
    tokens.close()


@pytest.mark.parametrize("field", ["client_id", "seller_id", "region"])
def test_a_row_that_is_moved_to_another_grant_does_not_open(
    path: Path, keyring: Keyring, give: Give, field: str
) -> None:
    store, mine = SQLiteGrants(path, keyring), give()
    theirs = give(**{"seller_id": mine.seller_id, field: "other", "refresh_token": "Atzr|other"})
    store.put(mine)
    before = set(rows(path))
    store.put(theirs)
    (name,) = set(rows(path)) - before
    stolen = next(text for other, text in rows(path).items() if other not in {name, "naming-key"})

    write(path, "UPDATE grants SET text = ? WHERE name = ?", stolen, name)

    with pytest.raises(SealBroken, match="moved from where it belongs"):
        store.get(theirs.key)
    with pytest.raises(SealBroken):
        store.all(CLIENT)
    assert store.get(mine.key) == mine


def test_a_token_that_is_moved_to_another_key_does_not_open(tmp_path: Path, keyring: Keyring) -> None:
    store = SQLiteTokens(tmp_path / "t.db", keyring=keyring)
    store.put("mine", Token("Atza|mine", 9e9))
    store.put("theirs", Token("Atza|theirs", 9e9))

    write(tmp_path / "t.db", "UPDATE tokens SET value = (SELECT value FROM tokens WHERE key = 'mine')")

    assert store.get("mine") == Token("Atza|mine", 9e9)
    with pytest.raises(SealBroken):
        store.get("theirs")


def test_a_grant_is_no_token_and_a_token_is_no_grant(tmp_path: Path, path: Path, keyring: Keyring, give: Give) -> None:
    grants, tokens = SQLiteGrants(path, keyring), SQLiteTokens(tmp_path / "t.db", keyring=keyring)
    grants.put(give())
    name, text = next(row for row in rows(path).items() if row[0] != "naming-key")
    tokens.put(name, Token("Atza|1", 9e9))

    write(tmp_path / "t.db", "UPDATE tokens SET value = ?", text)

    with pytest.raises(SealBroken):
        tokens.get(name)


@given(other=st.binary(min_size=32, max_size=32))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=examples(20))
def test_a_wrong_key_is_an_error_that_names_it(path: Path, give: Give, other: bytes) -> None:
    grant = give()
    if not path.exists():
        SQLiteGrants(path, Keyring([("right", b"r" * 32)])).put(grant)

    with pytest.raises(KeyMissing, match="Sealed with the key right; the keyring holds wrong"):
        SQLiteGrants(path, Keyring([("wrong", other)])).get(grant.key)
    with pytest.raises(SealBroken, match="sealed with the key right does not open"):
        SQLiteGrants(path, Keyring([("right", other)])).get(grant.key)


def test_a_store_is_sealed_anew_while_it_is_in_use(path: Path, give: Give) -> None:
    old = Keyring.generate()
    store, grants = SQLiteGrants(path, old), [give(f"A{number}") for number in range(5)]
    for grant in grants:
        store.put(grant)
    both = old.with_new_key()

    sealed_anew = SQLiteGrants(path, both).rotate()

    assert sealed_anew == 6
    assert SQLiteGrants(path, both).rotate() == 0
    alone = SQLiteGrants(path, both.with_newest_alone())
    assert alone.all(CLIENT) == grants
    assert [alone.get(grant.key) for grant in grants] == grants
    with pytest.raises(KeyMissing):
        SQLiteGrants(path, old).get(grants[0].key)


def test_rotation_moves_no_row(path: Path, keyring: Keyring, give: Give) -> None:
    SQLiteGrants(path, keyring).put(give())
    before = rows(path)

    SQLiteGrants(path, keyring.with_new_key()).rotate()

    assert rows(path).keys() == before.keys()
    assert not set(rows(path).values()) & set(before.values())


def test_a_plain_token_file_is_not_read_as_a_sealed_one_nor_the_other_way_round(
    tmp_path: Path, keyring: Keyring
) -> None:
    plain, sealed = SQLiteTokens(tmp_path / "t.db"), SQLiteTokens(tmp_path / "t.db", keyring=keyring)
    plain.put("a", Token("Atza|1", 9e9))
    assert sealed.get("a") is None

    sealed.put("a", Token("Atza|2", 9e9))

    assert plain.get("a") is None
    assert sealed.get("a") == Token("Atza|2", 9e9)
    assert "Atza|" not in str(sqlite3.connect(tmp_path / "t.db").execute("SELECT * FROM tokens").fetchall())


def test_the_row_of_a_grant_that_was_put_together_is_refused(path: Path, keyring: Keyring, give: Give) -> None:
    store, grant = SQLiteGrants(path, keyring), give()
    store.put(grant)
    name = next(name for name in rows(path) if name != "naming-key")
    forged = keyring.seal(
        b'{"client_id":"x","seller_id":"y","refresh_token":"z","given_at":"2026-01-01T00:00:00Z"}', "grant", name
    )

    write(path, "UPDATE grants SET text = ? WHERE name = ?", forged, name)

    with pytest.raises(SealBroken, match="kept under another name"):
        store.get(grant.key)


def test_a_lost_naming_key_is_no_silent_loss(path: Path, keyring: Keyring, give: Give) -> None:
    SQLiteGrants(path, keyring).put(give())

    write(path, "DELETE FROM grants WHERE name = 'naming-key'")

    with pytest.raises(SealBroken, match="kept under another name"):
        SQLiteGrants(path, keyring).all(CLIENT)


def test_a_grant_has_no_token_left_when_it_ended(give: Give) -> None:
    ended: SellerGrant = give().ended(give().given_at, "revoked")

    assert ended.refresh_token == ""
