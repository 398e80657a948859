"""What is left of Fulfillment Inbound v0: labels, bills of lading, shipments, items and how to prepare them."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pypdfium2
import pytest
import zxingcpp
from forwarder import US, Forwarder, refused, units
from modeled import check_form
from sender import Ready, Sender
from zebrafy.zebrafy_zpl import ZebrafyZPL

from sellingpartner.contract import fulfillment_inbound_v0 as v0
from sellingpartner.testing import TestMarket

DOCUMENT = "fulfillmentInboundV0.json"
BASE = "/fba/inbound/v0"
PALLET = {
    "quantity": 2,
    "dimensions": {"length": 48, "width": 40, "height": 50, "unitOfMeasurement": "IN"},
    "weight": {"value": 400, "unit": "LB"},
}


def wanted(
    shipment_id: str,
    kind: str = "BARCODE_2D",
    page: str = "PackageLabel_Plain_Paper",
    **more: Any,  # noqa: ANN401 - fields
) -> v0.GetLabels:
    return v0.GetLabels(shipment_id=shipment_id, page_type=v0.PageType(page), label_type=v0.LabelType(kind), **more)


def confirmed_id(harbor: Ready) -> str:
    return str(harbor.shipment(harbor.plan_id, harbor.shipment_id).shipment_confirmation_id)


def scanned(pdf: bytes) -> list[list[str]]:
    """The barcodes of each page."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pictures = [page.render(scale=300 / 72).to_pil().convert("L") for page in document]
    return [sorted(code.text for code in zxingcpp.read_barcodes(one)) for one in pictures]


def freight(market: TestMarket) -> Ready:
    """Two pallets that a partner of Amazon carries."""
    more = {"pallets": [PALLET], "freightInformation": {"freightClass": "FC_70"}}
    return Ready(market, mode="FREIGHT_LTL", more=more)


def test_labels_of_boxes_bear_their_ids_tracking_numbers_and_contents(market: TestMarket) -> None:
    harbor = Ready(market)
    boxes = harbor.boxes(harbor.plan_id, harbor.shipment_id)
    details = harbor.shipment(harbor.plan_id, harbor.shipment_id).tracking_details
    assert details is not None
    assert details.spd_tracking_detail is not None
    numbers = [one.tracking_id for one in details.spd_tracking_detail.spd_tracking_items or []]

    pages = scanned(harbor.labels(confirmed_id(harbor)))

    told = [
        f"AMZN,PO:{confirmed_id(harbor)},"
        + ",".join(f"FNSKU:{one.fnsku},QTY:{one.quantity}" for one in box_.items or [])
        for box_ in boxes
    ]
    ids = [one.box_id for one in boxes]
    assert pages == [sorted(map(str, three)) for three in zip(ids, numbers, told, strict=True)]


def test_labels_for_a_thermal_printer_are_in_its_language(market: TestMarket) -> None:
    harbor = Ready(market, carrier="FEDEX")

    zpl = harbor.labels(confirmed_id(harbor), page_type="PackageLabel_Thermal", page_size=2, page_start_index=1)

    images = ZebrafyZPL(zpl.decode()).to_images()
    found = [code.text for image in images for code in zxingcpp.read_barcodes(image.convert("L"))]
    ids = [f"{confirmed_id(harbor)}U{number:06d}" for number in (2, 3)]
    assert [one for one in found if not one.startswith("AMZN")] == ids


def test_unique_labels_are_those_of_the_boxes_that_are_named(market: TestMarket) -> None:
    harbor = Ready(market, carrier="FEDEX")
    named = f"{confirmed_id(harbor)}U000003"

    assert scanned(harbor.labels(confirmed_id(harbor), "UNIQUE", package_labels_to_print=[named])) == [[named]]


