"""Parcels that the seller sent and a carrier lost: their buyers claim, and whoever has to pays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from books import faults_in
from shipper import buys_label, items_of, parcel, ships

from sellingpartner.contract.shipping_v2 import ClaimReason, CreateClaim, SettlementType
from sellingpartner.market.events.shipping import ClaimDecided
from sellingpartner.market.money.ledger.questions import entries_of_order
from sellingpartner.market.money.ledger.selling.refunds import GUARANTEE_CLAIM
from sellingpartner.market.orders.commands import refund
from sellingpartner.market.orders.questions import order_of, refunds_of
from sellingpartner.market.orders.returns import FUNDED_CLAIM
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.parcels.tracking import move
from sellingpartner.market.shipping.store import parcels_of_order
from sellingpartner.testing import TestMarket


def loses(market: TestMarket, order_id: str) -> None:
    """A carrier gives up the one parcel of an order."""
    with market.market.write(market.seller_account.seller_id) as unit:
        (sent,) = parcels_of_order(unit, order_id)
        move(unit, sent.parcel_id, ParcelStatus.LOST)


def claims(market: TestMarket, order_id: str) -> None:
    """The seller claims for the one parcel of an order."""
    with market.market.read(market.seller_account.seller_id) as unit:
        (sent,) = parcels_of_order(unit, order_id)
    wanted = CreateClaim(
        tracking_id=sent.tracking_id or "",
        claim_reason=ClaimReason.LOST_IN_TRANSIT,
        settlement_type=SettlementType.REFUND,
    )
    market.seller.send(wanted)


def told(market: TestMarket, order_id: str) -> tuple[list[str], list[str]]:
    """Why an order was refunded, and what was posted for it."""
    with market.market.read(market.seller_account.seller_id) as unit:
        assert faults_in(unit) == []
        refunds, entries = refunds_of(unit, order_id), entries_of_order(unit, order_id)
    return [one.reason for one in refunds], [one.kind for one in entries if one.kind != "RELEASE"]


@pytest.fixture
def own_carrier(market: TestMarket) -> str:
    """An order that left with a carrier of the seller's own."""
    order_id = market.buys()
    ships(market, order_id)
    return order_id


@pytest.fixture
def amazons_label(market: TestMarket) -> str:
    """An order that left with a label that was bought of Amazon."""
    order_id = market.buys()
    market.advance(minutes=1)
    buys_label(market, parcel(order_id, items_of(market.seller, order_id)))
    market.advance(days=1)
    return order_id


def promised(market: TestMarket, order_id: str) -> timedelta:
    """How long it is until the buyer may claim."""
    with market.market.read(market.seller_account.seller_id) as unit:
        return order_of(unit, order_id).latest_delivery_at + timedelta(days=3) - unit.now


def test_the_seller_pays_what_its_own_carrier_lost(market: TestMarket, own_carrier: str) -> None:
    loses(market, own_carrier)
    market.market.advance(promised(market, own_carrier) - timedelta(hours=1))
    assert told(market, own_carrier) == ([], ["SALE"])

    market.advance(hours=2)

    assert told(market, own_carrier) == ([GUARANTEE_CLAIM], ["SALE", "GUARANTEE_CLAIM"])


def test_amazon_pays_what_was_lost_under_a_label_of_its_own(market: TestMarket, amazons_label: str) -> None:
    loses(market, amazons_label)

    market.advance(days=30)

    reasons, kinds = told(market, amazons_label)
    assert reasons == [FUNDED_CLAIM]
    assert "GUARANTEE_CLAIM" not in kinds


def test_what_the_seller_has_refunded_nobody_claims(market: TestMarket, own_carrier: str) -> None:
    loses(market, own_carrier)
    with market.market.write(market.seller_account.seller_id) as unit:
        refund(unit, own_carrier, reason="CouldNotShip")

    market.advance(days=30)

    assert told(market, own_carrier)[0] == ["CouldNotShip"]


def test_for_one_parcel_amazon_pays_once(market: TestMarket, amazons_label: str) -> None:
    loses(market, amazons_label)
    claims(market, amazons_label)
    market.advance(days=30)
    reasons, kinds = told(market, amazons_label)
    assert (reasons, kinds.count("LABEL_CLAIM")) == ([GUARANTEE_CLAIM], 1)


def test_a_seller_whose_buyer_amazon_has_paid_gets_nothing_besides(market: TestMarket, amazons_label: str) -> None:
    loses(market, amazons_label)
    market.advance(days=30)

    claims(market, amazons_label)
    market.advance(days=8)

    reasons, kinds = told(market, amazons_label)
    assert (reasons, "LABEL_CLAIM" in kinds) == ([FUNDED_CLAIM], False)
    [decided] = market.facts(ClaimDecided)
    assert (decided.is_accepted, decided.reason) == (False, "Amazon has paid the buyer in the seller's place.")
