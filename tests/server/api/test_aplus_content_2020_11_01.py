from __future__ import annotations

from base64 import b64encode
from hashlib import md5
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from modeled import check_form
from PIL import Image

from sellingpartner.contract import aplus_content_2020_11_01 as api
from sellingpartner.contract import uploads_2020_11_01 as uploads
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.events.content import ContentApproved, ContentPublished, ContentRejected, ContentWithdrawn
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import US

BASE = "/aplus/2020-11-01/contentDocuments"
MODEL = "aplusContent_2020-11-01.json"
METADATA, CONTENTS = api.GetContentDocumentIncludedData.METADATA, api.GetContentDocumentIncludedData.CONTENTS
PIXELS = {"value": 970, "units": "pixels"}, {"value": 600, "units": "pixels"}


def words(text: str) -> dict[str, Any]:
    return {"contentModuleType": "STANDARD_TEXT", "standardText": {"body": {"textList": [{"value": text}]}}}


def document(*modules: dict[str, Any], **said: Any) -> api.ContentDocument:  # noqa: ANN401 - any JSON
    form = {"name": "Mugs", "contentType": "EBC", "locale": "en-US", "contentModuleList": list(modules)} | said
    return msgspec.convert(form, api.ContentDocument)


def begun(seller: Caller, *modules: dict[str, Any], **said: Any) -> str:  # noqa: ANN401 - any JSON
    written = document(*(modules or (words("Glazed by hand."),)), **said)
    return seller.send(api.CreateContentDocument(marketplace_id=US, content_document=written)).content_reference_key


def related(seller: Caller, key: str, *asins: str) -> None:
    seller.send(
        api.PostContentDocumentAsinRelations(content_reference_key=key, marketplace_id=US, asin_set=list(asins))
    )


def submitted(seller: Caller, key: str) -> None:
    seller.send(api.PostContentDocumentApprovalSubmission(content_reference_key=key, marketplace_id=US))


def published(market: TestMarket, key: str, asin: str) -> None:
    related(market.seller, key, asin)
    submitted(market.seller, key)
    market.advance(days=7)


def read(seller: Caller, key: str) -> api.GetContentDocumentResponse:
    return seller.send(
        api.GetContentDocument(content_reference_key=key, marketplace_id=US, included_data_set=[METADATA, CONTENTS])
    )


def status(seller: Caller, key: str) -> str:
    found = read(seller, key).content_record.content_metadata
    assert found is not None
    return found.status


def records(seller: Caller, asin: str) -> list[tuple[str, str]]:
    found = seller.send(api.SearchContentPublishRecords(marketplace_id=US, asin=asin)).publish_record_list
    return [(one.content_reference_key, one.locale) for one in found]


def picture(market: TestMarket, width: int, height: int, content: bytes | None = None) -> str:
    drawn = BytesIO()
    Image.new("RGB", (width, height), "navy").save(drawn, "PNG")
    file = drawn.getvalue() if content is None else content
    asked = uploads.CreateUploadDestinationForResource(
        resource="aplus/2020-11-01/contentDocuments",
        marketplace_ids=[US],
        content_md5=b64encode(md5(file).digest()).decode(),
        content_type="image/png",
    )
    made = market.seller.send(asked).payload
    assert made is not None
    link = urlsplit(made.url or "")
    headers = {name: str(value) for name, value in (made.headers or {}).items()}
    assert market.anybody().call("PUT", f"{link.path}?{link.query}", headers=headers, body=file).status == 200
    return made.upload_destination_id or ""


def headed(upload_destination_id: str) -> dict[str, Any]:
    width, height = PIXELS
    image = {
        "uploadDestinationId": upload_destination_id,
        "imageCropSpecification": {"size": {"width": width, "height": height}},
        "altText": "A blue mug",
    }
    return {"contentModuleType": "STANDARD_HEADER_IMAGE_TEXT", "standardHeaderImageText": {"block": {"image": image}}}


@pytest.fixture
def asin(market: TestMarket) -> str:
    return str(market.lists("MUG-BLUE").asin)


def test_content_is_written_reviewed_and_shown(market: TestMarket, seller: Caller, asin: str) -> None:
    key = begun(seller, headed(picture(market, 970, 600)), words("Glazed by hand."))
    related(seller, key, asin)
    assert (status(seller, key), records(seller, asin)) == ("DRAFT", [])

    submitted(seller, key)
    assert status(seller, key) == "SUBMITTED"
    market.advance(days=7)

    assert (status(seller, key), records(seller, asin)) == ("APPROVED", [(key, "en-US")])
    assert [fact.reference_key for fact in market.facts(ContentApproved)] == [key]
    assert [fact.asins for fact in market.facts(ContentPublished)] == [(asin,)]


