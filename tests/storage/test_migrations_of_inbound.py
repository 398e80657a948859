"""A market of before there were inbound plans can make them, on either database, and keeps one operation at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from old_markets import upgrade_to
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from sellingpartner.market.inbound.lifecycle import OperationStatus, ShipmentStatus
from sellingpartner.market.inbound.model import Address, Plan
from sellingpartner.market.inbound.store.options import keep_transports, transports_for
from sellingpartner.market.inbound.store.plans import Operation, find_plan, insert_operation, insert_plan
from sellingpartner.market.inbound.store.shipments import find_shipment
from sellingpartner.market.inbound.transport.carriage import TransportOption
from sellingpartner.market.inbound.transport.carrying import Mode, Solution
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.market import Market
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.database import Database

SELLER = "A2SHOP"
PLAN_ID = "wf00000000-0000-4000-8000-000000000000"
BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def begin(database_url: str, revision: str = "0039", *rows: tuple[str, dict[str, object]]) -> Market:
    """A market of the revision before, with a seller and what else it kept, brought up to date."""
    database = Database(database_url)
    seller = {"seller_id": SELLER, "name": "Ada", "region": "NA", "profile": "{}", "joined_at": microseconds(BEGIN)}
    with database.remake() as connection:
        upgrade_to(connection, revision)
        for table, row in (("sellers", seller), *rows):
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
    database.close()
    return Market.open(database_url, at=BEGIN)


def operation(number: int, plan_id: str | None = PLAN_ID) -> Operation:
    return Operation(
        operation_id=f"00000000-0000-4000-8000-{number:012}",
        plan_id=plan_id,
        kind="cancelInboundPlan",
        status=OperationStatus.IN_PROGRESS,
        began_at=BEGIN,
        ends_at=BEGIN,
        payload=None,
        problems=(),
    )


def test_a_market_of_before_makes_plans_and_does_one_thing_at_a_time(blank_database_url: str) -> None:
    market = begin(blank_database_url)
    plan = Plan(
        plan_id=PLAN_ID,
        marketplace_id="ATVPDKIKX0DER",
        name="Spring",
        created_at=BEGIN,
        updated_at=BEGIN,
        ship_from=Address(name="Ada", line_1="1 Quay", city="Detroit", postal_code="48123", country_code="US"),
        units=1,
    )

    with market.write(SELLER) as unit:
        insert_plan(unit, plan, ())
        insert_operation(unit, operation(1))
        insert_operation(unit, operation(2, plan_id=None))
        insert_operation(unit, operation(3, plan_id=None))
    with pytest.raises(IntegrityError), market.write(SELLER) as unit:
        insert_operation(unit, operation(4))
    with market.read(SELLER) as unit:
        found = find_plan(unit, PLAN_ID)
    market.close()

    assert found == plan


def test_a_shipment_of_before_has_options_and_a_carriage(blank_database_url: str) -> None:
    shipment_id = f"sh{PLAN_ID[2:]}"
    document = (
        f'{{"shipment_id":"{shipment_id}","plan_id":"{PLAN_ID}","marketplace_id":"ATVPDKIKX0DER",'
        '"placement_option_id":"pl","created_at":"2026-03-02T08:00:00Z","updated_at":"2026-03-02T08:00:00Z",'
        '"center":"PHX6","name":"Spring","ship_from":{"name":"Ada","line_1":"1 Quay","city":"Detroit",'
        '"postal_code":"48123","country_code":"US"},"items":[]}'
    )
    row = {
        "seller_id": SELLER,
        "shipment_id": shipment_id,
        "plan_id": PLAN_ID,
        "marketplace_id": "ATVPDKIKX0DER",
        "status": "UNCONFIRMED",
        "created_at": microseconds(BEGIN),
        "updated_at": microseconds(BEGIN),
        "document": document.encode(),
    }
    begin(blank_database_url, "0050", ("inbound_shipments", row)).close()
    market = Market.open(blank_database_url)
    offered = (TransportOption(option_id="to", name="Other", mode=Mode.PARCEL, solution=Solution.OWN),)

    with market.write(SELLER) as unit:
        before = transports_for(unit, shipment_id)
        keep_transports(unit, shipment_id, offered)
    with market.read(SELLER) as unit:
        found, after = find_shipment(unit, PLAN_ID, shipment_id), transports_for(unit, shipment_id)
    market.close()

    assert found.carriage.option is None
    assert (before, after) == ((), offered)


def test_what_had_left_before_anything_was_received_arrives(blank_database_url: str) -> None:
    shipment_id = f"sh{PLAN_ID[2:]}"
    document = (
        f'{{"shipment_id":"{shipment_id}","plan_id":"{PLAN_ID}","marketplace_id":"ATVPDKIKX0DER",'
        '"placement_option_id":"pl","created_at":"2026-03-02T08:00:00Z","updated_at":"2026-03-02T08:00:00Z",'
        '"center":"PHX6","name":"Spring","confirmation_id":"FBA15ABCDEFG","status":"SHIPPED","ship_from":{"name":"Ada",'
        '"line_1":"1 Quay","city":"Detroit","postal_code":"48123","country_code":"US"},"items":[{"msku":"MUG",'
        '"quantity":5,"prep_owner":"NONE","label_owner":"NONE"}]}'
    )
    row = {
        "seller_id": SELLER,
        "shipment_id": shipment_id,
        "plan_id": PLAN_ID,
        "marketplace_id": "ATVPDKIKX0DER",
        "confirmation_id": "FBA15ABCDEFG",
        "status": "SHIPPED",
        "created_at": microseconds(BEGIN),
        "updated_at": microseconds(BEGIN),
        "document": document.encode(),
    }
    plan = {
        "seller_id": SELLER,
        "plan_id": PLAN_ID,
        "marketplace_id": "ATVPDKIKX0DER",
        "name": "Spring",
        "status": "SHIPPED",
        "created_at": microseconds(BEGIN),
        "updated_at": microseconds(BEGIN),
        "document": (
            f'{{"plan_id":"{PLAN_ID}","marketplace_id":"ATVPDKIKX0DER","name":"Spring","status":"SHIPPED","units":5,'
            '"created_at":"2026-03-02T08:00:00Z","updated_at":"2026-03-02T08:00:00Z","ship_from":{"name":"Ada",'
            '"line_1":"1 Quay","city":"Detroit","postal_code":"48123","country_code":"US"}}'
        ).encode(),
        "contents": b"[]",
    }
    stock = {"seller_id": SELLER, "sku": "MUG", "condition": "INBOUND_SHIPPED"}
    held = stock | {"place": "FBA", "on_hand": 5, "reserved": 0}
    market = begin(
        blank_database_url,
        "0052",
        ("inbound_plans", plan),
        ("inbound_shipments", row),
        ("stocks", held),
        ("center_stocks", stock | {"center": "PHX6", "units": 5}),
    )

    market.advance(timedelta(days=40))

    with market.read(SELLER) as unit:
        found = find_shipment(unit, PLAN_ID, shipment_id)
        there = stock_of(unit, "MUG", Place.FBA).on_hand
    market.close()
    assert (found.status, found.received, there) == (ShipmentStatus.CLOSED, {"MUG": 5}, 5)
