"""What AWD refuses: in the form of Amazon, before anything happened."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from distributor import MUG, ORIGIN, Distributor, cases
from modeled import check_form
from shopkeeper import DE, US

from sellingpartner.contract import awd_2024_05_09 as awd
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.attributes import Attributes
from sellingpartner.market.catalog.commands import create_item
from sellingpartner.market.catalog.model import NewCatalogItem
from sellingpartner.market.events.distribution import AwdInboundDrafted, AwdOutboundDrafted
from sellingpartner.testing import Reply, TestMarket

FORM = "awd_2024-05-09.json"
BASE = "/awd/2024-05-09"
WRONG = "This exception is thrown when client inputs are invalid"
RIGHT: dict[str, Any] = {
    "originAddress": msgspec.to_builtins(ORIGIN),
    "packagesToInbound": [msgspec.to_builtins(cases(1, (MUG, 5)))],
}


@pytest.fixture
def seller(market: TestMarket) -> Distributor:
    return Distributor(market)


def post(seller: Distributor, path: str, body: object, method: str = "POST") -> Reply:
    sent = msgspec.json.encode(body)
    return seller.seller.call(method, BASE + path, headers={"content-type": "application/json"}, body=sent)


def with_product(**said: object) -> dict[str, Any]:
    (package,) = msgspec.json.decode(msgspec.json.encode(RIGHT["packagesToInbound"]))
    package["distributionPackage"]["contents"]["products"][0] |= said
    return {"packagesToInbound": [package]}


def with_case(**said: object) -> dict[str, Any]:
    (package,) = msgspec.json.decode(msgspec.json.encode(RIGHT["packagesToInbound"]))
    package["distributionPackage"] |= said
    return {"packagesToInbound": [package]}


def with_address(**said: object) -> dict[str, Any]:
    return {"originAddress": RIGHT["originAddress"] | said}


_SIDES = {"length": 1, "width": 1, "height": 1, "unitOfMeasurement": "INCHES"}
_WEIGHT = {"weight": 1, "unitOfMeasurement": "POUNDS"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            with_case(type="TEST"),
            "Invalid value (`TEST`) passed for `DistributionPackageType`. Valid values are: `CASE`",
        ),
        (with_case(type="PALLET"), "PALLET is not supported"),
        (with_case(contents={}), "contents.products is empty"),
        (with_case(contents={"packages": RIGHT["packagesToInbound"]}), "is for a PALLET"),
        (with_case(measurements={"weight": _WEIGHT}), "dimensions is missing"),
        (with_case(measurements={"weight": _WEIGHT, "dimensions": _SIDES | {"width": 0}}), "width must be more than 0"),
        (with_case(measurements={"weight": _WEIGHT | {"weight": -1}, "dimensions": _SIDES}), "weight must be more"),
        (with_case(measurements={"weight": _WEIGHT | {"weight": 1e9}, "dimensions": _SIDES}), "weight must be more"),
        (with_product(sku="NOBODY-HAS-IT"), "Invalid SKU received: NOBODY-HAS-IT"),
        (with_product(quantity=0), "quantity is 0"),
        (with_product(quantity=10_001), "quantity is 10001"),
        (with_product(prepDetails={"labelOwner": "AMAZON"}), "AMAZON is not an accepted owner"),
        (with_product(prepDetails={"prepOwner": "AMAZON"}), "AMAZON is not an accepted owner"),
        (with_product(prepDetails={"prepCategory": "FC_PROVIDED"}), "FC_PROVIDED cannot be used"),
        ({"packagesToInbound": [{**RIGHT["packagesToInbound"][0], "count": 0}]}, "count is 0"),
        ({"packagesToInbound": [{**RIGHT["packagesToInbound"][0], "count": 1000}] * 2}, "holds 2000 cases"),
        ({"packagesToInbound": []}, "packagesToInbound"),
        ({"preferences": {"destinationRegion": "eu-west"}}, "Invalid destination region received: eu-west"),
        ({"externalReferenceId": ""}, "externalReferenceId"),
        (with_address(countryCode="usa"), "countryCode"),
        (with_address(stateOrRegion="Michigan"), "stateOrRegion"),
        (with_address(postalCode="K1A 0B1"), "postalCode"),
        (with_address(name=" "), "originAddress.name"),
    ],
)
def test_an_order_that_cannot_be_is_not_drafted(seller: Distributor, said: dict[str, Any], why: str) -> None:
    refused = post(seller, "/inboundOrders", RIGHT | said)

    check_form(refused.json(), FORM, "ErrorList")
    (error,) = refused.json()["errors"]
    assert (refused.status, error["code"], error["details"]) == (400, "BAD_REQUEST", WRONG)
    assert why in error["message"]
    assert seller.market.facts(AwdInboundDrafted) == []


def test_more_skus_than_an_order_holds_are_refused(seller: Distributor) -> None:
    many = [cases(1, (f"SKU-{number}", 1)) for number in range(151)]

    with pytest.raises(InvalidInput, match="150 unique SKUs at most; 151 were sent"):
        seller.drafts(*many)


def test_a_refused_change_leaves_the_draft_as_it_was(seller: Distributor) -> None:
    order_id = seller.drafts()
    before = seller.order(order_id)
    body = msgspec.to_builtins(before) | with_product(sku="NOBODY-HAS-IT")

    refused = post(seller, f"/inboundOrders/{order_id}", msgspec.json.decode(msgspec.json.encode(body)), "PUT")

    assert (refused.status, refused.json()["errors"][0]["code"]) == (400, "BAD_REQUEST")
    assert seller.order(order_id) == before


@pytest.mark.parametrize(
    ("packages", "code"),
    [
        ((cases(1, (MUG, 5), inches=26),), "PACKAGE_DIMENSIONS_EXCEEDED"),
        ((cases(1, (MUG, 5), pounds=51),), "PACKAGE_WEIGHT_EXCEEDED"),
        ((cases(1, ("BOOK", 5)),), "GATING_BLOCK_ON_GL"),
        ((cases(1, ("MUG-USED", 5)),), "CONDITION_NOT_NEW"),
        ((cases(1, ("CELLS", 5)),), "DANGEROUS_GOODS"),
    ],
)
def test_what_is_not_eligible_is_told_and_not_confirmed(
    seller: Distributor, market: TestMarket, packages: tuple[awd.DistributionPackageQuantity, ...], code: str
) -> None:
    market.lists("BOOK", product_type="ABIS_BOOK")
    market.lists("MUG-USED", condition="Used", condition_subtype="Good")
    dangerous: Attributes = {
        "item_name": [{"value": "Cells"}],
        "supplier_declared_dg_hz_regulation": [{"value": "transportation"}],
    }
    with market.market.write(seller.seller.seller_id) as unit:
        item = NewCatalogItem(attributes=dangerous, product_type="POWER_BANK", marketplaces=(US,))
        asin = create_item(unit, item)
    market.lists("CELLS", asin=asin)
    right = cases(1, ("MUG-RED", 5))

    checked = seller.seller.send(awd.CheckInboundEligibility(packages_to_inbound=[right, *packages]))
    order_id = seller.drafts(right, *packages)
    with pytest.raises(InvalidInput, match=code) as refused:
        seller.seller.send(awd.ConfirmInbound(order_id=order_id))

    assert (checked.status, checked.previewed_at) == ("INELIGIBLE", market.now)
    assert [one.status for one in checked.packages_to_inbound] == ["ELIGIBLE", "INELIGIBLE"]
    assert [one.code for one in checked.packages_to_inbound[1].ineligibility_reasons or []] == [code]
    assert (refused.value.code, seller.order(order_id).order_status) == ("BAD_REQUEST", "DRAFT")
    assert seller.seller.send(awd.ListInventory()).inventory == []


def test_a_case_with_one_large_unit_is_as_large_as_the_unit(seller: Distributor) -> None:
    large = cases(1, (MUG, 1), inches=40, pounds=80)

    checked = seller.seller.send(awd.CheckInboundEligibility(packages_to_inbound=[large]))

    assert checked.status == "ELIGIBLE"
    reply = post(seller, "/inboundEligibility", {"packagesToInbound": [msgspec.to_builtins(large)]})
    check_form(reply.json(), FORM, "InboundEligibility")


def test_what_expires_soon_is_not_stored(seller: Distributor, market: TestMarket) -> None:
    soon = cases(1, (MUG, 5), expires_at=market.now.replace(month=12))

    checked = seller.seller.send(awd.CheckInboundEligibility(packages_to_inbound=[soon]))

    (package,) = checked.packages_to_inbound
    assert [one.code for one in package.ineligibility_reasons or []] == ["EXPIRATION_TOO_SOON"]


@pytest.mark.parametrize(
    ("method", "path", "why"),
    [
        ("GET", "/inboundOrders/%20", "Required parameter 'orderId' is missing in the request"),
        ("POST", "/inboundOrders/%20/confirmation", "Required parameter 'orderId' is missing in the request"),
        ("POST", "/inboundOrders/%20/cancellation", "Required parameter 'orderId' is missing in the request"),
        ("GET", "/inboundShipments/%20", "Required parameter 'shipmentId' is missing in the request"),
        ("GET", "/inboundShipments/%20/labels", "ShipmentId should be present for this request"),
        ("GET", "/inboundShipments/%20/labelPageTypes", "ShipmentId should be present for this request"),
        ("GET", "/outboundOrders/%20", "Required parameter 'orderId' is missing in the request"),
        ("POST", "/outboundOrders/%20/confirmation", "OrderId should be present for this request"),
        ("GET", "/replenishmentOrders/%20", "OrderId should be present for this request"),
        ("POST", "/replenishmentOrders/%20/confirmation", "OrderId should be present for this request"),
        ("GET", "/inboundShipments?sortBy=TEST", "Invalid shipment sortable field received: TEST"),
        (
            "GET",
            "/inventory?sortOrder=UNKNOWN",
            "Invalid value: UNKNOWN passed for sort order. Possible values are: [ASCENDING, DESCENDING]",
        ),
        ("GET", "/outboundOrders?sortOrder=TEST", "Invalid sort order field: TEST"),
        ("GET", "/replenishmentOrders?sortOrder=TEST", "Invalid sort order field: TEST"),
        ("GET", "/inventory?maxResults=201", "maxResults"),
        ("GET", "/inventory?nextToken=x", "Invalid nextToken received"),
        ("GET", "/inboundShipments?nextToken=x", "Invalid nextToken received"),
    ],
)
def test_amazons_words_are_the_markets(seller: Distributor, method: str, path: str, why: str) -> None:
    refused = seller.seller.call(method, BASE + path)

    (error,) = refused.json()["errors"]
    assert (refused.status, error["code"], error["details"]) == (400, "BAD_REQUEST", WRONG)
    assert why in error["message"]


def test_a_page_token_is_good_for_its_own_list_and_arguments_alone(seller: Distributor) -> None:
    seller.confirms()
    seller.confirms()
    token = seller.seller.send(awd.ListInboundShipments(max_results=1)).next_token

    for path in (f"/inboundShipments?sortBy=CREATED_AT&nextToken={token}", f"/outboundOrders?nextToken={token}"):
        assert "Invalid nextToken received" in seller.seller.call("GET", BASE + path).json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("bookings", "carrier", "why"),
    [
        ((), "UPSN", "trackingDetails is empty"),
        (("1", "2"), "UPSN", "the shipment has 1 case"),
        ((" ",), "UPSN", "bookingId must be"),
        (("1",), "United Parcel", "no Standard Carrier Alpha Code"),
    ],
)
def test_transport_that_cannot_be_is_refused(
    seller: Distributor, bookings: tuple[str, ...], carrier: str, why: str
) -> None:
    order_id = seller.confirms(cases(1, (MUG, 5)))

    with pytest.raises(InvalidInput, match=why):
        seller.tells(order_id, *bookings, carrier=carrier)

    seller.market.advance(days=5)
    assert (seller.shipment(order_id).tracking_id, seller.shipment(order_id).shipment_status) == (None, "CREATED")


@pytest.mark.parametrize(
    ("path", "body", "why"),
    [
        ("/outboundOrders", {}, "no products and no packages"),
        ("/outboundOrders", {"productsToOutbound": [{"sku": MUG, "quantity": 0}]}, "quantity is 0"),
        ("/outboundOrders", {"productsToOutbound": [{"sku": "NONE", "quantity": 1}]}, "Invalid SKU received: NONE"),
        ("/outboundOrders", {"productsToOutbound": [{"sku": MUG, "quantity": 1}] * 2}, "comes twice"),
        (
            "/outboundOrders",
            {"packagesToOutbound": with_case(type="TEST")["packagesToInbound"]},
            "Invalid package type: TEST",
        ),
        ("/replenishmentOrders", {}, "no products and no packages"),
        ("/replenishmentOrders", {"products": [{"sku": MUG, "quantity": -5}]}, "quantity is -5"),
        ("/replenishmentOrders", {"products": [{"sku": MUG, "quantity": 10**7}]}, "quantity is 10000000"),
        ("/replenishmentOrders", {"products": [{"sku": "NONE", "quantity": 1}]}, "Invalid SKU received: NONE"),
    ],
)
def test_an_order_of_nothing_is_not_drafted(seller: Distributor, path: str, body: dict[str, Any], why: str) -> None:
    refused = post(seller, path, body)

    (error,) = refused.json()["errors"]
    assert (refused.status, error["code"]) == (400, "BAD_REQUEST")
    assert why in error["message"]
    assert seller.market.facts(AwdOutboundDrafted) == []


def test_a_seller_that_does_not_sell_in_the_united_states_has_no_awd(market: TestMarket) -> None:
    european = Distributor(market, market.caller(seller=market.join("Kai GmbH", marketplaces=[DE])))

    for asked in (
        awd.ListInventory(),
        awd.CreateInbound(origin_address=ORIGIN, packages_to_inbound=[cases(1, (MUG, 1))]),
        awd.CheckInboundEligibility(packages_to_inbound=[cases(1, (MUG, 1))]),
    ):
        with pytest.raises(InvalidInput, match="is not a marketplace of this seller"):
            european.seller.send(asked)
