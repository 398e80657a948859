"""What an older market has scheduled, said and held stays, and is found again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from old_markets import upgrade_to
from sqlalchemy import Connection, text

from sellingpartner.market.market import Market
from sellingpartner.market.money.ledger.holds import HoldMatures, hold_until, open_holds
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.database import Database
from sellingpartner.storage.history import between

SELLER, ORDER, OTHER = "A2SHOP", "902-0000001-0000001", "902-0000002-0000002"
BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MATURES = BEGIN + timedelta(days=7)


def insert(connection: Connection, table: str, **row: object) -> None:
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def begin(database_url: str) -> Market:
    """A market of the revision before, in which two orders' money is held, brought up to date."""
    database = Database(database_url)
    at, mine = microseconds(BEGIN), {"seller_id": SELLER}
    with database.remake() as connection:
        upgrade_to(connection, "0035")
        insert(connection, "sellers", **mine, name="Ada", region="NA", profile="{}", joined_at=at)
        for number, order_id in enumerate((ORDER, OTHER), start=1):
            entry = mine | {"entry_id": number, "currency": "USD", "order_id": order_id}
            sale = {"kind": "SALE", "source": f"shipped:{order_id}:1", "account_type": "Standard Orders"}
            insert(connection, "ledger_entries", **entry, **sale, posted_at=at, total_minor=900, detail="{}")
            held = {"amount_minor": 900, "reason": "DD7", "held_at": at, "matures_at": microseconds(MATURES)}
            insert(connection, "ledger_holds", **entry, **held)
        said = {"happened_at": at, "kind": "OrderShipped", "fact": b"{}", "cause": "a request"}
        insert(connection, "events", **mine, event_id=1, **said)
        due = msgspec.json.encode(HoldMatures(order_id=ORDER))
        later = {"due_at": microseconds(MATURES), "kind": "HoldMatures", "due": due, "attempts": 0}
        insert(connection, "schedule", **mine, due_id=1, **later)
        insert(connection, "schedule", **mine, due_id=2, **later | {"failure": "It broke.", "attempts": 3})
    database.close()
    return Market.open(database_url, at=BEGIN)


def test_what_was_scheduled_said_and_held_stays(blank_database_url: str) -> None:
    market = begin(blank_database_url)

    with market.read(SELLER) as unit:
        [held] = open_holds(unit, ORDER)
        [said] = between(unit, SELLER, BEGIN, BEGIN)
    waiting, [failed] = market.waiting(), market.failures()
    due_at = market.next_due()
    market.close()

    assert (held.entry_id, held.amount_minor, held.matures_at) == (1, 900, MATURES)
    assert (said.kind, said.fact, said.cause) == ("OrderShipped", b"{}", "a request")
    assert (waiting, due_at) == (1, MATURES)
    assert (failed.kind, failed.failure) == ("HoldMatures", "It broke.")


def test_an_orders_money_is_held_longer_and_no_others(blank_database_url: str) -> None:
    market = begin(blank_database_url)
    later = MATURES + timedelta(days=1)

    with market.write(SELLER) as unit:
        assert hold_until(unit, ORDER, later) == 1
        held = {order_id: open_holds(unit, order_id)[0].matures_at for order_id in (ORDER, OTHER)}
    market.close()

    assert held == {ORDER: later, OTHER: MATURES}
