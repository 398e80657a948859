"""What differs between two worlds, and a world as text."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.grants import revoke_grant
from sellingpartner.market.accounts.questions import grants_of
from sellingpartner.market.accounts.standing import AccountStatus, set_account_status
from sellingpartner.market.accounts.tables import users
from sellingpartner.market.accounts.users import set_password
from sellingpartner.market.worlds.comparing import Different, Part, compare
from sellingpartner.market.worlds.contexts import contexts
from sellingpartner.market.worlds.exporting import csv_lines, json_lines, tables_of
from sellingpartner.market.worlds.loading import load
from sellingpartner.market.worlds.saving import save
from sellingpartner.storage.columns import metadata
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import US


def parts_of(found: list[Part]) -> dict[str, Part]:
    return {part.context: part for part in found}


def test_what_happened_since_is_told_by_context_and_in_words(market: TestMarket, tmp_path: Path) -> None:
    kept, fresh = market.buys("MUG-BLUE", paid=False), ""
    save(market.market, tmp_path / "before.world")
    fresh = market.buys("MUG-RED", 2)
    with market.market.write(market.seller.seller_id) as unit:
        from_orders = grants_of(unit, seller_id=unit.seller_id)
        revoke_grant(unit, unit.seller_id, from_orders[0].grant_id)
        set_account_status(unit, US, AccountStatus.AT_RISK)
    save(market.market, tmp_path / "after.world")

    found = parts_of(compare(tmp_path / "before.world", tmp_path / "after.world"))

    orders = [one for one in found["orders"].things if one.what.startswith("order ")]
    assert orders == [
        Different(what=f"order {fresh}", where="second", told="status Unshipped, total 29.98 USD, is business false")
    ]
    assert Different(what="stock MUG-RED SELLABLE SELLER", where="changed", told="reserved 0 -> 2") in (
        found["stock"].things
    )
    (grant,) = [one for one in found["grants"].things if one.what.startswith("grant ")]
    assert (grant.where, grant.told.startswith("revoked none -> 2026-11-02T09:00:00Z")) == ("changed", True)
    (account,) = [one for one in found["sellers"].things if one.what.startswith("account ")]
    assert account.told == "account status NORMAL -> AT_RISK"
    assert found["orders"].first == 0
    assert "listings" not in found
    assert kept not in str(orders)


def test_of_a_secret_that_is_another_nothing_is_told(market: TestMarket, tmp_path: Path) -> None:
    user = market.user()
    save(market.market, tmp_path / "before.world")
    with market.market.write() as unit:
        set_password(unit, user.user_id, "another horse battery staple")
        unit.execute(users.update().values(name="Ada Finch"))
    save(market.market, tmp_path / "after.world")

    (told,) = parts_of(compare(tmp_path / "before.world", tmp_path / "after.world"))["sellers"].things

    assert told.what == "user owner@harbor.example"
    assert set(told.told.split(", ")) == {
        f"name {user.name} -> Ada Finch",
        "another password",
        "password number 1 -> 2",
    }


def test_who_serves_a_copy_gives_its_people_passwords_and_that_is_no_difference(
    market: TestMarket, tmp_path: Path
) -> None:
    user = market.user()
    save(market.market, tmp_path / "before.world")
    with market.market.write() as unit:
        set_password(unit, user.user_id, "another horse battery staple")
    save(market.market, tmp_path / "after.world")

    assert "sellers" not in parts_of(compare(tmp_path / "before.world", tmp_path / "after.world"))


def test_every_secret_that_is_kept_is_known_by_its_name() -> None:
    hidden = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.endswith(("_hash", "secret"))
    }
    suspicious = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if any(word in column.name for word in ("secret", "hash", "password", "token"))
    }

    told = {"applications.secret_ends_at", "users.password_number", "kiosk_queries.next_token"}
    assert suspicious - hidden == told


def test_a_world_does_not_differ_from_itself_and_the_other_way_round_is_the_reverse(
    market: TestMarket, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.world", tmp_path / "other.world"
    save(market.market, one)
    for _ in range(3):
        market.buys("MUG-BLUE")
    save(market.market, other)

    forth, back = parts_of(compare(one, other, few=2)), parts_of(compare(other, one, few=0))

    assert compare(one, one) == []
    assert forth.keys() == back.keys()
    assert [(part.first, part.second, part.changed) for part in forth.values()] == [
        (part.second, part.first, part.changed) for part in back.values()
    ]
    assert (forth["orders"].second, back["orders"].things) == (7, ())
    assert sum(one.what.startswith("order ") for one in forth["orders"].things) == 2


def test_where_a_machine_keeps_a_document_is_no_difference(market: TestMarket, tmp_path: Path) -> None:
    market.report("GET_MERCHANT_LISTINGS_ALL_DATA")
    save(market.market, tmp_path / "saved.world")
    load(tmp_path / "saved.world", market.market)  # which keeps each document under a name of its own
    save(market.market, tmp_path / "loaded.world")

    kept = [
        [
            json.loads(line)["store_key"]
            for line in json_lines(tmp_path / name, tables_of(["documents"]))
            if '"store_key"' in line
        ]
        for name in ("saved.world", "loaded.world")
    ]
    assert kept[0] != kept[1]
    assert "documents" not in parts_of(compare(tmp_path / "saved.world", tmp_path / "loaded.world"))


def test_a_world_is_written_as_lines_of_json_and_as_csv(market: TestMarket, tmp_path: Path) -> None:
    order_id = market.buys("MUG-BLUE")
    save(market.market, tmp_path / "one.world")

    lines = [json.loads(line) for line in json_lines(tmp_path / "one.world", tables_of(["orders", "time"]))]
    rows = list(csv.DictReader(io.StringIO("".join(csv_lines(tmp_path / "one.world", "orders")))))

    (order,) = [line for line in lines if line["table"] == "orders"]
    assert (order["order_id"], order["purchased_at"]) == (order_id, "2026-11-02T09:00:00Z")
    assert order["document"]["address"]["line_1"] == "12 Larch Lane"
    assert {"clocks", "events", "order_lines"} <= {line["table"] for line in lines}
    assert {line["fact"]["order_id"] for line in lines if line.get("kind") == "OrderPlaced"} == {order_id}
    assert [row["order_id"] for row in rows] == [order_id]
    assert json.loads(rows[0]["document"])["status"] == "Unshipped"


def test_everything_is_exported_and_what_is_unknown_is_refused() -> None:
    assert set(tables_of([])) == set(metadata.tables)
    for thing in (one for context in contexts() for one in context.things):
        assert set(thing.named + thing.shows) <= set(metadata.tables[thing.table].c.keys())
    assert tables_of(["stocks", "stock"])[0] == "stocks"
    with pytest.raises(InvalidInput, match=r"has no 'ordres'.*orders"):
        tables_of(["ordres"])
