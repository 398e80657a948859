"""What is stuck on boxes and pallets, read again by a scanner's eye."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal

import msgspec
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from zebrafy.zebrafy_zpl import ZebrafyZPL

from sellingpartner.contract.fulfillment_inbound_v0 import PageType
from sellingpartner.market.inbound.papers.boxes import BoxSubject, Content, box_label, content_label, told_content
from sellingpartner.market.inbound.papers.freight import Challan, Freight, bill_of_lading, delivery_challan
from sellingpartner.market.inbound.papers.pages import SIZES, Labels, printed
from sellingpartner.market.inbound.papers.pallets import SIDES, PalletSubject, pallet_label
from sellingpartner.market.shipping.labels.documents import Document
from sellingpartner.market.shipping.labels.layout import FOUR_BY_SIX, Subject, label_of
from sellingpartner.market.shipping.labels.picture import as_png

SENDER = ("Harbor Goods", "300 Turnbull Ave", "Detroit MI 48123", "US")
RECIPIENT = ("FBA: Harbor Goods", "Amazon PHX6", "4750 W Mohave St", "Phoenix AZ 85043", "US")
BOX = BoxSubject(
    box_id="FBA15DJ8K2M4U000001",
    shipment_id="FBA15DJ8K2M4",
    shipment_name="FBA STA (11/29/2026 08:00)-PHX6",
    number=1,
    count=3,
    sender=SENDER,
    recipient=RECIPIENT,
    contents=(
        Content(fnsku="X001ABCDEF", sku="MUG-BLUE", quantity=24),
        Content(fnsku="X001ABCDEG", sku="TEA-GREEN", quantity=6, expires_on="2027-09-30"),
    ),
    created_on="2026-11-29",
)
CARRIER = label_of(
    Subject(
        paper=FOUR_BY_SIX,
        carrier="United Parcel Service",
        service="Inbound to Amazon",
        tracking_id="1Z17E2100206868939",
        order_id=None,
        sender=SENDER,
        recipient=RECIPIENT,
        weight="9.800 kg",
        ships_on="2026-12-01",
    )
)


def pictures_of(document: Document) -> Iterator[Image.Image]:
    """What of a document a scanner sees, page by page."""
    if document.media_type == "application/pdf":
        with closing(pypdfium2.PdfDocument(document.content)) as pdf:
            for page in pdf:
                yield page.render(scale=200 / 72).to_pil()
    else:
        yield from ZebrafyZPL(document.content.decode()).to_images()


def scanned(document: Document) -> list[list[str]]:
    return [sorted(code.text for code in zxingcpp.read_barcodes(one.convert("L"))) for one in pictures_of(document)]


def text_of(document: Document) -> str:
    with closing(pypdfium2.PdfDocument(document.content)) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_every_size_that_the_api_names_is_known() -> None:
    assert {*SIZES} == {one.value for one in PageType}


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_labels_of_boxes_can_be_scanned_on_every_page(size: str) -> None:
    second = msgspec.structs.replace(BOX, box_id="FBA15DJ8K2M4U000002", number=2)
    boxes = [Labels((box_label(one),), CARRIER) for one in (BOX, second)]

    document = printed(boxes, SIZES[size], "US", "labels")

    tracking = "1Z17E2100206868939"
    found = sorted(code for page in scanned(document) for code in page)
    assert found == [tracking, tracking, BOX.box_id, second.box_id]


@pytest.mark.parametrize(
    ("size", "pages"), [("PackageLabel_Letter_6", 2), ("PackageLabel_A4_4", 2), ("PackageLabel_Plain_Paper", 7)]
)
def test_a_page_holds_as_many_labels_as_its_name_says(size: str, pages: int) -> None:
    ids = [f"FBA15DJ8K2M4U{number:06d}" for number in range(1, 8)]
    boxes = [Labels((box_label(msgspec.structs.replace(BOX, box_id=one)),)) for one in ids]

    found = scanned(printed(boxes, SIZES[size], "US", "labels"))

    assert len(found) == pages
    assert sorted(code for page in found for code in page) == ids


@pytest.mark.parametrize("size", ["PackageLabel_Plain_Paper", "PackageLabel_Thermal"])
def test_a_square_code_tells_what_is_in_a_box(size: str) -> None:
    document = printed([Labels((content_label(BOX),))], SIZES[size], "US", "content")

    said = "AMZN,PO:FBA15DJ8K2M4,FNSKU:X001ABCDEF,QTY:24,FNSKU:X001ABCDEG,QTY:6,EXP:270930"
    assert scanned(document) == [[said]]


def test_a_picture_of_a_square_code_can_be_scanned() -> None:
    picture = Image.open(io.BytesIO(as_png([content_label(BOX)])))

    found = [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]
    assert found == [told_content(BOX.shipment_id, BOX.contents)]


def test_a_box_of_more_items_than_a_code_has_room_for_tells_the_first() -> None:
    many = tuple(Content(fnsku=f"X00{number:07d}", sku=f"SKU-{number}", quantity=1) for number in range(200))

    said = told_content("FBA15DJ8K2M4", many)

    assert said.startswith("AMZN,PO:FBA15DJ8K2M4,FNSKU:X000000000,QTY:1,")
    assert said.endswith(",QTY:1")
    full = content_label(msgspec.structs.replace(BOX, contents=many))
    assert scanned(printed([Labels((full,))], SIZES["PackageLabel_Plain_Paper"], "US", "content")) == [[said]]


def test_a_pallet_bears_its_label_on_four_sides() -> None:
    subject = PalletSubject(
        shipment_id="FBA15DJ8K2M4", number=2, count=2, carrier="ESTES", reference="7K2JD81Q", recipient=RECIPIENT
    )

    document = printed([Labels((pallet_label(subject),) * SIDES)], SIZES["PackageLabel_Letter_4"], "US", "pallets")

    assert scanned(document) == [["FBA15DJ8K2M4P000002"] * 4]


def test_a_bill_of_lading_names_what_is_loaded() -> None:
    freight = Freight(
        shipment_id="FBA15DJ8K2M4",
        reference="7K2JD81Q",
        number="BOL7K2JD81Q",
        carrier="ESTES EXPRESS LINES",
        sender=SENDER,
        recipient=RECIPIENT,
        pallets=2,
        boxes=40,
        kilograms=Decimal("412.5"),
        freight_class="FC_92_5",
        ready_on="2026-12-01",
    )

    document = bill_of_lading(freight)

    assert scanned(document) == [["BOL7K2JD81Q"]]
    assert "Pallets: 2 Boxes: 40 Weight: 412.5 kg" in text_of(document)
    assert "Freight class: 92.5" in text_of(document)


def test_a_challan_lists_every_item_on_as_many_pages_as_it_takes() -> None:
    lines = tuple((f"SKU-{number}", f"X00{number:07d}", number + 1) for number in range(50))
    challan = Challan(
        shipment_id="FBA15DJ8K2M4",
        number="DCFBA15DJ8K2M4",
        issued_on="2026-11-29",
        carrier="Amazon Transportation Services",
        sender=SENDER,
        recipient=RECIPIENT,
        lines=lines,
    )

    text = text_of(delivery_challan(challan))

    assert all(sku in text and fnsku in text for sku, fnsku, _ in lines)
    assert scanned(delivery_challan(challan)) == [["DCFBA15DJ8K2M4"]] * 2


def test_the_same_labels_are_always_the_same_bytes() -> None:
    boxes = [Labels((box_label(BOX), content_label(BOX)), CARRIER)]

    made = [printed(boxes, SIZES["PackageLabel_Plain_Paper"], "US", "labels") for _ in range(2)]

    assert made[0] == made[1]
