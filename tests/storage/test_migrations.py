from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from old_markets import upgrade_to
from sqlalchemy import Connection, inspect, text

from sellingpartner.market.accounts.calls import Call, latest_calls, record
from sellingpartner.market.amounts import Money
from sellingpartner.market.listings.deriving import derived
from sellingpartner.market.listings.model import ListingStatus
from sellingpartner.market.listings.questions import listing_of
from sellingpartner.market.listings.store import record_of
from sellingpartner.market.market import Market
from sellingpartner.storage.columns import instant_of, metadata
from sellingpartner.storage.database import Database, DatabaseUnusable
from sellingpartner.storage.fulltext import is_of_index
from sellingpartner.storage.migrations import SCRIPTS, bring_up_to_date, configuration, newest
from sellingpartner.testing import TestMarket

Schema = dict[str, dict[str, Any]]

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE tbl_name = :name AND type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid), pg_get_functiondef(tgfoid) FROM pg_trigger "
    "WHERE tgrelid = CAST(:name AS regclass) AND NOT tgisinternal ORDER BY tgname",
}

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest}"


def upgrade() -> None:
    {what}
"""


def schema_of(connection: Connection) -> Schema:
    """Every table's columns, keys, constraints and indexes with their names, but Alembic's own table."""
    found = inspect(connection)
    columns, keys, foreign = found.get_multi_columns(), found.get_multi_pk_constraint(), found.get_multi_foreign_keys()
    unique, checks = found.get_multi_unique_constraints(), found.get_multi_check_constraints()
    indexes = found.get_multi_indexes()
    schema: Schema = {}
    for name in set(found.get_table_names()) - {"alembic_version"}:
        at = (None, name)
        schema[name] = {
            "columns": {column["name"]: (str(column["type"]), column["nullable"]) for column in columns[at]},
            "primary key": keys[at],
            "foreign keys": sorted(foreign[at], key=str),
            "unique": sorted(unique[at], key=str),
            "checks": sorted(checks[at], key=str),
            "indexes": sorted(map(_plain, indexes[at]), key=lambda index: str(index["name"])),
        }
        if connection.dialect.name == "sqlite":
            made = text("SELECT sql FROM sqlite_master WHERE tbl_name = :name AND type = 'index' ORDER BY name")
            schema[name]["made by"] = connection.execute(made, {"name": name}).scalars().all()
            kept = text("SELECT wr FROM pragma_table_list WHERE name = :name")
            schema[name]["in the order of its key"] = connection.execute(kept, {"name": name}).scalar_one()
        schema[name]["triggers"] = connection.execute(text(TRIGGERS[connection.dialect.name]), {"name": name}).all()
    return schema


def _plain(index: Mapping[str, Any]) -> dict[str, Any]:
    """An index with the SQL of its condition as text, which can be compared."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": options}


def is_declared(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not is_of_index(name or "")


def schema_at(url: str) -> Schema:
    database = Database(url)
    with database.read() as connection:
        found = schema_of(connection)
    database.close()
    return found


def revision_of(database: Database) -> str:
    with database.read() as connection:
        found: str = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    return found


def walk(database: Database) -> None:
    with database.remake() as connection:
        command.upgrade(configuration(connection), "head")


def scripts_with(folder: Path, what: str) -> Path:
    """A later version of the market, which has one more revision."""
    shutil.copytree(SCRIPTS, folder)
    (folder / "versions" / "9999_next.py").write_text(NEXT.format(newest=newest(), what=what))
    return folder


def test_revisions_are_known_by_their_files_as_alembic_knows_them(tmp_path: Path) -> None:
    script = ScriptDirectory.from_config(configuration())
    walked = list(script.walk_revisions())

    assert newest() == script.get_current_head()
    assert [Path(one.path).name[:5] for one in walked] == [f"{one.revision}_" for one in walked]
    one, other = (Database(f"sqlite:///{tmp_path}/{name}.db") for name in ("stamped", "walked"))
    bring_up_to_date(one)
    walk(other)
    tables = [reflected(database) for database in (one, other)]
    assert tables[0] == tables[1]


def reflected(database: Database) -> tuple[Any, ...]:
    """Alembic's own table, as it was made, and what is in it."""
    with database.read() as connection:
        made = (
            inspect(connection).get_columns("alembic_version"),
            inspect(connection).get_pk_constraint("alembic_version"),
        )
        found = *((str(one["type"]), one["nullable"]) for one in made[0]), made[1], revision_in(connection)
    database.close()
    return found


def revision_in(connection: Connection) -> object:
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def test_walking_all_revisions_leads_to_the_tables_as_they_stand(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    walk(database)

    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_declared})
        left = compare_metadata(context, metadata)
        walked = schema_of(connection)
    database.close()
    assert left == [], 'write a revision: python -m tools.revise "what changed"'
    assert {name for name in walked if not is_of_index(name)} == metadata.tables.keys()


