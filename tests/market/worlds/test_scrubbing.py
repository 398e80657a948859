"""A world to be shared: nothing personal is left in its file, and it is a world all the same."""

from __future__ import annotations

import json
import sqlite3
from base64 import b64encode
from collections import Counter
from contextlib import closing
from datetime import timedelta
from hashlib import md5
from pathlib import Path

import pytest
from sqlalchemy import select

from sellingpartner.contract.orders_v0 import GetOrders
from sellingpartner.market import demo
from sellingpartner.market.documents.uploads import create_upload, receive_file
from sellingpartner.market.market import Market
from sellingpartner.market.messaging.commands import answer
from sellingpartner.market.orders.buyer import Address, Buyer, BuyerTax, TaxClassification
from sellingpartner.market.orders.commands import request_cancellation
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.orders.tables import orders
from sellingpartner.market.outbound.asking import Asked, AskedItem
from sellingpartner.market.outbound.commands import create
from sellingpartner.market.outbound.model import DropOff, PackingSlip
from sellingpartner.market.outbound.questions import find_fulfillment
from sellingpartner.market.outbound.speeds import Speed
from sellingpartner.market.scenarios.building import build
from sellingpartner.market.scenarios.reading import ready
from sellingpartner.market.worlds.comparing import compare
from sellingpartner.market.worlds.loading import load, scrubbed_copy
from sellingpartner.market.worlds.saving import save
from sellingpartner.market.worlds.standins import personal
from sellingpartner.market.worlds.world import Access, access_in, world_in
from sellingpartner.server.gateway.links import keep_a_key
from sellingpartner.storage.columns import metadata
from sellingpartner.testing import TestMarket
from sellingpartner.testing.world import START, US

ZELDA = Buyer(
    name="Zelda Quimbleton",
    email="zelda.quimbleton@mail.example",
    company_name="Quimbleton Widgets Sarl",
    county="Quimbleshire",
    tax=BuyerTax(
        company_legal_name="Quimbleton Widgets Legal",
        taxing_region="MX",
        classifications=(TaxClassification(name="RFC", value="QWZ911205Q77"),),
    ),
    purchase_order_number="PO-QWZ-8812",
)
HOME = Address(
    name="Zelda Q. Quimbleton-Ferris",
    line_1="4711 Umbelliferous Parade",
    line_2="Behind the Zeppelin Shed",
    city="Quaxhausen",
    postal_code="87431-4412",
    country_code="US",
    phone="+1 907 555 8841",
    instructions="ring thrice and whistle",
)
PERSONAL = (
    "Zelda",
    "Quimble",
    "quimble",
    "zelda.quimbleton@mail.example",
    "QWZ911205Q77",
    "PO-QWZ-8812",
    "Umbelliferous",
    "Zeppelin Shed",
    "Quaxhausen",
    "87431-4412",
    "907 555 8841",
    "ring thrice",
    "happy unbirthday",
    "did you pack it in moss",
    "the moss was organic",
    "uploaded words",
    "amazon-order-id",
    "bramble@harbor.example",
    "Bramble Thistlewood",
    "123456789012:quimble",
)


@pytest.fixture
def told(market: TestMarket) -> TestMarket:
    """A market in which personal data is everywhere where it can be."""
    line = PurchaseLine(sku="MUG-BLUE", is_gift=True, gift_message="happy unbirthday")
    order_id = market.buys(lines=(line,), buyer=ZELDA, address=HOME, is_business=True)
    market.buys("MUG-RED", buyer=ZELDA, address=HOME)
    market.subscribe("ORDER_CHANGE")
    market.user("bramble@harbor.example")
    with market.market.write(market.seller.seller_id) as unit:
        request_cancellation(unit, order_id, reason="happy unbirthday is over")
    with market.market.write(market.seller.seller_id) as unit:
        answer(unit, order_id, "did you pack it in moss")
        answer(unit, order_id, "the moss was organic")
    file = b"uploaded words, by nobody but Zelda"
    digest = b64encode(md5(file, usedforsecurity=False).digest()).decode()
    resource = f"messaging/v1/orders/{order_id}/messages/confirmOrderDetails"
    with market.market.write(market.seller.seller_id) as unit:
        upload = create_upload(unit, resource, US, md5(file, usedforsecurity=False).hexdigest(), "text/plain")
        receive_file(unit, upload.upload_destination_id, file, md5_said=digest, type_said="text/plain")
    market.report("GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", start=START - timedelta(days=1))
    return market


def survivors(path: Path) -> list[str]:
    content = path.read_bytes()
    return [text for text in PERSONAL if text.encode() in content]


def test_nothing_personal_is_left_in_the_bytes_of_the_file(told: TestMarket, tmp_path: Path) -> None:
    save(told.market, tmp_path / "plain.world", credentials=Access(client_id="a", client_secret="b", refresh_token="c"))
    save(told.market, tmp_path / "clean.world", is_scrubbed=True)

    assert {"Zelda", "Umbelliferous", "did you pack it in moss"} <= set(survivors(tmp_path / "plain.world"))
    assert survivors(tmp_path / "clean.world") == []
    with scrubbed_copy(tmp_path / "plain.world") as copy:
        assert survivors(copy) == []
        assert (access_in(copy), world_in(copy).is_scrubbed) == (None, True)


