"""Feeds of an older market go on, and a market without any takes some."""

from __future__ import annotations

from old_markets import upgrade_to
from sqlalchemy import Connection, text

from sellingpartner.market.documents.jobs import JobStatus
from sellingpartner.market.feeds.store import find_feed
from sellingpartner.market.market import Market
from sellingpartner.storage.database import Database

SELLER = "A2SHOP"


def insert(connection: Connection, table: str, **row: object) -> None:
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def test_a_feed_that_waited_is_there_and_says_no_more_than_it_knew(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    with database.remake() as connection:
        upgrade_to(connection, "0034")
        insert(connection, "sellers", seller_id=SELLER, name="Ada", region="NA", profile="{}", joined_at=1)
        insert(
            connection,
            "feeds",
            seller_id=SELLER,
            feed_id="70000000001",
            feed_type="JSON_LISTINGS_FEED",
            marketplace_ids=b'["ATVPDKIKX0DER"]',
            options=b"{}",
            input_document_id="amzn1.spdoc.1",
            status="IN_QUEUE",
            created_at=1,
            application_id="app",
            position=0,
            failed=0,
            warned=0,
            findings=0,
        )
    database.close()

    market = Market.open(blank_database_url)

    with market.read(SELLER) as unit:
        feed = find_feed(unit, "70000000001")
    market.close()
    assert (feed.status, feed.origin, feed.messages) == (JobStatus.IN_QUEUE, "", None)