def test_each_pallet_has_four_labels_and_the_load_a_bill(market: TestMarket) -> None:
    harbor = freight(market)
    shipment_id = confirmed_id(harbor)

    pages = scanned(harbor.labels(shipment_id, "PALLET", number_of_pallets=2))
    bill = harbor.asks(v0.GetBillOfLading(shipment_id=shipment_id)).payload.download_url

    assert sorted(code for page in pages for code in page) == sorted(
        [f"{shipment_id}P000001"] * 4 + [f"{shipment_id}P000002"] * 4
    )
    reference = harbor.shipment(harbor.plan_id, harbor.shipment_id).amazon_reference_id
    assert scanned(harbor.downloads(bill)) == [[f"BOL{reference}"]]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "UNIQUE"}, "1 validation error detected: Value null at 'cartonIdList' failed to satisfy constraint"),
        (
            {"kind": "UNIQUE", "package_labels_to_print": ["pk1"]},
            "Provided SellerCartonIds are not valid: [[pk1]] for Shipment: [{id}]",
        ),
        ({}, "pageSize must be provided for Non-Partnered and LTL Shipments. Cannot print labels [shipmentId={id}]"),
        ({"page_size": 0}, "PageSize must be from 1 to 1000"),
        ({"page_size": 5, "page_start_index": -1}, "PageStartIndex must be 0 or more"),
        ({"page_size": 5, "page_start_index": 90}, "Label for shipment cannot be found!"),
        ({"page_size": 5, "page": "PackageLabel_Letter_2"}, "Page type PackageLabel_Letter_2 is not supported"),
        ({"kind": "PALLET"}, "Incorrect shipment - no pallet groups defined"),
        ({"kind": "PALLET", "number_of_pallets": 3}, "Sent request for 3 pallets. Actual pallet count is: 0 "),
    ],
)
def test_labels_that_there_are_not_are_refused_in_amazons_words(
    market: TestMarket, more: dict[str, Any], words: str
) -> None:
    harbor = Ready(market, carrier="FEDEX")

    code, said = refused(harbor.seller, wanted(confirmed_id(harbor), **more))

    assert code == "InvalidInput"
    assert words.format(id=confirmed_id(harbor)) in said


def test_pallets_have_no_labels_for_thermal_printers(market: TestMarket) -> None:
    harbor = freight(market)

    request = wanted(confirmed_id(harbor), "PALLET", "PackageLabel_Thermal", number_of_pallets=1)

    assert refused(harbor.seller, request) == ("InvalidInput", "Label for shipment cannot be found!")


def test_papers_of_a_shipment_that_there_is_not_or_another_sellers_are_refused(market: TestMarket) -> None:
    harbor = Ready(market)
    rival = Forwarder(market, market.caller(seller=market.join("Rival")))

    for caller, shipment_id in ((harbor.seller, "FBA15XXXXXXX"), (rival.seller, confirmed_id(harbor))):
        for request in (
            wanted(shipment_id),
            v0.GetBillOfLading(shipment_id=shipment_id),
            v0.GetShipmentItemsByShipmentId(shipment_id=shipment_id),
        ):
            assert refused(caller, request) == ("InvalidInput", f"The shipment {shipment_id} does not exist.")
    no_bill = refused(harbor.seller, v0.GetBillOfLading(shipment_id=confirmed_id(harbor)))
    assert no_bill[1].startswith("A bill of lading is available for Amazon-partnered LTL shipments")


def test_a_link_to_labels_is_good_for_an_hour(market: TestMarket) -> None:
    harbor = Ready(market)
    link = str(harbor.asks(wanted(confirmed_id(harbor))).payload.download_url)

    market.advance(minutes=61)

    assert market.anybody().call("GET", "/" + link.split("/", 3)[3]).status == 403


def listed(harbor: Sender, **more: Any) -> list[v0.InboundShipmentInfo]:  # noqa: ANN401 - fields
    said = {"QueryType": "SHIPMENT", "MarketplaceId": US} | more
    found = harbor.asks(msgspec.convert(said, v0.GetShipments))
    return list(found.payload.shipment_data)


