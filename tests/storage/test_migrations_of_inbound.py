"""A market of before there were inbound plans can make them, on either database, and keeps one operation at a time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from sellingpartner.market.inbound.lifecycle import OperationStatus
from sellingpartner.market.inbound.model import Address, Plan
from sellingpartner.market.inbound.store import Operation, find_plan, insert_operation, insert_plan
from sellingpartner.market.market import Market
from sellingpartner.storage.columns import microseconds
from sellingpartner.storage.database import Database
from sellingpartner.storage.migrations import configuration

SELLER = "A2SHOP"
PLAN_ID = "wf00000000-0000-4000-8000-000000000000"
BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def begin(database_url: str) -> Market:
    """A market of the revision before, with a seller, brought up to date."""
    database = Database(database_url)
    row = {"seller_id": SELLER, "name": "Ada", "region": "NA", "profile": "{}", "joined_at": microseconds(BEGIN)}
    with database.remake() as connection:
        command.upgrade(configuration(connection), "0039")
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO sellers ({names}) VALUES ({values})"), row)
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
