"""What could not be delivered and what went wrong: NDR feedback and claims of Shipping v2."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from modeled import check_form
from postage import HOME, WAREHOUSE, buying, buys, ordered, rates, sold_elsewhere, tracked, tracking_of

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.shipping_v2 import ClaimReason, CreateClaim, NdrAction, SettlementType, SubmitNdrFeedback
from sellingpartner.market.events.shipping import ClaimDecided, ClaimFiled, NonDeliveryAnswered
from sellingpartner.market.money.ledger.store import entry_by_source
from sellingpartner.market.shipping.commands import move
from sellingpartner.market.shipping.lifecycle import ParcelStatus
from sellingpartner.market.shipping.questions import find_parcel
from sellingpartner.testing import TestMarket

ATTEMPTED = ParcelStatus.ATTEMPTED
INDIA: dict[str, Any] = {"city": "Mumbai", "stateOrRegion": "MAHARASHTRA", "postalCode": "400050", "countryCode": "IN"}


def moves(market: TestMarket, shipment_id: str, status: ParcelStatus) -> None:
    with market.market.write(market.seller.seller_id) as unit:
        move(unit, shipment_id, status)


def in_india(market: TestMarket) -> v2.PurchaseShipmentResult:
    """A parcel in India at whose door nobody was."""
    worth = {"insuredValue": {"unit": "INR", "value": 900}}
    said = sold_elsewhere(**worth) | {"shipFrom": WAREHOUSE | INDIA, "shipTo": HOME | INDIA}
    bought = buys(market.seller, said, "SWA-IN-OA")
    market.advance(hours=30)
    moves(market, bought.shipment_id, ATTEMPTED)
    return bought


def feedback(market: TestMarket, tracking_id: str, action: NdrAction, **data: Any) -> None:  # noqa: ANN401 - fields
    said = v2.NdrRequestData(**data) if data else None
    market.seller.send(SubmitNdrFeedback(tracking_id=tracking_id, ndr_action=action, ndr_request_data=said))


def events(market: TestMarket, bought: v2.PurchaseShipmentResult, carrier_id: str = "ATS") -> list[str]:
    seen = tracked(market.seller, tracking_of(bought), carrier_id)
    return [one.event_code.value for one in seen.event_history]


def planned(market: TestMarket, bought: v2.PurchaseShipmentResult) -> list[tuple[str, datetime]]:
    with market.market.read(market.seller.seller_id) as unit:
        return [(one.status.value, one.at) for one in find_parcel(unit, bought.shipment_id).plan]


def test_a_parcel_is_tried_again_with_what_its_seller_knows(market: TestMarket) -> None:
    bought = in_india(market)

    feedback(market, tracking_of(bought), NdrAction.REATTEMPT, additional_address_notes="Behind the temple")

    assert planned(market, bought)[0][0] == "OutForDelivery"
    assert [fact.action for fact in market.facts(NonDeliveryAnswered)] == ["REATTEMPT"]
    market.advance(days=10)
    told = events(market, bought)
    assert told[told.index("DeliveryAttempted") + 1] == "OutForDelivery"
    assert told.count("OutForDelivery") == 2
    assert told[-1] == "Delivered"


def test_a_parcel_is_tried_again_on_another_day(market: TestMarket) -> None:
    bought = in_india(market)
    day = market.now + timedelta(days=4)

    feedback(market, tracking_of(bought), NdrAction.RESCHEDULE, reschedule_date=day)

    market.advance(days=3)
    assert events(market, bought)[-1] == "DeliveryAttempted"
    market.advance(days=1, minutes=1)
    assert events(market, bought)[-1] == "OutForDelivery"


def test_a_parcel_is_brought_back(market: TestMarket) -> None:
    bought = in_india(market)

    feedback(market, tracking_of(bought), NdrAction.RTO)
    market.advance(days=4)

    assert events(market, bought)[-3:] == ["Undeliverable", "ReturnInitiated", "Delivered"]
    assert tracked(market.seller, tracking_of(bought), "ATS").summary.status == "Undeliverable"


def test_feedback_that_cannot_be_is_refused_and_changes_nothing(market: TestMarket) -> None:
    bought = in_india(market)
    number, before = tracking_of(bought), planned(market, bought)

    def why(action: NdrAction, **data: Any) -> str:  # noqa: ANN401 - fields
        with pytest.raises(InvalidInput) as refused:
            feedback(market, number, action, **data)
        assert refused.value.code in {"InvalidRequest", "InvalidInput"}
        return refused.value.details or refused.value.message

    assert why(NdrAction.RESCHEDULE) == "RescheduleDate is missing in the request"
    assert "is not within the next 7 days" in why(NdrAction.RESCHEDULE, reschedule_date=market.now - timedelta(days=1))
    assert "is not within the next 7 days" in why(NdrAction.RESCHEDULE, reschedule_date=market.now + timedelta(days=8))
    assert why(NdrAction.REATTEMPT) == "AdditionalAddressNotes is missing in the request"
    assert why(NdrAction.REATTEMPT, additional_address_notes="x" * 257)
    assert planned(market, bought) == before
    feedback(market, number, NdrAction.REATTEMPT, additional_address_notes="Third floor")
    assert "Feedback was given for this attempt" in why(NdrAction.RTO)
    market.advance(days=10)
    assert "The shipment is Delivered" in why(NdrAction.RTO)
    with pytest.raises(NotFound):
        feedback(market, "nothing", NdrAction.RTO)


def test_feedback_is_for_india(market: TestMarket) -> None:
    bought = buys(market.seller, ordered(market))
    market.advance(days=1)
    moves(market, bought.shipment_id, ATTEMPTED)

    with pytest.raises(InvalidInput) as refused:
        feedback(market, tracking_of(bought), NdrAction.RTO)

    assert "in India alone" in (refused.value.details or "")


def claim(
    market: TestMarket,
    bought: v2.PurchaseShipmentResult,
    reason: ClaimReason = ClaimReason.LOST_IN_TRANSIT,
    **more: Any,  # noqa: ANN401 - fields of the request
) -> str:
    fields: dict[str, Any] = {"settlement_type": SettlementType.REFUND}
    asked = CreateClaim(tracking_id=tracking_of(bought), claim_reason=reason, **(fields | more))
    return market.seller.send(asked).claim_id or ""


def paid(market: TestMarket, claim_id: str) -> int | None:
    """What came of a claim, in cents; None if nothing was posted."""
    with market.market.read(market.seller.seller_id) as unit:
        entry = entry_by_source(unit, f"label-claim:{claim_id}")
    return None if entry is None else entry.total_minor


DECLARED = v2.Currency(value=Decimal(40), unit="USD")


def elsewhere(market: TestMarket) -> v2.PurchaseShipmentResult:
    """A parcel of Amazon's own carrier that was sold elsewhere and is on its way."""
    bought = buys(market.seller, sold_elsewhere(), "std-us-swa-mfn")
    market.advance(hours=30)
    return bought


