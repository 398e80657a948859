"""External Fulfillment: what it refuses, in which words, and that nothing has happened then."""

from __future__ import annotations

from typing import Any

import pytest
from storekeeper import (
    MUG,
    labeled,
    made_ready,
    options,
    ordered,
    packed,
    parcel,
    processed,
    refusal,
    reported,
    shipment,
)

from sellingpartner.contract import external_fulfillment_shipments_2024_09_11 as api
from sellingpartner.contract.errors import InvalidInput, NotFound, SellingPartnerError
from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.market.external.commands import close_location, open_location
from sellingpartner.market.external.model import Ships
from sellingpartner.market.supply.commands import set_status
from sellingpartner.market.supply.model import Status
from sellingpartner.testing import TestMarket

PATH = "/externalFulfillment/2024-09-11/shipments"
UNKNOWN = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def store(market: TestMarket) -> str:
    return market.opens_store("QUAY", {MUG: 10})


def refused(call: Any, *given: Any, **more: Any) -> tuple[int, str, str]:  # noqa: ANN401
    with pytest.raises(SellingPartnerError) as why:
        call(*given, **more)
    return why.value.status, why.value.code, why.value.message


def order_status(market: TestMarket, shipment_id: str) -> str:
    order_id = shipment(market, shipment_id).shipment_info.buyer_order_id
    return market.seller.send(GetOrder(order_id=order_id)).payload.order_status


@pytest.mark.parametrize(
    "request_",
    [
        api.GetShipment(shipment_id=UNKNOWN),
        api.ProcessShipment(shipment_id=UNKNOWN, operation_=api.ProcessShipmentOperation.CONFIRM),
        api.CreatePackages(shipment_id=UNKNOWN, packages=[parcel()]),
        api.RetrieveShippingOptions(shipment_id=UNKNOWN, package_id="001"),
        api.GenerateInvoice(shipment_id=UNKNOWN),
        api.RetrieveInvoice(shipment_id=UNKNOWN),
        api.GenerateShipLabels(shipment_id=UNKNOWN, operation_=api.GenerateShipLabelsOperation.GENERATE),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_shipment_that_is_not_there_is_not_found(market: TestMarket, request_: object) -> None:
    said = f"Requested Entity with 'shipmentId' '{UNKNOWN}' is not found."

    assert refusal(market, request_) == (404, "NotFound", said)


def test_another_sellers_shipment_is_not_found(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, from_store="QUAY")
    other = market.caller(seller=market.join("Rival & Co"))

    with pytest.raises(NotFound):
        other.send(api.GetShipment(shipment_id=shipment_id))
    with pytest.raises(NotFound):
        other.send(api.ProcessShipment(shipment_id=shipment_id, operation_=api.ProcessShipmentOperation.REJECT))

    assert shipment(market, shipment_id).status == "ACCEPTED"
    assert other.send(api.GetShipments(status=api.GetShipmentsStatus.ACCEPTED)).shipments == []


def test_each_step_has_its_turn(market: TestMarket, store: str) -> None:
    market.buys(MUG, from_store="QUAY")
    [new] = market.seller.send(api.GetShipments(status=api.GetShipmentsStatus.CREATED)).shipments or []
    early = refused(processed, market, new.id, "CONFIRM")
    market.advance(minutes=2)
    before_confirming = refused(packed, market, new.id)
    processed(market, new.id, "CONFIRM")
    twice = refused(processed, market, new.id, "CONFIRM")
    before_packing = refused(labeled, market, new.id, courier=("Royal Swift", "RS1"))
    packed(market, new.id)
    packed_twice = refused(packed, market, new.id)
    before_a_label = refused(reported, market, new.id, "SHIPPED")
    nothing_anew = refused(labeled, market, new.id, courier=("Royal Swift", "RS1"), operation="REGENERATE")
    not_written = refused(market.seller.send, api.RetrieveInvoice(shipment_id=new.id))

    assert early == (409, "Conflict", f"Shipment {new.id} is CREATED; for this it must be ACCEPTED.")
    assert before_confirming == (409, "Conflict", f"Shipment {new.id} is ACCEPTED; for this it must be CONFIRMED.")
    assert twice[0] == before_packing[0] == packed_twice[0] == nothing_anew[0] == 409
    assert before_a_label == (
        409,
        "Conflict",
        "Package 001 is CREATED; for this it must be SHIPLABEL_GENERATED.",
    )
    assert not_written == (404, "NotFound", "Requested artifact of type 'INVOICE' not found")
    assert shipment(market, new.id).status == "PACKAGE_CREATED"


def test_what_has_left_neither_leaves_again_nor_is_rejected(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, from_store="QUAY")
    made_ready(market, shipment_id)
    ready = refused(processed, market, shipment_id, "REJECT", ("1", "OUT_OF_STOCK"))
    reported(market, shipment_id, "SHIPPED")

    assert ready[0] == 409
    assert refused(reported, market, shipment_id, "SHIPPED")[0] == 409
    assert refused(processed, market, shipment_id, "REJECT", ("1", "OUT_OF_STOCK"))[0] == 409
    assert refused(market.seller.send, api.GenerateInvoice(shipment_id=shipment_id))[0] == 409
    assert order_status(market, shipment_id) == "Shipped"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "Invalid input '[]' for parameter 'lineItems'"),
        ([("9", "OUT_OF_STOCK")], "Invalid input '9' for parameter 'lineItem.id'"),
        ([("1", None)], "Invalid input '' for parameter 'reason'"),
        ([("1", "OUT_OF_STOCK")] * 2, "Invalid input '1' for parameter 'lineItems'"),
    ],
)
def test_a_rejection_names_known_lines_and_reasons(
    market: TestMarket, store: str, lines: list[tuple[str, str | None]], said: str
) -> None:
    shipment_id = ordered(market, from_store="QUAY")

    assert refused(processed, market, shipment_id, "REJECT", *lines) == (400, "InvalidInput", said)

    assert (shipment(market, shipment_id).status, order_status(market, shipment_id)) == ("ACCEPTED", "Unshipped")


