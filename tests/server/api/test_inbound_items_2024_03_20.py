"""Items of Fulfillment Inbound before they are on a plan: how they are prepared, taxed and labeled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pypdfium2
import pytest
import zxingcpp
from forwarder import BASE, DOCUMENT, US, Forwarder, refused, units
from modeled import check_form
from zebrafy.zebrafy_zpl import ZebrafyZPL

from sellingpartner.contract import fulfillment_inbound_2024_03_20 as api
from sellingpartner.market.inbound.papers.item_labels import Page, pages
from sellingpartner.market.inventory.commands import receive
from sellingpartner.market.inventory.model import Place
from sellingpartner.market.listings.model import FulfillmentChannel
from sellingpartner.testing import TestMarket

GLASS = {"material": [{"value": "Borosilicate Glass"}]}
NOWHERE = "A1PA6795UKMFR9"


@pytest.fixture
def harbor(market: TestMarket) -> Forwarder:
    made = Forwarder(market)
    made.sells("ATLAS")
    made.sells("LAMP", "LAMP")
    return made


def prep_of(harbor: Forwarder, sku: str) -> api.MskuPrepDetail:
    found: api.MskuPrepDetail = harbor.asks(
        api.ListPrepDetails(marketplace_id=harbor.marketplace_id, mskus=[sku])
    ).msku_prep_details[0]
    return found


def told(sku: str, category: str, *prep_types: str, here: str = US) -> api.SetPrepDetails:
    detail = api.MskuPrepDetailInput(
        msku=sku,
        prep_category=api.PrepCategory(category),
        prep_types=[api.PrepType(one) for one in prep_types],
    )
    return api.SetPrepDetails(marketplace_id=here, msku_prep_details=[detail])


@pytest.mark.parametrize(
    ("product_type", "said", "category", "types"),
    [
        ("LAMP", {}, "UNKNOWN", []),
        ("ABIS_BOOK", {}, "NONE", ["ITEM_NO_PREP"]),
        ("KITCHEN_KNIFE", {}, "SHARP", ["ITEM_LABELING", "ITEM_BOXING"]),
        ("BOTTLE", GLASS, "FRAGILE", ["ITEM_LABELING", "ITEM_BUBBLEWRAP"]),
        ("COFFEE", {"item_form": [{"value": "Whole bean"}]}, "GRANULAR", ["ITEM_LABELING", "ITEM_POLYBAGGING"]),
        ("SHIRT", {}, "TEXTILE", ["ITEM_LABELING", "ITEM_POLYBAGGING"]),
    ],
)
def test_how_a_product_is_prepared_follows_from_what_it_is(
    harbor: Forwarder, product_type: str, said: dict[str, Any], category: str, types: list[str]
) -> None:
    harbor.sells("THING", product_type, **said)

    found = prep_of(harbor, "THING")

    assert (found.prep_category, found.prep_types) == (category, types)


def test_who_may_prepare_and_label_follows_from_the_category_and_the_country(harbor: Forwarder) -> None:
    harbor.sells("BOTTLE", "BOTTLE", **GLASS)

    book, bottle, lamp = (prep_of(harbor, sku) for sku in ("ATLAS", "BOTTLE", "LAMP"))

    assert (book.prep_owner_constraint, book.label_owner_constraint) == ("NONE_ONLY", "SELLER_ONLY")
    assert (bottle.prep_owner_constraint, bottle.label_owner_constraint) == ("SELLER_ONLY", "SELLER_ONLY")
    assert (book.all_owners_constraint, bottle.all_owners_constraint) == (None, "MUST_MATCH")
    assert (lamp.prep_owner_constraint, lamp.label_owner_constraint) == (None, None)


def test_in_canada_amazon_may_prepare_and_label_for_a_fee() -> None:
    canada = "A2EUQ1WTGCTBG2"
    market = TestMarket(marketplaces=(canada,))
    harbor = Forwarder(market, marketplace_id=canada)
    harbor.sells("ATLAS", currency="CAD")
    harbor.sells("BOTTLE", "BOTTLE", currency="CAD", **GLASS)
    bottle = prep_of(harbor, "BOTTLE")
    by_amazon = {"prepOwner": "AMAZON", "labelOwner": "AMAZON"}

    mixed = harbor.refuses(units("BOTTLE", prepOwner="AMAZON"))
    plan_id = harbor.plans(units("ATLAS", labelOwner="AMAZON"), units("BOTTLE", 2, **by_amazon))
    items = harbor.asks(api.ListInboundPlanItems(inbound_plan_id=plan_id)).items
    market.close()

    assert (bottle.prep_owner_constraint, bottle.label_owner_constraint) == (None, None)
    assert "to match but AMAZON and SELLER were assigned" in mixed
    label = items[0].prep_instructions[0]
    assert (label.prep_type, label.prep_owner, label.fee.amount, label.fee.code) == (
        "ITEM_LABELING",
        "AMAZON",
        Decimal("0.60"),
        "CAD",
    )


def test_what_the_seller_says_of_preparation_counts_once_it_is_kept(harbor: Forwarder, market: TestMarket) -> None:
    begun = harbor.asks(told("LAMP", "FRAGILE", "ITEM_BOXING", "ITEM_LABELING"))
    before = prep_of(harbor, "LAMP")
    ended = harbor.done(begun.operation_id)
    after = prep_of(harbor, "LAMP")

    assert (ended.operation, ended.operation_status) == ("setPrepDetails", "SUCCESS")
    assert (before.prep_category, after.prep_category) == ("UNKNOWN", "FRAGILE")
    assert after.prep_types == ["ITEM_BOXING", "ITEM_LABELING"]
    harbor.does(told("LAMP", "NONE", "ITEM_NO_PREP"))
    assert prep_of(harbor, "LAMP").prep_category == "NONE"
    harbor.plans(units("LAMP", 4))


def test_units_of_which_some_lie_with_amazon_have_been_prepared_before(harbor: Forwarder, market: TestMarket) -> None:
    with market.market.write(market.seller.seller_id) as unit:
        receive(unit, "LAMP", Place.FBA, 1, reference="opening stock")

    assert prep_of(harbor, "LAMP").prep_category == "NONE"


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (told("LAMP", "NONE", "ITEM_LABELING", "ITEM_POLYBAGGING"), "accepts these prepTypes: [ITEM_NO_PREP"),
        (told("LAMP", "LIQUID", "ITEM_BLACK_SHRINKWRAP"), "prepCategory LIQUID accepts"),
        (told("LAMP", "LIQUID"), "prepCategory LIQUID accepts"),
        (told("LAMP", "UNKNOWN", "ITEM_LABELING"), "can not be set"),
        (told("LAMP", "FC_PROVIDED", "ITEM_LABELING"), "can not be set"),
        (told("NOBODY", "NONE", "ITEM_NO_PREP"), "The following MSKUs are not valid: [NOBODY]"),
        (told("MUG-BLUE", "NONE", "ITEM_NO_PREP"), "not available for inbound"),
        (told("LAMP", "NONE", "ITEM_NO_PREP", here=NOWHERE), "marketplaceId is not valid"),
    ],
)
def test_what_cannot_be_a_preparation_is_refused_and_not_kept(
    harbor: Forwarder, market: TestMarket, request_: api.SetPrepDetails, words: str
) -> None:
    code, said = refused(market.seller, request_)

    assert code == "BadRequest"
    assert words in said
    assert market.advance(minutes=1) == 0
    assert prep_of(harbor, "LAMP").prep_category == "UNKNOWN"


def test_an_item_is_taxed_as_its_seller_says_last(harbor: Forwarder) -> None:
    rate = api.TaxRate(tax_type="TOTAL_TAX", gst_rate=Decimal(18), cess_rate=Decimal(1))
    value = api.Currency(amount=Decimal(50), code="INR")
    details = api.TaxDetails(hsn_code="720299", declared_value=value, tax_rates=[rate])
    asked = api.ListItemComplianceDetails(marketplace_id=US, mskus=["ATLAS", "LAMP"])
    for hsn_code in ("1234", "720299"):
        said = msgspec.structs.replace(details, hsn_code=hsn_code)
        harbor.does(api.UpdateItemComplianceDetails(marketplace_id=US, msku="ATLAS", tax_details=said))

    atlas, lamp = harbor.asks(asked).compliance_details

    assert (atlas.msku, atlas.fnsku[:2], atlas.tax_details.hsn_code) == ("ATLAS", "X0", "720299")
    assert (atlas.tax_details.tax_rates[0].gst_rate, atlas.tax_details.declared_value.amount) == (18, 50)
    assert (lamp.msku, lamp.tax_details) == ("LAMP", None)


@pytest.mark.parametrize(
    ("msku", "details", "words"),
    [
        ("NOBODY", api.TaxDetails(), "The requested msku does not exist for the specified marketplace."),
        ("ATLAS", api.TaxDetails(hsn_code="72A"), "hsnCode"),
        ("ATLAS", api.TaxDetails(tax_rates=[api.TaxRate(tax_type="VAT")]), "taxType"),
        ("ATLAS", api.TaxDetails(tax_rates=[api.TaxRate(gst_rate=Decimal(101))]), "0 to 100"),
        ("ATLAS", api.TaxDetails(declared_value=api.Currency(amount=Decimal(-1), code="INR")), "declaredValue"),
    ],
)
def test_what_cannot_be_tax_details_is_refused(
    harbor: Forwarder, market: TestMarket, msku: str, details: api.TaxDetails, words: str
) -> None:
    code, said = refused(
        market.seller, api.UpdateItemComplianceDetails(marketplace_id=US, msku=msku, tax_details=details)
    )

    assert code == "BadRequest"
    assert words in said
    assert market.advance(minutes=1) == 0


def ordered(**more: Any) -> api.CreateMarketplaceItemLabels:  # noqa: ANN401 - fields of the request
    said = {"labelType": "STANDARD_FORMAT", "marketplaceId": US, "mskuQuantities": [{"msku": "ATLAS", "quantity": 2}]}
    return msgspec.convert(said | more, api.CreateMarketplaceItemLabels)


def downloaded(harbor: Forwarder, request: api.CreateMarketplaceItemLabels) -> tuple[str, bytes]:
    (download,) = harbor.asks(request).document_downloads
    assert download.download_type == "URL"
    reply = harbor.market.anybody().call("GET", "/" + download.uri.split("/", 3)[3])
    assert reply.status == 200
    return reply.headers["content-type"], reply.body


def scanned(image: Any) -> list[str]:  # noqa: ANN401 - a picture
    return [one.text for one in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("page_type", list(api.ItemLabelPageType))
def test_every_sheet_of_labels_has_barcodes_that_scan(harbor: Forwarder, page_type: api.ItemLabelPageType) -> None:
    page = pages()[page_type.value]
    count = page.columns * page.rows
    quantities = [{"msku": "ATLAS", "quantity": count}, {"msku": "LAMP", "quantity": 1}]
    wanted = ordered(pageType=page_type.value, mskuQuantities=quantities)
    fnskus = {one.msku: one.fnsku for one in harbor.asks(_compliance()).compliance_details}

    media_type, content = downloaded(harbor, wanted)

    assert media_type == "application/pdf"
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 2
    assert [scanned(one) for one in _cut_up(document[0], page)] == [[fnskus["ATLAS"]]] * count
    assert [scanned(one) for one in _cut_up(document[1], page)] == [[fnskus["LAMP"]], *[[]] * (count - 1)]
    assert "New" in document[1].get_textpage().get_text_range()


@pytest.mark.parametrize("size", [{}, {"width": 25, "height": 25}, {"width": 100, "height": 100}])
def test_labels_for_a_thermal_printer_scan_too(harbor: Forwarder, size: dict[str, float]) -> None:
    (detail, _) = harbor.asks(_compliance()).compliance_details

    media_type, content = downloaded(harbor, ordered(labelType="THERMAL_PRINTING", **size))

    assert (media_type, content.count(b"^XA")) == ("application/zpl", 2)
    field = content[content.index(b"^GF") :].split(b"^FS")[0]
    pictures = ZebrafyZPL(f"^XA{field.decode()}^FS^XZ").to_images()
    assert scanned(_with_margin(pictures[0])) == [detail.fnsku]


def test_the_link_to_labels_is_over_after_an_hour_and_opens_nothing_else(harbor: Forwarder, market: TestMarket) -> None:
    (download,) = harbor.asks(ordered(pageType="A4_21")).document_downloads
    path = "/" + download.uri.split("/", 3)[3]

    forged = market.anybody().call("GET", path.replace("signature=", "signature=0"))
    posted = market.anybody().call("POST", path)
    market.advance(minutes=59)
    in_time = market.anybody().call("GET", path)
    market.advance(minutes=1)
    late = market.anybody().call("GET", path)

    assert download.expiration == market.now
    assert (forged.status, posted.status, in_time.status, late.status) == (403, 403, 200, 403)
    assert market.now - download.expiration == timedelta(0)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (ordered(), "pageType must be provided"),
        (ordered(pageType="A4_21", mskuQuantities=[{"msku": "NOBODY", "quantity": 1}]), "not valid: [NOBODY]"),
        (ordered(pageType="A4_21", mskuQuantities=[{"msku": "ATLAS", "quantity": 9000}] * 2), "At most 10000 labels"),
        (ordered(pageType="A4_21", marketplaceId=NOWHERE), "marketplaceId"),
    ],
)
def test_labels_that_cannot_be_are_refused(
    harbor: Forwarder, market: TestMarket, wanted: api.CreateMarketplaceItemLabels, words: str
) -> None:
    code, said = refused(market.seller, wanted)

    assert code == "BadRequest"
    assert words in said


def test_skus_with_marks_in_them_are_encoded_twice_as_amazon_says(harbor: Forwarder, market: TestMarket) -> None:
    sku = "TEA, 50% G&B"
    harbor.sells(sku)

    reply = market.seller.call(
        "GET", f"{BASE}/items/prepDetails?marketplaceId={US}&mskus=TEA%252C%2050%2525%20G%26B,ATLAS"
    )

    assert [one["msku"] for one in reply.json()["mskuPrepDetails"]] == [sku, "ATLAS"]


@pytest.mark.parametrize(
    ("method", "target", "body", "definition"),
    [
        ("GET", f"/items/prepDetails?marketplaceId={US}&mskus=ATLAS,LAMP", None, "ListPrepDetailsResponse"),
        ("POST", "/items/prepDetails", told("LAMP", "NONE", "ITEM_NO_PREP"), "SetPrepDetailsResponse"),
        ("GET", f"/items/compliance?marketplaceId={US}&mskus=ATLAS", None, "ListItemComplianceDetailsResponse"),
        ("POST", "/items/labels", ordered(pageType="A4_21"), "CreateMarketplaceItemLabelsResponse"),
        ("GET", f"/items/prepDetails?marketplaceId={US}&mskus=NOBODY", None, "ErrorList"),
    ],
)
def test_answers_have_the_form_of_amazons_document(
    harbor: Forwarder, method: str, target: str, body: object, definition: str
) -> None:
    reply = harbor.seller.call(
        method,
        BASE + target,
        headers={"content-type": "application/json"},
        body=None if body is None else msgspec.json.encode(body),
    )

    assert reply.status == {"ErrorList": 400, "SetPrepDetailsResponse": 202}.get(definition, 200)
    check_form(reply.json(), DOCUMENT, definition)


def test_what_its_seller_ships_itself_has_no_label_of_amazons(harbor: Forwarder, market: TestMarket) -> None:
    harbor.sells("CHART", channel=FulfillmentChannel.MFN)
    wanted = ordered(pageType="A4_21", mskuQuantities=[{"msku": "CHART", "quantity": 1}])

    assert "not available for inbound" in refused(market.seller, wanted)[1]


def _compliance() -> api.ListItemComplianceDetails:
    return api.ListItemComplianceDetails(marketplace_id=US, mskus=["ATLAS", "LAMP"])


def _cut_up(sheet: Any, page: Page) -> Iterator[Any]:  # noqa: ANN401 - pictures
    """The labels of a sheet, row after row, cut out of it."""
    image = sheet.render(scale=3).to_pil()
    dots = 3 * 72 / 25.4
    left = (image.width - dots * (page.columns * page.width + (page.columns - 1) * page.gap)) / 2
    top = (image.height - dots * page.rows * page.height) / 2
    for row in range(page.rows):
        for column in range(page.columns):
            x, y = left + dots * column * (page.width + page.gap), top + dots * row * page.height
            yield image.crop((int(x), int(y), int(x + dots * page.width), int(y + dots * page.height)))


def _with_margin(image: Any) -> Any:  # noqa: ANN401 - pictures
    """The dots of a barcode as a scanner sees them: larger, with white around them."""
    wide = image.resize((image.width * 3, image.height * 3))
    paper = wide.copy().resize((wide.width + 120, wide.height + 120))
    paper.paste("white", (0, 0, paper.width, paper.height))
    paper.paste(wide, (60, 60))
    return paper