def test_nothing_is_left_of_what_a_seller_wrote_for_the_recipients_of_parcels(
    market: TestMarket, tmp_path: Path
) -> None:
    written = {"salutation": "Zelda", "orderText": "Quimbleton", "anything else": "happy unbirthday"}
    asked = Asked(
        fulfillment_order_id="SHOP-1",
        items=(AskedItem(item_id="1", sku="LAMP-OAK", quantity=1, comment="Zelda"),),
        address=HOME,
        speed=Speed.STANDARD,
        marketplace_id=US,
        displayable_id="SHOP-1",
        displayable_at=START,
        comment="Quimbleton",
        slip=PackingSlip(template="plain", attributes=written),
        drop_off=DropOff(place="FRONT_DOOR", attributes={"doorCode": "quimble77"}),
    )
    with market.market.write(market.seller.seller_id) as unit:
        create(unit, asked)

    save(market.market, tmp_path / "clean.world", is_scrubbed=True)

    assert survivors(tmp_path / "clean.world") == []
    with TestMarket() as other:
        load(tmp_path / "clean.world", other.market)
        with other.market.read(market.seller.seller_id) as unit:
            kept = find_fulfillment(unit, "SHOP-1")
    assert kept.slip is not None
    assert kept.drop_off is not None
    assert (kept.slip.template, kept.slip.attributes.keys()) == ("plain", written.keys())
    assert (kept.drop_off.place, kept.drop_off.attributes) == ("FRONT_DOOR", {"doorCode": "(comment 3)"})


def test_the_same_buyer_has_the_same_stand_in_and_orders_are_found_by_it(told: TestMarket, tmp_path: Path) -> None:
    save(told.market, tmp_path / "clean.world", is_scrubbed=True)

    load(tmp_path / "clean.world", told.market)
    told.advance(minutes=10)

    with told.market.read(told.seller.seller_id) as unit:
        kept = unit.execute(select(orders.c.document, orders.c.total_minor)).all()
    (email,) = {row.document.buyer.email for row in kept}
    assert email.endswith("@scrubbed.example")
    assert {row.document.address.line_1 for row in kept} == {kept[0].document.address.line_1}
    assert sorted(row.total_minor for row in kept) == [1499, 1499]
    asked = GetOrders(marketplace_ids=[US], created_after="2026-11-01T00:00:00Z")
    by_email = GetOrders(marketplace_ids=[US], created_after="2026-11-01T00:00:00Z", buyer_email=email)
    assert len(told.seller.send(asked).payload.orders) == 2
    assert len(told.seller.send(by_email).payload.orders) == 2


def test_a_document_of_a_scrubbed_world_says_that_it_was_removed(told: TestMarket, tmp_path: Path) -> None:
    (report_id,) = [fact.report_id for fact in told.facts("ReportEnded")]  # type: ignore[attr-defined] # its own
    save(told.market, tmp_path / "clean.world", is_scrubbed=True)
    with TestMarket() as other:
        load(tmp_path / "clean.world", other.market)
        keep_a_key(other.market)  # as whoever serves it does: a scrubbed world has none

        paper = other.report_of(report_id)

    assert paper.text == "What stood here was removed when the world was scrubbed.\n"


def test_scrubbing_twice_gives_the_same_and_changes_no_count(tmp_path: Path) -> None:
    market = Market.open(seed=7, at=START)
    demo.build_demo_world(market, skus=10, orders=40, items=10)
    plain = tmp_path / "plain.world"
    save(market, plain)
    market.close()
    with closing(sqlite3.connect(plain)) as file:
        kept = [json.loads(row) for (row,) in file.execute("SELECT document FROM orders")]
    found = [
        (one["buyer"]["name"], one["buyer"]["email"], one["address"]["line_1"], one["address"]["phone"]) for one in kept
    ]

    with scrubbed_copy(plain) as one, scrubbed_copy(plain) as other:
        assert compare(one, other) == []
        content = one.read_bytes()
        parts = {part.context: part for part in compare(plain, one)}
        with closing(sqlite3.connect(one)) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []
            guards = Counter(
                name for (name,) in file.execute("SELECT tbl_name FROM sqlite_schema WHERE type='trigger'")
            )

    left = [value for row in found for value in row if value and value.encode() in content]
    assert len(found) > 30
    assert left == []
    assert (parts["orders"].first, parts["orders"].second, parts["orders"].changed) == (0, 0, len(found))
    assert guards["audit"] == guards["ledger_entries"] == 2


def test_what_is_said_to_be_personal_is_there() -> None:
    columns = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}

    assert set(personal().columns) <= columns
    assert set(personal().emptied) <= set(metadata.tables)


@pytest.mark.parametrize("name", ["brazil-invoices", "business-seller"])
def test_a_scrubbed_world_goes_on(name: str, tmp_path: Path) -> None:
    market = Market.open(seed=2, at=START)
    built = build(market, ready(name))
    save(market, tmp_path / "clean.world", is_scrubbed=True)
    load(tmp_path / "clean.world", market)

    market.freeze(START + timedelta(days=20))

    assert market.failures() == []
    with market.read(built.seller_ids[0]) as unit:
        assert unit.count(orders) > 0
    market.close()