def test_a_part_of_a_shipment_is_not_confirmed(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, 3, from_store="QUAY")
    part = api.LineItemWithReason(line_item=api.LineItem(id="1", quantity=2))
    body = api.ShipmentAcknowledgementRequest(line_items=[part])
    asked = api.ProcessShipment(shipment_id=shipment_id, operation_=api.ProcessShipmentOperation.CONFIRM, body=body)

    status, code, _ = refusal(market, asked)

    assert (status, code, shipment(market, shipment_id).status) == (422, "UnprocessableEntity", "ACCEPTED")


def side(value: str) -> api.Dimension:
    return api.Dimension(value=value, dimension_unit=api.DimensionUnit.CM)


def inside(*lines: tuple[str, int], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of the line
    return {
        "package_line_items": [
            api.PackageLineItem(package_line_item_id=line, quantity=units, **more) for line, units in lines
        ]
    }


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        (inside(("9", 2)), 400, "'9' for parameter 'packageLineItemId'"),
        (inside(("1", 0)), 400, "'0' for parameter 'quantity'"),
        (inside(("1", 3)), 400, "'3' for parameter 'quantity'"),
        (inside(("1", 1)), 422, "1 units are in no package"),
        (inside(("1", 1), ("1", 1)), 400, "'1' for parameter 'packageLineItemId'"),
        (inside(), 400, "'[]' for parameter 'packageLineItems'"),
        (inside(("1", 2), pieces=2), 400, "'2' for parameter 'pieces'"),
        (inside(("1", 2), serial_numbers=["a", "b", "c"]), 400, "'3' for parameter 'serialNumbers'"),
        ({"id": ""}, 400, "'' for parameter 'id'"),
        ({"weight": api.Weight(value="4", weight_unit=api.WeightUnit.G)}, 400, "'4' for parameter 'weight'"),
        ({"weight": api.Weight(value="NaN", weight_unit=api.WeightUnit.KG)}, 400, "'NaN KG' for parameter 'weight'"),
        ({"weight": api.Weight(value="1e9", weight_unit=api.WeightUnit.LB)}, 400, "'1e9 LB' for parameter 'weight'"),
        (
            {"dimensions": api.PackageDimensions(length=side("0"), width=side("1"), height=side("1"))},
            400,
            "'0 CM' for parameter 'dimensions.length'",
        ),
        (
            {"dimensions": api.PackageDimensions(length=side("1"), width=side("1"), height=side("tall"))},
            400,
            "'tall CM' for parameter 'dimensions.height'",
        ),
        ({"status": api.PackageStatusChoice.SHIPPED}, 400, "'SHIPPED' for parameter 'status'"),
    ],
)
def test_a_package_is_held_against_its_shipment(
    market: TestMarket, store: str, changed: dict[str, Any], status: int, said: str
) -> None:
    shipment_id = ordered(market, 2, from_store="QUAY")
    processed(market, shipment_id, "CONFIRM")

    found = refused(packed, market, shipment_id, parcel(**(inside(("1", 2)) | changed)))

    assert found[0] == status
    assert said in found[2]
    assert (shipment(market, shipment_id).status, shipment(market, shipment_id).packages) == ("CONFIRMED", None)