def test_shipments_are_listed_by_status_id_and_time(market: TestMarket) -> None:
    harbor = Ready(market, carrier="FEDEX", shipments=4)
    begun = harbor.now
    ids = {str(harbor.shipment(harbor.plan_id, one).shipment_confirmation_id) for one in harbor.shipment_ids}
    market.advance(hours=1)
    harbor.does(harbor.numbers("770000000001"))
    first = confirmed_id(harbor)

    ready = listed(harbor, ShipmentStatusList=["READY_TO_SHIP"])
    shipped = listed(harbor, ShipmentStatusList=["SHIPPED", "CLOSED"])
    named = listed(harbor, ShipmentIdList=[first, "FBA15XXXXXXX"])
    both = listed(harbor, ShipmentIdList=[first], ShipmentStatusList=["WORKING"])
    times = {"LastUpdatedAfter": begun + timedelta(minutes=30), "LastUpdatedBefore": harbor.now}
    lately = listed(harbor, QueryType="DATE_RANGE", ShipmentStatusList=["WORKING", "SHIPPED"], **times)

    assert {one.shipment_id for one in ready} == ids - {first}
    assert {one.shipment_status for one in ready} == {"WORKING"}
    assert [one.shipment_id for one in shipped] == [one.shipment_id for one in named] == [first]
    assert both == []
    assert [one.shipment_id for one in lately] == [first]
    (info,) = shipped
    assert (info.label_prep_type, info.box_contents_source) == ("SELLER_LABEL", "INTERACTIVE")


def test_a_shipment_is_listed_once_it_has_the_id_of_its_labels(market: TestMarket) -> None:
    harbor = Sender(market)
    harbor.sells("ATLAS")
    plan_id = harbor.plans(units("ATLAS", 40))
    harbor.places(plan_id)

    assert listed(harbor, ShipmentStatusList=["WORKING"]) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"QueryType": "SHIPMENT"}, "At least one of ShipmentStatusList and ShipmentIdList must be provided"),
        ({"QueryType": "DATE_RANGE"}, "At least one of ShipmentStatusList and ShipmentIdList must be provided"),
        (
            {"QueryType": "DATE_RANGE", "ShipmentStatusList": ["WORKING"]},
            "LastUpdatedAfter and LastUpdatedBefore must be provided",
        ),
        ({"QueryType": "NEXT_TOKEN"}, "The NextToken is not valid."),
        ({"QueryType": "NEXT_TOKEN", "NextToken": "x"}, "The NextToken is not valid."),
    ],
)
def test_a_question_about_nothing_is_refused(market: TestMarket, said: dict[str, Any], words: str) -> None:
    request = msgspec.convert({"MarketplaceId": US} | said, v0.GetShipments)

    assert refused(market.seller, request) == ("InvalidInput", words)


