"""India's stock transfers: what Amazon moves from one state to another is taxed by the union."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from forwarder import Forwarder

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.accounts.model import Address
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.inventory.transferring import transfer
from sellingpartner.market.removals.commands import request_removal
from sellingpartner.market.removals.model import NewRemoval, RemovalKind, Wanted
from sellingpartner.testing import TestMarket

TYPE = "GET_GST_STR_ADHOC"
INDIA = BY_COUNTRY["IN"].marketplace_id


@pytest.fixture
def indian() -> Iterator[TestMarket]:
    """A market whose seller sells in India."""
    market = TestMarket(marketplaces=["IN"])
    yield market
    market.close()


def test_units_that_change_their_state_have_an_invoice(indian: TestMarket) -> None:
    began = indian.now
    Forwarder(indian, marketplace_id=INDIA).sells("ATLAS", currency="INR")
    with indian.market.write(indian.seller_account.seller_id) as unit:
        receive(unit, "ATLAS", Place.FBA, 10, reference="first")
        transfer(unit, "ATLAS", 4, from_="BLR7", to="BOM7")
    indian.advance(days=7)

    (row,) = indian.report(TYPE, start=began).rows

    assert (row["Transaction Type"], row["Sku"], row["Quantity"]) == ("FC_TRANSFER", "ATLAS", "4")
    assert (row["Ship From Fc"], row["Ship From State"]) == ("BLR7", "KARNATAKA")
    assert (row["Ship To Fc"], row["Ship To State"]) == ("BOM7", "MAHARASHTRA")
    value, net, tax = (Decimal(row[name]) for name in ("Invoice Value", "Taxable Value", "Igst Amount"))
    assert value == net + tax == 4 * Decimal("9.99")
    assert abs(tax - net * Decimal(row["Igst Rate"])) < Decimal("0.01")


def test_what_leaves_for_its_seller_in_another_state_is_a_removal(indian: TestMarket) -> None:
    began = indian.now
    Forwarder(indian, marketplace_id=INDIA).sells("ATLAS", currency="INR")
    home = Address(line1="4 Beach Road", city="Chennai", state="TAMIL NADU", postal_code="600001", country_code="IN")
    wanted = Wanted(sku="ATLAS", sellable=3, unsellable=0)
    with indian.market.write(indian.seller_account.seller_id) as unit:
        receive(unit, "ATLAS", Place.FBA, 10, reference="first")
        request_removal(unit, NewRemoval(kind=RemovalKind.RETURN, items=(wanted,), recipient="Asha", address=home))
    indian.advance(days=40)

    rows = indian.report(TYPE, start=began).rows

    assert {(row["Transaction Type"], row["Ship To State"], row["Ship To Fc"]) for row in rows} == {
        ("FC_REMOVAL", "TAMIL NADU", "")
    }
    assert sum(int(row["Quantity"]) for row in rows) == 3


def test_without_transfers_there_is_nothing_to_tell(indian: TestMarket) -> None:
    assert indian.report(TYPE).status == "CANCELLED"