def test_a_lost_parcel_is_paid_for(market: TestMarket) -> None:
    bought = elsewhere(market)
    moves(market, bought.shipment_id, ParcelStatus.LOST)

    claim_id = claim(market, bought, declared_value=DECLARED)

    assert [fact.claim_id for fact in market.facts(ClaimFiled)] == [claim_id]
    assert paid(market, claim_id) is None
    market.advance(days=8)
    [fact] = market.facts(ClaimDecided)
    assert (fact.is_accepted, fact.paid_minor, paid(market, claim_id)) == (True, 2500, 2500)  # as it is insured


def test_a_parcel_of_an_order_is_paid_for_as_its_buyer_did(market: TestMarket) -> None:
    bought = buys(market.seller, ordered(market))
    market.advance(days=1)
    moves(market, bought.shipment_id, ParcelStatus.LOST)

    claim_id = claim(market, bought, is_replacement_package_sent=True)
    market.advance(days=8)

    assert (paid(market, claim_id) or 0) > 0


REASONS = [
    (ClaimReason.DAMAGED_IN_TRANSIT, ["https://harbor.example/broken.jpg"], True),
    (ClaimReason.DAMAGED_IN_TRANSIT, [], False),
    (ClaimReason.ITEM_MISSING_SWITCHEROO, ["https://harbor.example/empty.jpg"], True),
    (ClaimReason.LOST_IN_TRANSIT, [], False),
    (ClaimReason.COD_ABUSE, [], False),
]


@pytest.mark.parametrize(("reason", "proofs", "accepted"), REASONS)
def test_of_a_delivered_parcel_what_agrees_with_its_way_is_accepted(
    market: TestMarket, reason: ClaimReason, proofs: list[str], *, accepted: bool
) -> None:
    bought = elsewhere(market)
    moves(market, bought.shipment_id, ParcelStatus.DELIVERED)

    claim_id = claim(market, bought, reason, declared_value=DECLARED, proofs=proofs)
    market.advance(days=8)

    [fact] = market.facts(ClaimDecided)
    assert (fact.is_accepted, bool(fact.reason)) == (accepted, not accepted)
    assert (paid(market, claim_id) is not None) is accepted