def test_answers_have_amazons_form(market: TestMarket, seller: Caller, asin: str) -> None:
    key = begun(seller)
    published(market, key, asin)
    query = f"marketplaceId={US}"

    for path, form in (
        (f"{BASE}?{query}", "SearchContentDocumentsResponse"),
        (f"{BASE}/{key}?{query}&includedDataSet=CONTENTS,METADATA", "GetContentDocumentResponse"),
        (f"{BASE}/{key}/asins?{query}&includedDataSet=METADATA", "ListContentDocumentAsinRelationsResponse"),
        (f"/aplus/2020-11-01/contentPublishRecords?{query}&asin={asin}", "SearchContentPublishRecordsResponse"),
    ):
        reply = seller.call("GET", path)
        assert reply.status == 200
        check_form(reply.json(), MODEL, form)


def test_what_a_review_refuses_is_told_and_can_be_mended(market: TestMarket, seller: Caller, asin: str) -> None:
    key = begun(seller, words("The best-seller of all mugs, now $9! Visit www.mugs.example."))
    published(market, key, asin)

    assert (status(seller, key), records(seller, asin)) == ("REJECTED", [])
    warnings = read(seller, key).warnings or []
    assert {one.code for one in warnings} == {"PRICE_OR_PROMOTION", "CONTACT_OR_LINK", "UNPROVEN_CLAIM"}
    assert [fact.reasons for fact in market.facts(ContentRejected)] == [tuple(one.code for one in warnings)]

    mended = document(words("Glazed by hand."))
    seller.send(api.UpdateContentDocument(content_reference_key=key, marketplace_id=US, content_document=mended))
    assert (status(seller, key), read(seller, key).warnings) == ("DRAFT", None)
    published(market, key, asin)
    assert (status(seller, key), records(seller, asin)) == ("APPROVED", [(key, "en-US")])


def test_what_buyers_see_stays_until_what_was_written_anew_is_approved(
    market: TestMarket, seller: Caller, asin: str
) -> None:
    key = begun(seller)
    published(market, key, asin)

    anew = document(words("Glazed by hand, twice."))
    seller.send(api.UpdateContentDocument(content_reference_key=key, marketplace_id=US, content_document=anew))

    assert (status(seller, key), records(seller, asin)) == ("DRAFT", [(key, "en-US")])


def test_content_takes_the_place_of_what_was_shown_there_in_its_language(
    market: TestMarket, seller: Caller, asin: str
) -> None:
    first, spanish, second = begun(seller), begun(seller, locale="es-US"), begun(seller)
    for key in (first, spanish, second):
        published(market, key, asin)

    assert records(seller, asin) == [(second, "en-US"), (spanish, "es-US")]


def test_content_goes_from_items_that_are_left_out_and_by_suspension_from_all(
    market: TestMarket, seller: Caller, asin: str
) -> None:
    other = str(market.lists("MUG-RED").asin)
    key = begun(seller)
    related(seller, key, asin, other)
    submitted(seller, key)
    market.advance(days=7)

    related(seller, key, other)
    assert (records(seller, asin), records(seller, other)) == ([], [(key, "en-US")])
    seller.send(api.PostContentDocumentSuspendSubmission(content_reference_key=key, marketplace_id=US))

    assert records(seller, other) == []
    assert [fact.asins for fact in market.facts(ContentWithdrawn)] == [(asin,), (other,)]
    listed = seller.send(
        api.ListContentDocumentAsinRelations(
            content_reference_key=key,
            marketplace_id=US,
            included_data_set=[api.ListContentDocumentAsinRelationsIncludedData.METADATA],
        )
    ).asin_metadata_set
    assert [(one.asin, one.badge_set) for one in listed] == [(other, ["CONTENT_NOT_PUBLISHED"])]
    assert status(seller, key) == "APPROVED"


def test_content_is_for_items_of_the_catalog_that_the_seller_lists(market: TestMarket, seller: Caller) -> None:
    foreign = str(market.seller("Quay", skus={"LAMP": (9.99, 1)}).lists("LANTERN").asin)
    key = begun(seller)

    with pytest.raises(InvalidInput, match="no such item"):
        related(seller, key, "B000000000")
    with pytest.raises(InvalidInput, match="not of the seller's own brand"):
        related(seller, key, foreign)

    asked = api.ListContentDocumentAsinRelations(content_reference_key=key, marketplace_id=US)
    assert seller.send(asked).asin_metadata_set == []
    with pytest.raises(InvalidInput, match="for no item"):
        submitted(seller, key)
    assert status(seller, key) == "DRAFT"


