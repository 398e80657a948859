"""Shipping v2: labels and the papers that come with them, drawn as asked and read again by a scanner's eye."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import jsonschema_rs
import msgspec
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from postage import (
    HOME,
    WAREHOUSE,
    buying,
    buys,
    contents_of,
    inches,
    ordered,
    parcel_of,
    printed,
    rate,
    rates,
    sold_elsewhere,
    tracking_of,
)
from zebrafy.zebrafy_zpl import ZebrafyZPL

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.events.shipping import LabelBought
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import ADDRESS

AMAZON = "std-us-swa-mfn"
INVALID = "An invalid documentation specification was provided."


def pictures_of(format_: str, content: bytes) -> Iterator[Image.Image]:
    match format_:
        case "PDF":
            with closing(pypdfium2.PdfDocument(content)) as pdf:
                for page in pdf:
                    yield page.render(scale=203 / 72).to_pil()
        case "PNG":
            yield Image.open(io.BytesIO(content))
        case _:
            yield from ZebrafyZPL(content.decode()).to_images()


def scanned(document: v2.PackageDocument) -> list[str]:
    pages = pictures_of(document.format.value, contents_of(document))
    return [code.text for one in pages for code in zxingcpp.read_barcodes(one.convert("L"))]


def text_of(document: v2.PackageDocument) -> str:
    with closing(pypdfium2.PdfDocument(contents_of(document))) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.mark.parametrize(
    "asked",
    [
        {"format": "PDF"},
        {"format": "PDF", "size": inches(8.5, 11), "pageLayout": "LEFT"},
        {"format": "PDF", "size": inches(8.5, 11), "pageLayout": "RIGHT"},
        {"format": "PNG", "dpi": 203},
        {"format": "PNG", "dpi": 300, "pageLayout": "LEFT"},
        {"format": "ZPL", "dpi": 203},
        {"format": "ZPL", "dpi": 300, "pageLayout": "DEFAULT"},
    ],
    ids=str,
)
def test_the_barcode_of_a_label_is_its_tracking_number_in_every_form(seller: Caller, asked: dict[str, Any]) -> None:
    bought = buys(seller, sold_elsewhere(), AMAZON, **asked)

    [document] = bought.package_document_details[0].package_documents
    assert (document.type, document.format) == ("LABEL", asked["format"])
    assert scanned(document) == [tracking_of(bought)]


@pytest.mark.parametrize(("dpi", "pixels"), [(203, (812, 1218)), (300, (1200, 1800))])
def test_a_picture_is_as_fine_as_asked(seller: Caller, dpi: int, pixels: tuple[int, int]) -> None:
    bought = buys(seller, sold_elsewhere(), AMAZON, format="PNG", dpi=dpi)

    [picture] = pictures_of("PNG", contents_of(bought.package_document_details[0].package_documents[0]))

    assert picture.size == pixels


def test_papers_come_in_one_file_or_each_in_its_own(market: TestMarket, seller: Caller) -> None:
    wanted = ["LABEL", "PACKSLIP", "RECEIPT"]
    said = ordered(market)
    joined = buys(seller, sold_elsewhere(), AMAZON, requestedDocumentTypes=wanted)
    apart = buys(seller, said, requestedDocumentTypes=wanted, needFileJoining=False)

    [file] = joined.package_document_details[0].package_documents
    with closing(pypdfium2.PdfDocument(contents_of(file))) as pdf:
        assert len(pdf) == 3
    files = apart.package_document_details[0].package_documents
    assert [one.type.value for one in files] == wanted
    label, slip, receipt = (text_of(one) for one in files)
    assert "Portland" in label
    assert "MUG-BLUE" in slip
    [_, cost] = market.facts(LabelBought)
    assert f"Total USD {cost.cost_minor / 100:.2f}" in receipt


def test_a_label_shows_what_its_seller_wants_to_find_on_it(seller: Caller) -> None:
    custom = {"requestAttributes": ["PACKAGE_CLIENT_REFERENCE_ID", "SELLER_DISPLAY_NAME"]}
    said = sold_elsewhere(packageClientReferenceId="pallet-77", sellerDisplayName="Harbor & Sons")

    bought = buys(seller, said, AMAZON, requestedLabelCustomization=custom)

    text = text_of(bought.package_document_details[0].package_documents[0])
    assert "Ref pallet-77" in text
    assert "Harbor & Sons" in text


@pytest.mark.parametrize(
    "asked",
    [
        {"format": "PNG", "size": inches(8.5, 11)},
        {"size": inches(4, 7)},
        {"size": {"width": 4, "length": 6, "unit": "CENTIMETER"}},
        {"format": "ZPL", "dpi": 600},
        {"pageLayout": "RIGHT"},
        {"requestedDocumentTypes": []},
        {"requestedDocumentTypes": ["PACKSLIP"]},
        {"requestedDocumentTypes": ["LABEL", "CUSTOM_FORM"]},
    ],
    ids=str,
)
def test_papers_that_were_not_offered_are_not_bought(market: TestMarket, seller: Caller, asked: dict[str, Any]) -> None:
    found = rates(seller, sold_elsewhere())

    with pytest.raises(InvalidInput) as refused:
        seller.send(buying(found, AMAZON, **asked))

    assert (refused.value.details or "").startswith(INVALID)
    assert market.facts(LabelBought) == []


def test_every_form_that_is_offered_can_be_bought(seller: Caller) -> None:
    specifications = rate(rates(seller, sold_elsewhere()), AMAZON).supported_document_specifications

    for one in specifications:
        [options] = one.print_options
        size = {"width": one.size.width, "length": one.size.length, "unit": one.size.unit.value}
        for layout in options.supported_page_layouts:
            for dpi in options.supported_dpis or []:
                buys(seller, sold_elsewhere(), AMAZON, format=one.format.value, size=size, dpi=dpi, pageLayout=layout)


def test_papers_are_printed_again_as_they_were_or_in_another_form(seller: Caller) -> None:
    bought = buys(seller, sold_elsewhere(), AMAZON)

    def again(**asked: Any) -> v2.PackageDocument:  # noqa: ANN401 - fields of the request
        request = v2.GetShipmentDocuments(shipment_id=bought.shipment_id, package_client_reference_id="box-1", **asked)
        [document] = seller.send(request).payload.package_document_detail.package_documents
        return document

    assert again() == bought.package_document_details[0].package_documents[0]
    zpl = again(format="ZPL", dpi=300)
    assert (zpl.format, scanned(zpl)) == ("ZPL", [tracking_of(bought)])
    for asked in ({"format": "GIF"}, {"format": "PNG", "dpi": 72}, {"dpi": "2.5"}, {"dpi": "1e9"}):
        with pytest.raises(InvalidInput):
            again(**asked)
    with pytest.raises(InvalidInput) as refused:
        seller.send(v2.GetShipmentDocuments(shipment_id=bought.shipment_id, package_client_reference_id="box-2"))
    assert refused.value.details == "The shipment has no package 'box-2'."


def test_what_leaves_the_country_wants_to_know_more_and_has_a_form_for_customs(
    market: TestMarket, seller: Caller
) -> None:
    address = msgspec.structs.replace(ADDRESS, country_code="CA", state_or_region="ON", postal_code="M5V 1J2")
    order_id = market.buys(address=address)
    market.advance(minutes=1)
    found = rates(seller, parcel_of(seller, order_id))
    abroad = rate(found, "UPS_STANDARD_INTL")
    asked = buying(found, "UPS_STANDARD_INTL", requestedDocumentTypes=["LABEL", "CUSTOM_FORM"])
    inputs = v2.GetAdditionalInputs(request_token=found.request_token, rate_id=abroad.rate_id)

    schema = seller.send(inputs).payload
    answers = {"NON_DELIVERY_OPTION": "RETURN", "CONTENTS_TYPE": "MERCHANDISE"}
    for said in (None, {"NON_DELIVERY_OPTION": "KEEP"}, answers | {"COLOR": "blue"}, answers | {"CONTENTS_TYPE": 7}):
        with pytest.raises(InvalidInput, match="Invalid input"):
            seller.send(msgspec.structs.replace(asked, additional_inputs=said))
    bought = seller.send(msgspec.structs.replace(asked, additional_inputs=answers)).payload

    assert abroad.requires_additional_inputs
    assert schema["required"] == list(answers)
    assert jsonschema_rs.Draft4Validator(schema).is_valid(answers)
    assert not jsonschema_rs.Draft4Validator(schema).is_valid({})
    [document] = bought.package_document_details[0].package_documents
    assert "NON_DELIVERY_OPTION: RETURN" in text_of(document)


def test_a_rate_at_home_wants_to_know_nothing_more(market: TestMarket, seller: Caller) -> None:
    found = rates(seller, ordered(market))
    ground = rate(found, "UPS_PTP_GND")

    schema = seller.send(v2.GetAdditionalInputs(request_token=found.request_token, rate_id=ground.rate_id)).payload

    assert schema == {}
    assert not ground.requires_additional_inputs
    with pytest.raises(InvalidInput):
        seller.send(v2.GetAdditionalInputs(request_token=found.request_token, rate_id="x"))


def test_one_click_buys_the_cheapest_of_the_services_named(market: TestMarket, seller: Caller) -> None:
    said = ordered(market)
    cheaper = rate(rates(seller, said), "UPS_PTP_GROUNDSAVER")
    selected = {"serviceId": ["UPS_PTP_NEXT_DAY_AIR", "UPS_PTP_GROUNDSAVER", "UPS_PTP_GND"]}
    asked = said | {"labelSpecifications": msgspec.to_builtins(printed()), "serviceSelection": selected}

    bought = seller.send(msgspec.convert(asked, v2.OneClickShipment, strict=False)).payload

    assert (bought.service.id, bought.carrier.id) == ("UPS_PTP_GROUNDSAVER", "UPS")
    assert bought.total_charge == cheaper.total_charge
    with pytest.raises(InvalidInput) as refused:
        seller.send(msgspec.convert(asked, v2.OneClickShipment, strict=False))
    assert "is Shipped" in (refused.value.details or "")


@pytest.mark.parametrize(
    ("services", "why"),
    [
        ([], "No service of serviceSelection takes the package."),
        (["NO_SUCH"], "NO_SUCH: there is no such service"),
        (["UPS_PTP_GND"], "UPS_PTP_GND: there is no such service"),
    ],
)
def test_one_click_says_why_nothing_was_bought(seller: Caller, services: list[str], why: str) -> None:
    asked = sold_elsewhere() | {
        "labelSpecifications": msgspec.to_builtins(printed()),
        "serviceSelection": {"serviceId": services},
    }

    with pytest.raises(InvalidInput) as refused:
        seller.send(msgspec.convert(asked, v2.OneClickShipment, strict=False))

    assert why in (refused.value.details or "")


def test_a_direct_purchase_goes_by_amazon_shipping_with_a_picture_and_without_protection(
    market: TestMarket, seller: Caller
) -> None:
    asked = msgspec.convert(ordered(market), v2.DirectPurchaseShipment, strict=False)

    bought = seller.send(msgspec.structs.replace(asked, idempotency_key="k")).payload
    again = seller.send(msgspec.structs.replace(asked, idempotency_key="k")).payload

    [detail] = bought.package_document_detail_list or []
    assert (detail.package_documents[0].format, scanned(detail.package_documents[0])) == ("PNG", [detail.tracking_id])
    assert again == bought
    [fact] = market.facts(LabelBought)
    assert (fact.carrier, fact.service) == ("AMZN_US", "Amazon Shipping Ground")
    papers = v2.GetShipmentDocuments(shipment_id=bought.shipment_id, package_client_reference_id="box-1")
    benefits = seller.send(papers).payload.benefits
    assert benefits is not None
    assert benefits.included_benefits == []


def test_a_direct_purchase_needs_a_sender_and_a_package(seller: Caller) -> None:
    external = v2.ChannelDetails(channel_type=v2.ChannelType.EXTERNAL)
    sender = msgspec.convert(WAREHOUSE, v2.Address)
    home = msgspec.convert(HOME, v2.Address)

    for asked in (
        v2.DirectPurchaseShipment(channel_details=external, ship_to=home),
        v2.DirectPurchaseShipment(channel_details=external, ship_to=home, ship_from=sender),
    ):
        with pytest.raises(InvalidInput):
            seller.send(asked)