def test_walked_or_made_at_once_a_sqlite_database_has_the_same_schema(tmp_path: Path) -> None:
    walked, made = f"sqlite:///{tmp_path / 'walked.db'}", f"sqlite:///{tmp_path / 'made.db'}"
    database = Database(walked)
    walk(database)
    database.close()
    Market.open(made).close()

    assert schema_at(walked) == schema_at(made)


def test_walked_or_made_at_once_a_postgresql_database_has_the_same_schema(
    blank_postgres_url: str, postgres_url: str
) -> None:
    database = Database(blank_postgres_url)
    walk(database)
    database.close()

    assert schema_at(blank_postgres_url) == schema_at(postgres_url)


def test_a_market_opens_on_a_walked_database_and_trades(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    walk(database)
    database.close()

    market = TestMarket(blank_database_url)
    order_id = market.buys()

    assert market.seller.call("GET", f"/orders/v0/orders/{order_id}").status == 200
    market.close()


def test_an_older_database_is_migrated_with_all_that_is_in_it(database_url: str, tmp_path: Path) -> None:
    market = TestMarket(database_url)
    order_id = market.buys()
    market.close()
    # On SQLite this copies the table, drops it and renames the copy: what refers to a seller has to survive that.
    newer = scripts_with(
        tmp_path / "newer",
        'with op.batch_alter_table("sellers", recreate="auto") as batch:\n'
        '        batch.alter_column("name", type_=sa.String(500))',
    )
    database = Database(database_url)

    bring_up_to_date(database, newer)

    with database.read() as connection:
        column = next(one for one in inspect(connection).get_columns("sellers") if one["name"] == "name")
        kept = connection.execute(text("SELECT order_id FROM orders")).scalars().all()
        sellers = connection.execute(text("SELECT count(*) FROM sellers")).scalar()
    assert (str(column["type"]), kept, sellers) == ("VARCHAR(500)", [order_id], 1)
    assert revision_of(database) == "9999"
    with database.remake() as connection:  # back, so that the next test finds the tables of this version
        command.stamp(configuration(connection), "head", purge=True)
        if not database.is_sqlite:
            connection.execute(text("ALTER TABLE sellers ALTER name TYPE TEXT"))
    database.close()


@pytest.mark.parametrize(
    "what",
    [
        'op.create_table("half", sa.Column("x", sa.Integer))\n    op.drop_table("market")\n    raise ZeroDivisionError',
        'op.create_table("half", sa.Column("x", sa.Integer))\n    op.execute("DELETE FROM no_such_table")',
    ],
)
def test_a_migration_that_fails_leaves_the_old_database_as_it_was(database_url: str, tmp_path: Path, what: str) -> None:
    Market.open(database_url).close()
    before = schema_at(database_url)
    database = Database(database_url)

    with pytest.raises(Exception, match=r"no_such_table|^$"):
        bring_up_to_date(database, scripts_with(tmp_path / "newer", what))

    assert revision_of(database) == newest()
    database.close()
    assert schema_at(database_url) == before
    Market.open(database_url).close()


def test_a_migration_that_is_killed_leaves_the_old_database_as_it_was(database_url: str, tmp_path: Path) -> None:
    Market.open(database_url).close()
    before = schema_at(database_url)
    newer = scripts_with(
        tmp_path / "newer", 'op.drop_table("counters")\n    import os, signal\n    os.kill(os.getpid(), signal.SIGKILL)'
    )
    migrating = (
        "import sys\nfrom pathlib import Path\n"
        "from sellingpartner.storage.database import Database\n"
        "from sellingpartner.storage.migrations import bring_up_to_date\n"
        "bring_up_to_date(Database(sys.argv[1]), Path(sys.argv[2]))"
    )

    killed = subprocess.run([sys.executable, "-c", migrating, database_url, newer], check=False)

    assert killed.returncode == -9
    assert schema_at(database_url) == before
    Market.open(database_url).close()


def test_a_migration_that_leaves_references_in_the_air_is_refused(tmp_path: Path) -> None:
    market = TestMarket(f"sqlite:///{tmp_path / 'market.db'}")
    market.buys()
    market.close()
    database = Database(f"sqlite:///{tmp_path / 'market.db'}")

    with pytest.raises(DatabaseUnusable, match="orders"):
        bring_up_to_date(database, scripts_with(tmp_path / "newer", 'op.execute("DELETE FROM sellers")'))

    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM sellers")).scalar() == 1
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    database.close()


def test_a_database_of_an_unknown_revision_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "market.db"
    Market.open(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    before = file.read_bytes()

    with pytest.raises(DatabaseUnusable, match=f"revision 9999; this version knows up to {newest()}"):
        Market.open(f"sqlite:///{file}")

    assert file.read_bytes() == before


def test_the_calls_of_a_market_of_the_first_revision_are_kept(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    call: dict[str, Any] = {
        "at": 1_900_000_000_000_000,
        "method": "GET",
        "path": "/a",
        "api": "orders v0",
        "scope": "",
        "status": 200,
    }
    call |= {"operation": "getOrder", "application_id": "app", "seller_id": "S", "milliseconds": 1.5}
    with database.remake() as connection:
        upgrade_to(connection, "0001")
        columns = ", ".join(["call_id", "request_id", "code", "reason", *call])
        values = ", ".join(f":{name}" for name in columns.split(", "))
        for number in range(1, 602):
            said = {"call_id": number, "request_id": str(number), "code": "", "reason": "nö" if number == 7 else ""}
            connection.execute(text(f"INSERT INTO calls ({columns}) VALUES ({values})"), call | said)
        numbered = "INSERT INTO counters (seller_id, name, value) VALUES ('', 'calls', 601)"
        connection.execute(text(numbered))
    database.close()

    market = Market.open(blank_database_url)
    with market.write() as unit:
        record(unit, [Call(at=unit.now, request_id="later", method="GET", path="/b", status=200)])
    with market.read() as unit:
        later, *kept = latest_calls(unit, limit=1000)
    market.close()

    assert later.request_id == "later"
    assert [one.request_id for one in kept] == [str(number) for number in range(601, 0, -1)]
    assert kept[-7] == Call(**call | {"at": instant_of(1_900_000_000_000_000), "request_id": "7", "reason": "nö"})


def test_the_listings_of_a_market_of_the_third_revision_become_attributes(blank_database_url: str) -> None:
    us, jp = "ATVPDKIKX0DER", "A1VC38T7YXB528"
    database = Database(blank_database_url)
    with database.remake() as connection:
        upgrade_to(connection, "0003")
        for statement in OLD_LISTINGS.format(us=us, jp=jp).split(";"):
            connection.execute(text(statement))
    database.close()

    market = Market.open(blank_database_url)
    with market.read("A2SELLER") as unit:
        mug, lamp = record_of(unit, "MUG/1", us), record_of(unit, "LAMP", jp)
        offer = listing_of(unit, "MUG/1", us)
    market.close()

    assert mug is not None
    assert (offer.price, offer.status, offer.max_order_quantity) == (Money(1499, "USD"), ListingStatus.ACTIVE, 4)
    assert derived(mug, mug.updated_at, available=2) == mug
    assert mug.attributes.decode().count("14.99") == 1
    assert (mug.product_type, mug.is_buyable, mug.fnsku) == ("MUG", True, None)
    assert lamp is not None
    assert derived(lamp, lamp.updated_at, available=0) == lamp
    assert (lamp.is_closed, lamp.status, lamp.is_buyable, lamp.shown) == (True, "INACTIVE", False, ("DISCOVERABLE",))
    assert b"AMAZON_JP" in lamp.attributes
    assert lamp.fnsku is not None


OLD_LISTINGS = """
INSERT INTO sellers (seller_id, name, region, profile, joined_at) VALUES ('A2SELLER', 'Ada', 'NA', '{{}}', 1);
INSERT INTO catalog_items (asin, number, product_type, brand, marketplaces, item_classification, added_at, updated_at,
    attributes) VALUES ('B000000001', 1, 'MUG', 'Harbor', '[]', 'BASE_PRODUCT', 1, 1, '{{}}');
INSERT INTO catalog_items (asin, number, product_type, brand, marketplaces, item_classification, added_at, updated_at,
    attributes) VALUES ('B000000002', 2, 'LAMP', 'Harbor', '[]', 'BASE_PRODUCT', 1, 1, '{{}}');
INSERT INTO stocks (seller_id, sku, condition, place, on_hand, reserved)
    VALUES ('A2SELLER', 'MUG/1', 'SELLABLE', 'SELLER', 3, 1);
INSERT INTO listings (seller_id, sku, marketplace_id, asin, price_minor, price_currency, condition, condition_subtype,
    fulfillment_channel, status, handling_days, max_order_quantity, is_regulated, created_at, updated_at)
    VALUES ('A2SELLER', 'MUG/1', '{us}', 'B000000001', 1499, 'USD', 'Used', 'Very Good', 'MFN', 'ACTIVE', 3, 4,
    FALSE, 1, 2);
INSERT INTO listings (seller_id, sku, marketplace_id, asin, price_minor, price_currency, condition, condition_subtype,
    fulfillment_channel, status, handling_days, max_order_quantity, is_regulated, created_at, updated_at)
    VALUES ('A2SELLER', 'LAMP', '{jp}', 'B000000002', 5900, 'JPY', 'New', 'New', 'AFN', 'INACTIVE', 2, NULL,
    TRUE, 1, 2)
"""
