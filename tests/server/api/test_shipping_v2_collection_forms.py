"""Collection forms of Shipping v2: what waits is listed once, on a sheet that can be printed again."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from modeled import check_form
from postage import WAREHOUSE, buying, buys, ordered, rate, rates, tracking_of
from shipper import buys_label, items_of, parcel

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.shipping_v2 import (
    GenerateCollectionForm,
    GetCollectionForm,
    GetCollectionFormHistory,
    GetUnmanifestedShipments,
    ShippingBusinessId,
)
from sellingpartner.market.events.shipping import CollectionFormMade
from sellingpartner.market.shipping.collecting.model import CollectionForm, Listed
from sellingpartner.market.shipping.labels.manifests import manifest_of
from sellingpartner.market.shipping.questions import form_by_id
from sellingpartner.market.shipping.wishes import Sender
from sellingpartner.testing import TestMarket

US = ShippingBusinessId.AMAZON_SHIPPING_US
MODEL = "shippingV2.json"
ELSEWHERE = WAREHOUSE | {"addressLine1": "9 Dock Road", "postalCode": "48201"}


def address(said: dict[str, Any]) -> v2.Address:
    return msgspec.convert(said, v2.Address)


def waiting(market: TestMarket) -> dict[str, list[str]]:
    """The streets at which parcels wait, by carrier."""
    found = market.seller.send(GetUnmanifestedShipments(shipping_business_id=US))
    return {
        one.carrier_id or "": [
            there.address.address_line1
            for there in one.unmanifested_shipment_location_list or []
            if there.address is not None
        ]
        for one in found.unmanifested_carrier_information_list or []
    }


def made(market: TestMarket, carrier_id: str = "UPS", **more: Any) -> bytes:  # noqa: ANN401 - fields of the request
    asked = GenerateCollectionForm(carrier_id=carrier_id, shipping_business_id=US, **more)
    document = market.seller.send(asked).collections_form_document
    assert document is not None
    assert document.document_format == "application/pdf"
    return b64decode(document.base64_encoded_content or "")


def history(market: TestMarket, **more: Any) -> list[v2.CollectionFormsHistoryRecord]:  # noqa: ANN401 - as above
    asked = GetCollectionFormHistory(shipping_business_id=US, **more)
    return market.seller.send(asked).collection_forms_history_record_list or []


def buys_postal(market: TestMarket) -> v2.PurchaseShipmentResult:
    """A label of the postal service, confirmed as it is by itself."""
    found = rates(market.seller, ordered(market))
    [group] = rate(found, "USPS_PTP_PRI").available_value_added_service_groups or []
    plain = v2.RequestedValueAddedService(id=(group.value_added_services or [])[0].id)
    asked = msgspec.structs.replace(buying(found, "USPS_PTP_PRI"), requested_value_added_services=[plain])
    return market.seller.send(asked).payload


def listed(market: TestMarket, form_id: str | None) -> list[str]:
    with market.market.read(market.seller.seller_id) as unit:
        return [one.tracking_id for one in form_by_id(unit, form_id or "").parcels]


def test_what_was_bought_waits_until_it_is_on_a_form(market: TestMarket) -> None:
    first = buys(market.seller, ordered(market))
    order_id = market.buys()
    market.advance(minutes=1)
    second = buys_label(market, parcel(order_id, items_of(market.seller, order_id)), "UPS_PTP_GND")
    buys_postal(market)
    assert waiting(market) == {"UPS": ["300 Turnbull Ave"], "USPS": ["300 Turnbull Ave"]}

    printed = made(market)

    assert printed.startswith(b"%PDF")
    assert waiting(market) == {"USPS": ["300 Turnbull Ave"]}
    [record] = history(market)
    assert (record.carrier_name, record.generation_status) == ("UPS", "Completed")
    assert listed(market, record.collection_form_id) == [tracking_of(first), second.tracking_id]
    again = market.seller.send(GetCollectionForm(collection_form_id=record.collection_form_id or ""))
    assert again.collections_form_document is not None
    assert b64decode(again.collections_form_document.base64_encoded_content or "") == printed
    assert [fact.parcels for fact in market.facts(CollectionFormMade)] == [2]


def test_there_is_a_form_for_each_address(market: TestMarket) -> None:
    buys(market.seller, ordered(market))
    buys(market.seller, ordered(market) | {"shipFrom": ELSEWHERE})
    assert waiting(market) == {"UPS": ["300 Turnbull Ave", "9 Dock Road"]}
    with pytest.raises(InvalidInput) as several:
        made(market)
    assert "name shipFromAddress: 300 Turnbull Ave, 48123; 9 Dock Road, 48201" in (several.value.details or "")

    made(market, ship_from_address=address(ELSEWHERE))

    assert waiting(market) == {"UPS": ["300 Turnbull Ave"]}
    assert len(history(market, ship_from_address=address(ELSEWHERE))) == 1
    assert history(market, ship_from_address=address(WAREHOUSE)) == []
    buys(market.seller, ordered(market) | {"shipFrom": ELSEWHERE})
    found = market.seller.send(GetUnmanifestedShipments(shipping_business_id=US))
    [carrier] = found.unmanifested_carrier_information_list or []
    dates = [one.last_manifest_date for one in carrier.unmanifested_shipment_location_list or []]
    assert dates[0] is None
    assert dates[1] is not None


def test_what_is_handed_over_or_given_back_waits_no_more(market: TestMarket) -> None:
    buys(market.seller, ordered(market))
    given_back = buys_postal(market)
    market.seller.send(v2.CancelShipment(shipment_id=given_back.shipment_id))
    assert waiting(market) == {"UPS": ["300 Turnbull Ave"]}

    market.advance(days=2)

    assert waiting(market) == {}
    with pytest.raises(InvalidInput) as refused:
        made(market)
    assert refused.value.details == "No shipment with UPS waits for a collection form."


def test_the_same_request_sent_again_is_the_same_form(market: TestMarket) -> None:
    buys(market.seller, ordered(market))
    first = made(market, idempotency_key="once")
    buys(market.seller, ordered(market))

    assert made(market, idempotency_key="once") == first
    assert len(history(market)) == 1
    with pytest.raises(InvalidInput):
        made(market, "USPS", idempotency_key="once")
    assert made(market) != first


def test_forms_are_found_by_carrier_and_date(market: TestMarket) -> None:
    for carrier_id in ("UPS", "USPS"):
        buys_postal(market) if carrier_id == "USPS" else buys(market.seller, ordered(market))
        made(market, carrier_id)
        market.advance(days=3)
    day = timedelta(days=1)

    assert [one.carrier_name for one in history(market)] == ["USPS", "UPS"]
    assert [one.carrier_name for one in history(market, max_results=1)] == ["USPS"]
    assert [one.carrier_name for one in history(market, carrier_id="UPS")] == ["UPS"]
    late = v2.DateRange(start_date=market.now - 4 * day)
    assert [one.carrier_name for one in history(market, date_range=late)] == ["USPS"]
    wrong = v2.DateRange(start_date=market.now, end_date=market.now - day)
    for more in ({"date_range": wrong}, {"max_results": 0}, {"max_results": 101}):
        with pytest.raises(InvalidInput):
            history(market, **more)


def test_what_is_anothers_or_of_no_carrier_with_forms_is_none(market: TestMarket) -> None:
    buys(market.seller, ordered(market))
    made(market)
    [record] = history(market)
    other = market.caller(seller=market.join("Rival & Co"))

    for caller, form_id in ((other, record.collection_form_id or ""), (market.seller, "nothing")):
        with pytest.raises(NotFound):
            caller.send(GetCollectionForm(collection_form_id=form_id))
    for carrier_id in ("ONTRAC", "NOBODY"):
        with pytest.raises(InvalidInput):
            made(market, carrier_id)


def test_a_long_list_goes_over_pages() -> None:
    parcels = tuple(Listed(str(one), f"1Z{one}", "UPS Ground", "97205", 500) for one in range(95))
    sender = Sender(name="Harbor", line_1="1 Dock", city="Detroit", postal_code="48123", country_code="US")
    form = CollectionForm(
        form_id="f" * 36,
        carrier_id="UPS",
        carrier_name="UPS",
        country="US",
        sender=sender,
        created_at=datetime(2026, 11, 2, tzinfo=UTC),
        parcels=parcels,
    )

    assert manifest_of(form).count(b"/Type /Page\n") == 3


def test_answers_have_the_published_form(market: TestMarket) -> None:
    headers = {"x-amzn-shipping-business-id": "AmazonShipping_US"}
    buys(market.seller, ordered(market))
    path = "/shipping/v2/collectionForms"

    shown = market.seller.call("PUT", "/shipping/v2/unmanifestedShipments", headers=headers, body=b"{}").json()
    check_form(shown, MODEL, "GetUnmanifestedShipmentsResponse")
    body = json.dumps({"carrierId": "UPS"}).encode()
    check_form(
        market.seller.call("POST", path, headers=headers, body=body).json(), MODEL, "GenerateCollectionFormResponse"
    )
    told = market.seller.call("PUT", f"{path}/history", headers=headers, body=b"{}").json()
    check_form(told, MODEL, "GetCollectionFormHistoryResponse")
    form_id = told["collectionFormsHistoryRecordList"][0]["collectionFormId"]
    check_form(market.seller.call("GET", f"{path}/{form_id}").json(), MODEL, "GetCollectionFormResponse")
