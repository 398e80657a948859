"""What an older market holds, and what its periods are made of, is added up when it is brought up to date."""

from __future__ import annotations

from datetime import UTC, datetime

from old_markets import upgrade_to
from sqlalchemy import Connection, text

from sellingpartner.market.market import Market
from sellingpartner.market.money.ledger.holds import held_in
from sellingpartner.market.money.ledger.statement import StatementLine, statement_of
from sellingpartner.market.orders.questions import Browsed, newest_orders
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.database import Database

SELLER, OTHER = "A2SHOP", "A3SHOP"
BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
AT = microseconds(BEGIN)


def insert(connection: Connection, table: str, **row: object) -> None:
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def post(connection: Connection, entry_id: int, kind: str, legs: dict[str, tuple[str, int]], **more: object) -> None:
    row: dict[str, object] = {"seller_id": SELLER, "entry_id": entry_id, "currency": "USD"} | more
    total = -sum(minor for _, minor in legs.values())
    insert(
        connection,
        "ledger_entries",
        **row | {"kind": kind, "source": f"entry:{entry_id}", "posted_at": AT, "account_type": "", "detail": "{}"},
        total_minor=total,
    )
    own = "seller.available" if "period_id" in more else "seller.held"
    for number, (component, (account, minor)) in enumerate([*legs.items(), ("", (own, total))], start=1):
        leg = {"seller_id": row["seller_id"], "entry_id": entry_id, "number": number, "line": 0}
        insert(connection, "ledger_postings", **leg, account=account, component=component, amount_minor=minor)


def hold(connection: Connection, entry_id: int, minor: int, **more: object) -> None:
    row: dict[str, object] = {"seller_id": SELLER, "entry_id": entry_id, "currency": "USD", "released_at": None} | more
    insert(connection, "ledger_holds", **row, amount_minor=minor, reason="DD7", held_at=AT, matures_at=AT)


def test_what_is_held_and_what_periods_are_made_of_is_added_up(blank_database_url: str) -> None:
    sale = {"Principal": ("buyers", -1000), "Commission": ("amazon.fees", 150)}
    database = Database(blank_database_url)
    with database.remake() as connection:
        upgrade_to(connection, "0063")
        for seller_id in (SELLER, OTHER):
            insert(connection, "sellers", seller_id=seller_id, name="Ada", region="NA", profile="{}", joined_at=AT)
        for entry_id in (1, 2, 3):
            post(connection, entry_id, "SALE", sale)
        hold(connection, 1, 850, released_at=AT)
        hold(connection, 2, 850, released_at=AT)
        hold(connection, 3, 850)
        hold(connection, 4, 70, currency="CAD")
        hold(connection, 5, -30, seller_id=OTHER)
        for entry_id, of in ((6, 1), (7, 2)):
            post(connection, entry_id, "RELEASE", {"HeldReleased": ("seller.held", -850)}, period_id=1, of_entry_id=of)
        post(connection, 8, "SERVICE_FEE", {"VineFee": ("amazon.services", 200)}, period_id=1)
        post(connection, 9, "SERVICE_FEE", {"VineFee": ("amazon.services", 200)}, period_id=2)
    database.close()

    market = Market.open(blank_database_url, at=BEGIN)
    with market.read(SELLER) as unit:
        held = held_in(unit, "USD"), held_in(unit, "CAD"), held_in(unit, "EUR")
        first, second = statement_of(unit, 1), statement_of(unit, 2)
        assert newest_orders(unit, Browsed(status="Canceled", channel="AFN")).orders == []
    with market.read(OTHER) as unit:
        assert (held_in(unit, "USD"), statement_of(unit, 1)) == (-30, [])
    market.close()

    assert held == (850, 70, 0)
    assert first == [
        StatementLine("SALE", "Commission", 2, -300),
        StatementLine("SALE", "Principal", 2, 2000),
        StatementLine("SERVICE_FEE", "VineFee", 1, -200),
    ]
    assert second == [StatementLine("SERVICE_FEE", "VineFee", 1, -200)]