def test_a_draft_can_be_validated_and_nothing_is_kept(market: TestMarket, seller: Caller, asin: str) -> None:
    wrong = document(headed(picture(market, 300, 200)), *[words("Plain.")] * 7, locale="de-DE")

    found = seller.send(
        api.ValidateContentDocumentAsinRelations(
            marketplace_id=US, content_document=wrong, asin_set=[asin, "B000000000"]
        )
    ).errors

    assert {one.code for one in found} == {
        "INVALID_LOCALE",
        "TOO_MANY_MODULES",
        "IMAGE_TOO_SMALL",
        "CATALOG_NOT_FOUND",
    }
    assert seller.send(api.SearchContentDocuments(marketplace_id=US)).content_metadata_records == []


@pytest.mark.parametrize(
    ("modules", "said", "why"),
    [
        ([words("x")] * 8, {}, "7 modules at most"),
        ([words("x")] * 6, {"contentType": "EMC"}, "5 modules at most"),
        ([words("x")], {"locale": "fr-FR"}, "language of the marketplace"),
        ([words("x")], {"locale": "english"}, "language of the marketplace"),
        ([{"contentModuleType": "STANDARD_TEXT"}], {}, "holds standardText and nothing else"),
        ([words("x") | {"contentModuleType": "STANDARD_COMPANY_LOGO"}], {}, "holds standardCompanyLogo"),
        ([headed("nobody-s")], {}, "is unknown"),
    ],
)
def test_a_document_that_cannot_be_is_refused(
    seller: Caller, modules: list[dict[str, Any]], said: dict[str, Any], why: str
) -> None:
    with pytest.raises(InvalidInput, match=why):
        begun(seller, *modules, **said)

    assert seller.send(api.SearchContentDocuments(marketplace_id=US)).content_metadata_records == []


@pytest.mark.parametrize(
    "file", [b"no picture", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff", b"BM" + b"\xff" * 60]
)
def test_what_is_no_picture_is_refused(market: TestMarket, seller: Caller, file: bytes) -> None:
    with pytest.raises(InvalidInput, match="no image that can be read"):
        begun(seller, headed(picture(market, 1, 1, file)))


def test_what_is_under_review_stands_still(market: TestMarket, seller: Caller, asin: str) -> None:
    key = begun(seller)
    related(seller, key, asin)
    submitted(seller, key)

    with pytest.raises(InvalidInput, match="is SUBMITTED"):
        submitted(seller, key)
    with pytest.raises(InvalidInput, match="is SUBMITTED"):
        seller.send(
            api.UpdateContentDocument(
                content_reference_key=key, marketplace_id=US, content_document=document(words("Anew."))
            )
        )
    market.advance(days=7)
    assert len(market.facts(ContentApproved)) == 1


def test_nobody_reads_or_changes_the_content_of_another(market: TestMarket, seller: Caller) -> None:
    key = begun(seller)
    other = market.seller("Quay")

    for call in (
        api.GetContentDocument(content_reference_key=key, marketplace_id=US, included_data_set=[METADATA]),
        api.PostContentDocumentApprovalSubmission(content_reference_key=key, marketplace_id=US),
        api.PostContentDocumentSuspendSubmission(content_reference_key=key, marketplace_id=US),
        api.ListContentDocumentAsinRelations(content_reference_key=key, marketplace_id=US),
    ):
        with pytest.raises(NotFound, match="There is no content document"):
            other.send(call)


def test_lists_are_read_page_by_page(seller: Caller) -> None:
    keys = [begun(seller, name=f"Mugs {number}") for number in range(45)]

    found, token = [], None
    while True:
        page = seller.send(api.SearchContentDocuments(marketplace_id=US, page_token=token))
        found += [one.content_reference_key for one in page.content_metadata_records]
        token = page.next_page_token
        if token is None:
            break

    assert found == keys[::-1]
    with pytest.raises(InvalidInput, match="pageToken is not valid"):
        seller.send(api.SearchContentDocuments(marketplace_id=US, page_token="x"))
    with pytest.raises(InvalidInput):
        seller.send(api.SearchContentDocuments(marketplace_id=BY_COUNTRY["JP"].marketplace_id))
