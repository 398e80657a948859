"""Carrier accounts of Shipping v2: a seller links its own, and nobody else sees them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from modeled import check_form
from postage import buying, buys, ordered, rate, rates, tracked, tracking_of
from sqlalchemy import text

from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.shipping_v2 import (
    CancelShipment,
    CarrierAccountAttribute,
    GetCarrierAccountFormInputs,
    GetCarrierAccounts,
    LinkCarrierAccount,
    LinkCarrierAccountByPost,
    PurchaseShipmentResult,
    ShippingBusinessId,
    UnlinkCarrierAccount,
)
from sellingpartner.market.events.shipping import (
    CarrierAccountLinked,
    CarrierAccountUnlinked,
    LabelBought,
    LabelRefunded,
)
from sellingpartner.market.money.ledger.store import entry_by_source
from sellingpartner.market.shipping.commands import adjust
from sellingpartner.testing import TestMarket

US, UK = ShippingBusinessId.AMAZON_SHIPPING_US, ShippingBusinessId.AMAZON_SHIPPING_UK
MODEL = "shippingV2.json"
FEDEX = {"ACCOUNT_NUMBER": "123456789"}


def attributes(said: dict[str, str]) -> list[CarrierAccountAttribute]:
    return [CarrierAccountAttribute(attribute_name=name, value=value) for name, value in said.items()]


def link(market: TestMarket, said: dict[str, str] | None = None, **changed: Any) -> str:  # noqa: ANN401
    fields: dict[str, Any] = {
        "carrier_id": "FEDEX",
        "carrier_account_type": "SHIPPER_ACCOUNT",
        "carrier_account_attributes": attributes(FEDEX if said is None else said),
        "shipping_business_id": US,
    }
    linked = market.seller.send(LinkCarrierAccount(**(fields | changed)))
    assert linked.registration_status == "ACTIVE"
    return linked.account_id or ""


def accounts(market: TestMarket, business: ShippingBusinessId = US) -> list[tuple[str | None, str | None]]:
    found = market.seller.send(GetCarrierAccounts(shipping_business_id=business)).active_accounts
    return [(one.carrier_id, one.account_id) for one in found]


def test_what_a_carrier_asks_for_is_enough_to_link_an_account(market: TestMarket) -> None:
    form = market.seller.send(GetCarrierAccountFormInputs(shipping_business_id=US)).linkable_carriers_list or []
    assert [one.carrier_id for one in form] == ["UPS", "FEDEX", "DHL"]
    [kind] = form[1].linkable_account_types or []
    asked = {one.name: one for one in kind.carrier_account_inputs or []}
    assert [name for name, one in asked.items() if one.is_mandatory] == ["ACCOUNT_NUMBER"]
    checks = {one.validation_strategy: one.value for one in asked["ACCOUNT_NUMBER"].validation_metadata or []}
    assert checks == {"MIN_LENGTH": "9", "MAX_LENGTH": "9", "REGEX": r"\d{9}"}

    account_id = link(market)

    assert accounts(market) == [("FEDEX", account_id)]
    assert [fact.account_id for fact in market.facts(CarrierAccountLinked)] == [account_id]


def test_it_is_linked_by_post_as_well_and_once(market: TestMarket) -> None:
    first = link(market)
    again = LinkCarrierAccountByPost(
        carrier_id="FEDEX",
        carrier_account_type="SHIPPER_ACCOUNT",
        carrier_account_attributes=attributes(FEDEX),
        shipping_business_id=US,
    )

    assert market.seller.send(again).account_id == first
    assert accounts(market) == [("FEDEX", first)]
    other = link(market, {"ACCOUNT_NUMBER": "987654321", "ACCOUNT_NICKNAME": "Second"})
    assert {account_id for _, account_id in accounts(market)} == {first, other}


def test_what_is_unlinked_is_gone_and_can_be_linked_again(market: TestMarket) -> None:
    first = link(market)
    second = link(market, {"ACCOUNT_NUMBER": "987654321"})

    one = UnlinkCarrierAccount(carrier_id="FEDEX", account_id=first, shipping_business_id=US)
    assert market.seller.send(one).is_unlinked
    assert accounts(market) == [("FEDEX", second)]
    with pytest.raises(NotFound, match="The requested resource is invalid or doesn't exist"):
        market.seller.send(one)
    assert link(market) == first
    market.seller.send(UnlinkCarrierAccount(carrier_id="FEDEX", shipping_business_id=US))

    assert accounts(market) == []
    assert len(market.facts(CarrierAccountUnlinked)) == 3


def test_an_account_is_of_its_country_and_of_its_seller(market: TestMarket) -> None:
    link(market)
    british = {"ACCOUNT_NUMBER": "0123456789", "POSTING_LOCATION": "9000000001"}
    posted = link(market, british, carrier_id="ROYAL_MAIL", shipping_business_id=None)

    assert accounts(market, UK) == [("ROYAL_MAIL", posted)]
    other = market.caller(seller=market.join("Rival & Co"))
    assert other.send(GetCarrierAccounts(shipping_business_id=US)).active_accounts == []
    with pytest.raises(NotFound):
        other.send(UnlinkCarrierAccount(carrier_id="FEDEX", shipping_business_id=US))


REFUSED = [
    ({"said": {}}, "ACCOUNT_NUMBER is missing"),
    ({"said": {"ACCOUNT_NUMBER": "12"}}, "ACCOUNT_NUMBER has 9 to 9 characters"),
    ({"said": {"ACCOUNT_NUMBER": "12345678X"}}, "ACCOUNT_NUMBER is 9 digits"),
    ({"said": {"ACCOUNT_NUMBER": "١٢٣٤٥٦٧٨٩"}}, "ACCOUNT_NUMBER is 9 digits"),
    ({"said": FEDEX | {"SHOE_SIZE": "44"}}, "SHOE_SIZE is not asked for"),
    ({"carrier_account_type": "AMAZON_ACCOUNT"}, "carrierAccountType can be SHIPPER_ACCOUNT"),
    ({"carrier_account_attributes": attributes(FEDEX) * 2}, "ACCOUNT_NUMBER is said twice"),
    ({"encrypted_carrier_account_attributes": attributes(FEDEX)}, "cannot be read"),
]


@pytest.mark.parametrize(("changed", "why"), REFUSED, ids=[why for _, why in REFUSED])
def test_what_the_carrier_would_not_take_is_refused_and_says_why(
    market: TestMarket, changed: dict[str, Any], why: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        link(market, **changed)

    assert (refused.value.code, why in (refused.value.details or "")) == ("InvalidRequest", True)
    assert accounts(market) == []


def test_a_carrier_that_takes_no_accounts_there_is_none(market: TestMarket) -> None:
    for carrier_id, business in (("FEDEX", UK), ("ONTRAC", US), ("NOBODY", US)):
        with pytest.raises(NotFound):
            link(market, carrier_id=carrier_id, shipping_business_id=business)
    gulf = GetCarrierAccountFormInputs(shipping_business_id=ShippingBusinessId.AMAZON_SHIPPING_UAE)
    assert market.seller.send(gulf).linkable_carriers_list == []


def test_the_number_of_an_account_is_kept_nowhere(market: TestMarket) -> None:
    link(market)

    with market.market.read(market.seller.seller_id) as unit:
        rows = unit.execute(text("SELECT * FROM carrier_accounts")).all()
    assert "FEDEX" in str(rows)
    assert FEDEX["ACCOUNT_NUMBER"] not in str(rows)


def test_answers_have_the_published_form(market: TestMarket) -> None:
    headers = {"x-amzn-shipping-business-id": "AmazonShipping_US"}
    shown = market.seller.call("GET", "/shipping/v2/carrierAccountFormInputs", headers=headers).json()
    check_form(shown, MODEL, "GetCarrierAccountFormInputsResponse")
    body = {
        "carrierAccountType": "SHIPPER_ACCOUNT",
        "carrierAccountAttributes": [{"attributeName": name, "value": value} for name, value in FEDEX.items()],
    }
    path = "/shipping/v2/carrierAccounts"
    linked = market.seller.call("POST", f"{path}/FEDEX", headers=headers, body=json.dumps(body).encode()).json()
    check_form(linked, MODEL, "LinkCarrierAccountResponse")
    listed = market.seller.call("PUT", path, headers=headers, body=b"{}").json()
    check_form(listed, MODEL, "GetCarrierAccountsResponse")
    gone = market.seller.call("PUT", f"{path}/FEDEX/unlink", headers=headers, body=b"{}").json()
    check_form(gone, MODEL, "UnlinkCarrierAccountResponse")
    elsewhere = market.seller.call(
        "PUT", path, headers={"x-amzn-shipping-business-id": "AmazonShipping_XX"}, body=b"{}"
    )
    assert elsewhere.status == 400


UPS = {"ACCOUNT_NUMBER": "A1B2C3", "POSTAL_CODE": "48123"}


def charged(market: TestMarket, bought: PurchaseShipmentResult) -> int | None:
    """What Amazon charged for a label, in cents; None if nothing."""
    with market.market.read(market.seller.seller_id) as unit:
        entry = entry_by_source(unit, f"label:{bought.shipment_id}")
    return None if entry is None else -entry.total_minor


def own_account(market: TestMarket, said: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Link an account with UPS, and what getRates is told with it."""
    account_id = link(market, UPS, carrier_id="UPS")
    return account_id, said | {"carrierAccounts": [{"carrierAccountId": account_id, "carrierId": "UPS"}]}


