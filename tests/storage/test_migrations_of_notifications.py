from __future__ import annotations

import json

from old_markets import upgrade_to
from sqlalchemy import Connection, text

from sellingpartner.market.accounts.standing import AccountStatus, standings_of
from sellingpartner.market.market import Market
from sellingpartner.market.notifications.commands import claim
from sellingpartner.market.notifications.model import State
from sellingpartner.market.notifications.questions import all_deliveries, lanes_of
from sellingpartner.storage.database import Database

APPLICATION = "amzn1.sp.solution.old"
QUEUE, BEFORE = (f"https://sqs.us-east-1.amazonaws.com/123456789012/{name}" for name in ("secrets", "before"))
KIND = "APPLICATION_OAUTH_CLIENT_NEW_SECRET"
BODY = json.dumps({"notificationMetadata": {"subscriptionId": "sub", "notificationId": "note"}})


def insert(connection: Connection, table: str, **row: object) -> None:
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def test_what_waits_in_an_old_market_waits_on_the_lane_of_its_queue(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    with database.remake() as connection:
        upgrade_to(connection, "0010")
        insert(connection, "developers", developer_id="D", name="Ada", registered_at=1)
        insert(
            connection,
            "applications",
            application_id=APPLICATION,
            client_id="c",
            developer_id="D",
            name="Desk",
            status="draft",
            distribution="private",
            scopes=b"[]",
            optional_scopes=b"[]",
            redirect_uris=b"[]",
            registered_at=1,
        )
        queue = {"application_id": APPLICATION, "address": QUEUE, "subscription_id": "sub", "registered_at": 1}
        insert(connection, "application_queues", **queue)
        told = {"application_id": APPLICATION, "notification_type": KIND, "created_at": 1, "failure": ""}
        insert(connection, "deliveries", **told, delivery_id=1, address=QUEUE, body="", attempts=1, sent_at=2)
        insert(connection, "deliveries", **told, delivery_id=2, address=QUEUE, body=BODY, attempts=3, next_at=5)
        insert(connection, "deliveries", **told, delivery_id=3, address=BEFORE, body=BODY, attempts=0, next_at=6)
    database.close()

    market = Market.open(blank_database_url)
    with market.read() as unit:
        lanes = {lane.address: lane.lane for lane in lanes_of(unit)}
        moved = {one.delivery_id: one for one in all_deliveries(unit)}
    with market.write() as unit:
        waiting = [claim(unit, lanes[QUEUE]), claim(unit, lanes[BEFORE])]
    market.close()

    assert lanes[QUEUE] == "sub"
    assert lanes.keys() == {QUEUE, BEFORE}
    assert {number: one.state for number, one in moved.items()} == {1: State.SENT, 2: State.WAITING, 3: State.WAITING}
    assert [[one.delivery_id for one in claimed] for claimed in waiting] == [[2], [3]]
    assert (waiting[0][0].notification_id, waiting[0][0].body) == ("note", BODY)


def test_every_account_of_an_old_market_is_in_order(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    profile = json.dumps({"business_type": "PRIVATE_LIMITED"}).encode()
    with database.remake() as connection:
        upgrade_to(connection, "0018")
        insert(connection, "sellers", seller_id="S1", name="Ada", region="NA", profile=profile, joined_at=1)
        entered = {"seller_id": "S1", "marketplace_id": "ATVPDKIKX0DER", "store_name": "Ada"}
        insert(connection, "participations", **entered, is_participating=True, has_suspended_listings=False)
    database.close()

    market = Market.open(blank_database_url)
    with market.read() as unit:
        found = standings_of(unit, "S1")
    market.close()

    assert [(one.marketplace_id, one.status) for one in found] == [("ATVPDKIKX0DER", AccountStatus.NORMAL)]