def test_two_packages_have_two_ids(market: TestMarket, store: str) -> None:
    shipment_id = ordered(market, 2, from_store="QUAY")
    processed(market, shipment_id, "CONFIRM")

    assert refused(packed, market, shipment_id, parcel("001"), parcel("001"))[0] == 400
    packed(market, shipment_id, parcel("001"), parcel("002"))

    assert [one.id for one in shipment(market, shipment_id).packages or []] == ["001", "002"]


def test_what_crosses_a_border_is_declared(market: TestMarket) -> None:
    market.opens_store("TORONTO", {MUG: 3}, country_code="CA", state_or_region="ON", postal_code="M5V 2T6")
    shipment_id = ordered(market, from_store="TORONTO")
    needs = shipment(market, shipment_id).line_items[0].compliance_attributes
    processed(market, shipment_id, "CONFIRM")

    assert (needs.country_of_origin_requirement, needs.item_value_requirement) == ("REQUIRED", "REQUIRED")
    assert "'countryOfOrigin'" in refused(packed, market, shipment_id)[2]
    origin = inside(("1", 1), country_of_origin="CA")
    assert "'itemValue'" in refused(packed, market, shipment_id, parcel(**origin))[2]
    worth = api.Amount(value="19.99", currency_code="USD")
    packed(market, shipment_id, parcel(**inside(("1", 1), country_of_origin="CA", item_value=worth)))
    assert shipment(market, shipment_id).status == "PACKAGE_CREATED"


def test_a_package_is_corrected_until_it_has_a_label(market: TestMarket) -> None:
    market.opens_store("QUAY", {MUG: 3}, ships="MARKETPLACE")
    shipment_id = ordered(market, from_store="QUAY")
    processed(market, shipment_id, "CONFIRM")
    packed(market, shipment_id)
    options(market, shipment_id)
    heavier = parcel(weight=api.Weight(value="3", weight_unit=api.WeightUnit.LB))

    def correct(package_id: str, said: api.Package) -> None:
        fields = {name: getattr(said, name) for name in ("id", "dimensions", "weight", "package_line_items")}
        market.seller.send(api.UpdatePackage(shipment_id=shipment_id, package_id=package_id, **fields))

    assert refused(correct, "002", heavier)[0] == 404
    assert refused(correct, "001", parcel("002"))[2] == "Invalid input '002' for parameter 'id'"
    correct("001", heavier)
    assert shipment(market, shipment_id).status == "PACKAGE_CREATED"
    [package] = shipment(market, shipment_id).packages or []
    assert (package.weight.value, package.status) == ("3", "CREATED")
    options(market, shipment_id)
    labeled(market, shipment_id)
    assert refused(correct, "001", heavier)[0] == 409


def test_labels_need_what_their_program_needs(market: TestMarket, store: str) -> None:
    market.opens_store("BARN", {MUG: 3}, ships="MARKETPLACE")
    own, theirs = ordered(market, from_store="QUAY"), ordered(market, from_store="BARN")
    for shipment_id in (own, theirs):
        processed(market, shipment_id, "CONFIRM")
        packed(market, shipment_id)

    assert "'courierSupportedAttributes'" in refused(labeled, market, own)[2]
    assert "'courierSupportedAttributes'" in refused(labeled, market, own, courier=(" ", "1"))[2]
    assert "'courierSupportedAttributes'" in refused(labeled, market, own, courier=("Swift", "x" * 41))[2]
    assert "'shippingOptionId'" in refused(labeled, market, own, courier=("Swift", "1"), option_id="x")[2]
    assert refused(labeled, market, own, "009", courier=("Swift", "1"))[0] == 404
    assert refused(labeled, market, theirs)[0] == 409
    options(market, theirs)
    assert "'courierSupportedAttributes'" in refused(labeled, market, theirs, courier=("Swift", "1"))[2]
    [failed] = labeled(market, theirs, option_id="made up")
    assert failed.status == "FAILURE"
    assert failed.error_details is not None
    assert "shippingOptionId" in failed.error_details.message
    assert shipment(market, theirs).status == "PICKUP_SLOT_RETRIEVED"
    assert shipment(market, own).status == "PACKAGE_CREATED"