@pytest.mark.parametrize(("confirmation", "is_signed"), [("NO_CONFIRMATION", False), ("SIGNATURE_CONFIRMATION", True)])
def test_only_what_a_signature_was_bought_for_was_signed_for(
    market: TestMarket, confirmation: str, *, is_signed: bool
) -> None:
    choice = [v2.RequestedValueAddedService(id=confirmation)]
    labels = []
    for _ in range(10):
        asked = buying(rates(market.seller, ordered(market)), "UPS_PTP_GND")
        asked = msgspec.structs.replace(asked, requested_value_added_services=choice)
        labels.append(market.seller.send(asked).payload)
    market.advance(days=14)

    summaries = {one.shipment_id: tracked(market.seller, tracking_of(one), "UPS").summary for one in labels}
    arrived = [one for one in labels if summaries[one.shipment_id].status == "Delivered"]
    left_at = [
        code for one in arrived if (told := summaries[one.shipment_id].tracking_detail_codes) for code in told.forward
    ]
    for one in arrived:
        claim(market, one, ClaimReason.DELIVERED_NOT_RECEIVED)
    market.advance(days=8)

    assert [code == "Signed" for code in left_at] == [is_signed] * len(arrived)
    decided = {(fact.is_accepted, fact.reason == "It was signed for.") for fact in market.facts(ClaimDecided)}
    assert decided == {(not is_signed, is_signed)}


def test_a_certificate_brings_no_money(market: TestMarket) -> None:
    bought = elsewhere(market)
    moves(market, bought.shipment_id, ParcelStatus.LOST)

    claim_id = claim(market, bought, declared_value=DECLARED, settlement_type=SettlementType.CERTIFICATE_OF_FACT)
    market.advance(days=8)

    assert market.facts(ClaimDecided)[0].is_accepted
    assert paid(market, claim_id) is None


def test_a_claim_that_cannot_be_is_refused(market: TestMarket) -> None:
    bought = elsewhere(market)
    fresh = buys(market.seller, sold_elsewhere(), "std-us-swa-mfn")

    def why(one: v2.PurchaseShipmentResult = bought, **more: Any) -> tuple[str, str | None]:  # noqa: ANN401 - fields
        with pytest.raises(InvalidInput) as refused:
            claim(market, one, **more)
        return refused.value.code, refused.value.details

    assert "declaredValue is missing" in (why()[1] or "")
    euros = v2.Currency(value=Decimal(4), unit="EUR")
    assert "declaredValue is not an amount of USD" in (why(declared_value=euros)[1] or "")
    nothing = v2.Currency(value=Decimal(0), unit="USD")
    assert "above 0" in (why(declared_value=nothing)[1] or "")
    assert why(declared_value=v2.Currency(value=Decimal(10) ** 30, unit="USD"))[0].startswith("Invalid")
    assert "no web address" in (why(declared_value=DECLARED, proofs=["ftp://x"])[1] or "")
    assert "was handed" in (why(fresh, declared_value=DECLARED)[1] or "")
    claim(market, bought, declared_value=DECLARED)
    assert why(declared_value=DECLARED) == ("InvalidInputException", "Claim already exists for the trackingId")
    with pytest.raises(NotFound):
        market.seller.send(
            CreateClaim(
                tracking_id="nothing", claim_reason=ClaimReason.COD_ABUSE, settlement_type=SettlementType.REFUND
            )
        )
    assert len(market.facts(ClaimFiled)) == 1


def test_a_claim_comes_in_time(market: TestMarket) -> None:
    bought = elsewhere(market)
    moves(market, bought.shipment_id, ParcelStatus.LOST)
    market.advance(days=80)

    with pytest.raises(InvalidInput) as refused:
        claim(market, bought, declared_value=DECLARED)

    assert "within 60 days" in (refused.value.details or "")


def test_answers_have_the_published_form(market: TestMarket) -> None:
    bought = elsewhere(market)
    said = {
        "trackingId": tracking_of(bought),
        "claimReason": "LOST_IN_TRANSIT",
        "settlementType": "REFUND",
        "declaredValue": {"unit": "USD", "value": 12.5},
    }
    answer = market.seller.call("POST", "/shipping/v2/claims", body=json.dumps(said).encode())
    assert answer.status == 201
    check_form(answer.json(), "shippingV2.json", "CreateClaimResponse")
    parcel = in_india(market)
    back = {"trackingId": tracking_of(parcel), "ndrAction": "RTO"}
    assert market.seller.call("POST", "/shipping/v2/ndrFeedback", body=json.dumps(back).encode()).status == 204