def test_a_label_of_an_own_account_is_paid_to_its_carrier_and_not_to_amazon(market: TestMarket) -> None:
    _, said = own_account(market, ordered(market))
    found = rates(market.seller, said)
    payers = {one.carrier_id: one.payment_type for one in found.rates}
    assert (payers["UPS"], payers["USPS"]) == ("PAY_DIRECT_TO_CARRIER", "PAY_THROUGH_AMAZON")
    assert rate(found, "UPS_PTP_GND").benefits is None

    bought = market.seller.send(buying(found, "UPS_PTP_GND")).payload
    market.advance(days=14)

    assert charged(market, bought) is None
    assert tracked(market.seller, tracking_of(bought), "UPS").summary.status == "Delivered"
    assert (charged(market, buys(market.seller, ordered(market))) or 0) > 0


def test_of_what_was_paid_to_the_carrier_amazon_gives_nothing_back(market: TestMarket) -> None:
    _, said = own_account(market, ordered(market))
    bought = buys(market.seller, said)

    market.seller.send(CancelShipment(shipment_id=bought.shipment_id))
    market.advance(days=30)

    assert [(fact.refunded_minor, fact.is_refused) for fact in market.facts(LabelRefunded)] == [(0, False)]
    with market.market.write(market.seller.seller_id) as unit, pytest.raises(InvalidInput, match="paid to its carrier"):
        adjust(unit, bought.shipment_id, 100)


def test_an_account_that_is_not_linked_pays_for_nothing(market: TestMarket) -> None:
    account_id, said = own_account(market, ordered(market))
    found = rates(market.seller, said)
    market.seller.send(UnlinkCarrierAccount(carrier_id="UPS", account_id=account_id, shipping_business_id=US))

    for asked in (buying(found, "UPS_PTP_GND"), None):
        with pytest.raises(InvalidInput) as refused:
            market.seller.send(asked) if asked else rates(market.seller, said)
        assert "is not linked with UPS in US" in (refused.value.details or "")
    assert market.facts(LabelBought) == []