def test_an_option_of_another_package_or_of_the_past_is_no_option(market: TestMarket) -> None:
    market.opens_store("BARN", {MUG: 3}, ships="MARKETPLACE")
    first, second = ordered(market, from_store="BARN"), ordered(market, from_store="BARN")
    for shipment_id in (first, second):
        processed(market, shipment_id, "CONFIRM")
        packed(market, shipment_id)
    given = {one: (options(market, one).shipping_options or [])[0].shipping_option_id for one in (first, second)}

    [other] = labeled(market, first, option_id=given[second])
    market.advance(hours=20)
    [past] = labeled(market, first, option_id=given[first])

    assert (other.status, past.status) == ("FAILURE", "FAILURE")
    assert past.error_details is not None
    assert "window has begun" in past.error_details.message
    assert shipment(market, first).status == "PICKUP_SLOT_RETRIEVED"


def test_a_package_that_no_carrier_takes_has_no_options(market: TestMarket) -> None:
    market.opens_store("BARN", {MUG: 3}, ships="MARKETPLACE")
    shipment_id = ordered(market, from_store="BARN")
    processed(market, shipment_id, "CONFIRM")
    packed(market, shipment_id, parcel(weight=api.Weight(value="900", weight_unit=api.WeightUnit.KG)))

    status, code, said = refused(options, market, shipment_id)

    assert (status, code) == (422, "UnprocessableEntity")
    assert "No carrier" in said
    assert shipment(market, shipment_id).status == "PACKAGE_CREATED"


def test_a_sellers_word_on_a_package_is_held_against_who_brings_it(market: TestMarket, store: str) -> None:
    market.opens_store("BARN", {MUG: 3}, ships="MARKETPLACE")
    own, theirs = ordered(market, from_store="QUAY"), ordered(market, from_store="BARN")
    made_ready(market, own)
    processed(market, theirs, "CONFIRM")
    packed(market, theirs)
    options(market, theirs)
    labeled(market, theirs)

    assert refused(reported, market, own, None)[2] == "Invalid input '' for parameter 'status'"
    assert refused(reported, market, own, "CREATED")[2] == "Invalid input 'CREATED' for parameter 'status'"
    assert refused(reported, market, own, "DELIVERED")[0] == 409
    assert refused(reported, market, own, "DELIVERED", "UNDELIVERABLE")[0] == 400
    assert refused(reported, market, own, "SHIPPED", package_id="009")[0] == 404
    assert refused(reported, market, theirs, "SHIPPED", "OUT_FOR_DELIVERY")[0] == 422
    assert {shipment(market, one).status for one in (own, theirs)} == {"SHIPLABEL_GENERATED"}
    reported(market, theirs, "SHIPPED")
    assert shipment(market, theirs).status == "SHIPPED"


def test_a_list_refuses_a_status_a_channel_and_a_token_that_it_does_not_know(market: TestMarket, store: str) -> None:
    seller = market.seller
    for _ in range(2):
        ordered(market, from_store="QUAY")
    page = market.seller.send(api.GetShipments(status=api.GetShipmentsStatus.ACCEPTED, max_results=1))
    assert page.pagination is not None
    token = page.pagination.next_token

    bad = ["", "status=LOST", "status=ACCEPTED&maxResults=0", "status=ACCEPTED&maxResults=101"]
    bad += ["status=ACCEPTED&channelName=EBAY", "status=ACCEPTED&lastUpdatedAfter=yesterday"]
    bad += ["status=ACCEPTED&paginationToken=x", f"status=CREATED&paginationToken={token}"]
    assert [seller.call("GET", f"{PATH}?{query}").status for query in bad] == [400] * len(bad)


def test_only_a_source_that_ships_is_let_in(market: TestMarket, store: str) -> None:
    away = market.opens_store("AWAY", {}, country_code="NL", state_or_region="NH", postal_code="1011")
    with market.market.write(market.seller.seller_id) as unit:
        with pytest.raises(InvalidInput, match="No carrier of the marketplace fetches in NL"):
            open_location(unit, away, Ships.MARKETPLACE)
        close_location(unit, away)
        with pytest.raises(InvalidInput, match="is no location"):
            close_location(unit, away)
        set_status(unit, away, Status.ARCHIVED)
        with pytest.raises(InvalidInput, match="is archived"):
            open_location(unit, away, Ships.SELF)


def test_a_store_that_was_closed_has_no_new_shipments(market: TestMarket, store: str) -> None:
    waiting = ordered(market, from_store="QUAY")
    with market.market.write(market.seller.seller_id) as unit:
        close_location(unit, store)

    market.buys(MUG, from_store="QUAY")

    assert market.seller.send(api.GetShipments(status=api.GetShipmentsStatus.CREATED)).shipments == []
    made_ready(market, waiting)
    reported(market, waiting, "SHIPPED")
    assert order_status(market, waiting) == "Shipped"