def test_many_shipments_and_their_items_come_page_by_page(market: TestMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sellingpartner.server.api.fulfillment_inbound_v0.shipments._PAGE", 2)
    harbor = Ready(market, carrier="FEDEX", shipments=4)
    begins, ends = harbor.now - timedelta(days=1), harbor.now
    asked = {"QueryType": "SHIPMENT", "MarketplaceId": US, "ShipmentStatusList": ["WORKING"]}
    times = {"QueryType": "DATE_RANGE", "MarketplaceId": US, "LastUpdatedAfter": begins, "LastUpdatedBefore": ends}

    def pages(kind: type[Any], said: dict[str, Any]) -> list[Any]:
        found = []
        while True:
            page = harbor.asks(msgspec.convert(said, kind)).payload
            found.append(page)
            if page.next_token is None:
                return found
            said = {"QueryType": "NEXT_TOKEN", "MarketplaceId": US, "NextToken": page.next_token}

    shipments = [one for page in pages(v0.GetShipments, asked) for one in page.shipment_data]
    items = [one for page in pages(v0.GetShipmentItems, times) for one in page.item_data]

    assert len({one.shipment_id for one in shipments}) == len(shipments) == len(harbor.shipment_ids)
    sent = {msku: sum(one.quantity_shipped for one in items if one.seller_sku == msku) for msku in ("ATLAS", "GUIDE")}
    assert sent == {"ATLAS": 40, "GUIDE": 10}
    assert {one.quantity_received for one in items} == {0}


def test_instructions_say_how_skus_and_asins_are_prepared(market: TestMarket) -> None:
    harbor = Sender(market)
    book, bowl = harbor.sells("ATLAS"), harbor.sells("BOWL", "MUG", material=[{"value": "Stoneware"}])
    said = {
        "ShipToCountryCode": "US",
        "SellerSKUList": ["ATLAS", "BOWL", "NONE-SUCH"],
        "ASINList": [bowl, "B000000000"],
    }

    found = harbor.asks(msgspec.convert(said, v0.GetPrepInstructions)).payload

    atlas, pot = found.sku_prep_instructions_list
    assert (atlas.asin, atlas.prep_guidance) == (book, "NoAdditionalPrepRequired")
    assert atlas.prep_instruction_list == ["Labeling"]
    assert (pot.prep_guidance, pot.prep_instruction_list) == (
        "SeePrepInstructionsList",
        ["Labeling", "BubbleWrapping"],
    )
    assert [(one.seller_sku, one.error_reason) for one in found.invalid_sku_list] == [("NONE-SUCH", "DoesNotExist")]
    assert [one.asin for one in found.asin_prep_instructions_list] == [bowl]
    assert [one.asin for one in found.invalid_asin_list] == ["B000000000"]
    nowhere = msgspec.convert({"ShipToCountryCode": "FR", "ASINList": [bowl]}, v0.GetPrepInstructions)
    assert refused(harbor.seller, nowhere)[0] == "InvalidInput"
    nothing = msgspec.convert({"ShipToCountryCode": "US"}, v0.GetPrepInstructions)
    assert refused(harbor.seller, nothing)[1] == "At least one of SellerSKUList and ASINList must be provided"


def test_answers_have_the_form_of_amazons(market: TestMarket) -> None:
    harbor = Ready(market)
    shipment_id, now = confirmed_id(harbor), datetime.isoformat(harbor.now).replace("+00:00", "Z")
    paths = {
        f"shipments?QueryType=SHIPMENT&MarketplaceId={US}&ShipmentStatusList=WORKING": "GetShipmentsResponse",
        f"shipments/{shipment_id}/items": "GetShipmentItemsResponse",
        f"shipmentItems?QueryType=DATE_RANGE&MarketplaceId={US}&LastUpdatedAfter=2026-01-01&LastUpdatedBefore={now}": (
            "GetShipmentItemsResponse"
        ),
        f"shipments/{shipment_id}/labels?PageType=PackageLabel_Letter_2&LabelType=BARCODE_2D": "GetLabelsResponse",
        "prepInstructions?ShipToCountryCode=US&SellerSKUList=ATLAS": "GetPrepInstructionsResponse",
    }

    for path, form in paths.items():
        check_form(harbor.shown(f"{BASE}/{path}"), DOCUMENT, form)


def test_labels_of_the_type_default_are_taken_as_amazon_takes_them(market: TestMarket) -> None:
    harbor = Ready(market)
    path = f"{BASE}/shipments/{confirmed_id(harbor)}/labels?PageType=PackageLabel_Letter_2"

    links = [harbor.shown(f"{path}&LabelType={kind}")["payload"]["DownloadURL"] for kind in ("DEFAULT", "BARCODE_2D")]

    assert harbor.downloads(links[0]) == harbor.downloads(links[1])
    assert harbor.seller.call("GET", f"{path}&LabelType=STANDARD").status == 400
