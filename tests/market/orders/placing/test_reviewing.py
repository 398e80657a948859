from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.orders import (
    OrderCanceled,
    VerificationApproved,
    VerificationCanceled,
    VerificationExpired,
    VerificationRejected,
)
from sellingpartner.market.inventory.model import Stock
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.lifecycle import OrderStatus, VerificationStatus
from sellingpartner.market.orders.model import Canceler
from sellingpartner.market.orders.packages import Parcel
from sellingpartner.market.orders.refusals import NothingRegulated, VerificationOpen
from sellingpartner.market.orders.regulated import RegulatedField, Verdict
from sellingpartner.testing import TestMarket

if TYPE_CHECKING:
    from tests.market.orders.conftest import Shop

APPROVED, REJECTED = VerificationStatus.APPROVED, VerificationStatus.REJECTED
FIELDS = (RegulatedField(field_id="pet_name", label="Pet's name", value="Rex"),)
TOO_YOUNG = "shield_pom_vps_reject_age"


def verdict(status: VerificationStatus | None, **more: Any) -> Verdict:  # noqa: ANN401 - fields of Verdict
    return Verdict(**({"reviewer_id": "vet-7", "status": status} | more))


@pytest.fixture
def order_id(market: TestMarket) -> str:
    return market.buys("FLEA-DROPS", regulated_fields=FIELDS)


def test_a_regulated_order_ships_only_once_it_is_approved(market: TestMarket, shop: Shop, order_id: str) -> None:
    parcel = Parcel(
        reference="1",
        shipped_at=market.now,
        quantities=shop.order(order_id).unshipped_quantities(),
        carrier_code="UPS",
    )
    with pytest.raises(VerificationOpen):
        shop.do(orders.ship, order_id, parcel)

    shop.do(orders.judge, order_id, verdict(APPROVED))
    shop.do(orders.ship, order_id, parcel)

    assert shop.order(order_id).status is OrderStatus.SHIPPED
    assert len(market.facts(VerificationApproved)) == 1


def test_a_rejected_order_is_canceled(market: TestMarket, shop: Shop, order_id: str) -> None:
    shop.do(orders.judge, order_id, verdict(REJECTED, rejection_reason_id=TOO_YOUNG))

    order = shop.order(order_id)
    review = order.regulated()
    assert order.status is OrderStatus.CANCELED
    assert (review.status, review.rejection_reason_id, review.reviewed_at) == (REJECTED, TOO_YOUNG, market.now)
    assert shop.stock("FLEA-DROPS") == Stock(on_hand=100, reserved=0)
    assert [fact.reason for fact in market.facts(OrderCanceled)] == ["VerificationRejected"]
    assert len(market.facts(VerificationRejected)) == 1


def test_a_review_that_nobody_decides_expires_and_the_order_is_canceled(
    market: TestMarket, shop: Shop, order_id: str
) -> None:
    market.advance(days=2.9)
    assert shop.order(order_id).regulated().is_pending
    market.advance(days=0.1)

    assert shop.order(order_id).regulated().status is VerificationStatus.EXPIRED
    assert shop.order(order_id).status is OrderStatus.CANCELED
    assert len(market.facts(VerificationExpired)) == 1
    assert market.facts(VerificationCanceled) == []


def test_an_approved_order_outlives_the_deadline(market: TestMarket, shop: Shop, order_id: str) -> None:
    shop.do(orders.judge, order_id, verdict(APPROVED))

    market.advance(days=5)

    assert shop.order(order_id).status is OrderStatus.UNSHIPPED


def test_canceling_an_order_ends_its_review(market: TestMarket, shop: Shop, order_id: str) -> None:
    shop.do(orders.cancel, order_id, by=Canceler.BUYER, reason="Rex is well")
    market.advance(days=5)

    assert shop.order(order_id).regulated().status is VerificationStatus.CANCELED
    assert len(market.facts(VerificationCanceled)) == 1
    assert len(market.facts(OrderCanceled)) == 1


def test_an_interim_word_leaves_the_review_open(shop: Shop, order_id: str) -> None:
    interim = {"interimStatusDetail": {"statusCode": "VET_CONTACTED", "statusDateTime": "2026-11-02T09:00:00Z"}}

    shop.do(orders.judge, order_id, verdict(None, details=interim))

    review = shop.order(order_id).regulated()
    assert (review.status, review.details, review.reviewed_at) == (VerificationStatus.PENDING, interim, None)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"status": VerificationStatus.CANCELED}, "Cancelled is not a merchant's to set"),
        ({"status": VerificationStatus.EXPIRED}, "Expired is not a merchant's to set"),
        ({"status": VerificationStatus.PENDING}, "Set the status Approved or Rejected"),
        ({"status": None}, "Set the status Approved or Rejected"),
        ({"status": APPROVED, "reviewer_id": " "}, "externalReviewerId is empty"),
        ({"status": REJECTED}, "rejectionReasonId is missing"),
        ({"status": REJECTED, "rejection_reason_id": "too_cute"}, "rejectionReasonId too_cute must be one of"),
        ({"status": APPROVED, "rejection_reason_id": TOO_YOUNG}, "goes with the status Rejected only"),
        (
            {"status": REJECTED, "rejection_reason_id": TOO_YOUNG, "details": {"prescriptionDetail": {}}},
            "prescriptionDetail may be given with the status Approved only, not with Rejected",
        ),
        (
            {"status": APPROVED, "details": {"approvedAlternativeDetails": []}},
            "approvedAlternativeDetails may be given with the status Rejected only",
        ),
        (
            {"status": APPROVED, "details": {"interimStatusDetail": {"statusCode": "VET_CONTACTED"}}},
            "interimStatusDetail may be given with the status Pending only",
        ),
        (
            {"status": None, "details": {"interimStatusDetail": {"statusCode": "VET_ON_HOLIDAY"}}},
            "statusCode VET_ON_HOLIDAY must be one of",
        ),
    ],
)
def test_a_verdict_that_breaks_a_rule_changes_nothing(
    shop: Shop, order_id: str, said: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidInput, match=message):
        shop.do(orders.judge, order_id, Verdict(**({"reviewer_id": "vet-7"} | said)))

    review = shop.order(order_id).regulated()
    assert (review.is_pending, review.reviewer_id) == (True, None)


def test_a_verdict_is_final(shop: Shop, order_id: str) -> None:
    shop.do(orders.judge, order_id, verdict(APPROVED))

    with pytest.raises(InvalidInput, match="is Approved and final"):
        shop.do(orders.judge, order_id, verdict(REJECTED, rejection_reason_id=TOO_YOUNG))


def test_an_order_without_regulated_items_needs_no_verdict(market: TestMarket, shop: Shop) -> None:
    with pytest.raises(NothingRegulated):
        shop.do(orders.judge, market.buys(), verdict(APPROVED))
