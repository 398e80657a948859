"""Uploads and downloads by signed links, as whoever talks to S3 would make them."""

from datetime import timedelta

import pytest

from sellingpartner.market.documents.documents import Document, await_document, document_of
from sellingpartner.server.documents_out import download_link, upload_link
from sellingpartner.testing import TestMarket

XML = "text/xml; charset=UTF-8"


def awaited(market: TestMarket) -> tuple[Document, str]:
    with market.market.write(market.seller.seller_id) as unit:
        document = await_document(unit, XML)
        return document, upload_link(unit, document, grant_id=None)


def there(market: TestMarket, document: Document) -> Document:
    with market.market.read(market.seller.seller_id) as unit:
        return document_of(unit, document.document_id)


def test_a_file_is_uploaded_and_may_be_uploaded_again(market: TestMarket) -> None:
    document, link = awaited(market)
    anybody = market.anybody()

    for content in (b"<first/>", b"<second/>"):
        assert anybody.call("PUT", link, headers={"Content-Type": XML}, body=content).status == 200

    kept = there(market, document)
    assert kept.store_key is not None
    assert b"".join(market.market.documents.get(kept.store_key)) == b"<second/>"
    assert len(list(market.market.documents.kept_before(market.now + timedelta(days=9999)))) == 1


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Content-Type": "text/xml;charset=UTF-8"}, 403, "SignatureDoesNotMatch"),
        ({}, 403, "SignatureDoesNotMatch"),
        ({"Content-Type": XML, "Content-Length": str(100 * 1024 * 1024 + 1)}, 400, "EntityTooLarge"),
        ({"Content-Type": XML, "Content-Length": "12"}, 400, "InvalidRequest"),
        ({"Content-Type": XML, "Content-Length": "many"}, 400, "InvalidRequest"),
    ],
)
def test_what_does_not_fit_is_refused_in_xml_and_nothing_is_kept(
    market: TestMarket, headers: dict[str, str], status: int, code: str
) -> None:
    document, link = awaited(market)

    refused = market.anybody().call("PUT", link, headers=headers, body=b"<feed/>")

    assert (refused.status, refused.headers["content-type"]) == (status, "application/xml")
    assert f"<Code>{code}</Code>" in refused.body.decode()
    assert there(market, document).store_key is None


def test_a_link_is_for_one_deed_and_one_document(market: TestMarket) -> None:
    (first, upload), (second, _) = awaited(market), awaited(market)
    anybody = market.anybody()
    with market.market.read(market.seller.seller_id) as unit:
        download = download_link(unit, first, grant_id=None, tells_encoding=False)

    refusals = [
        anybody.call("PUT", download, headers={"Content-Type": XML}, body=b"<feed/>"),
        anybody.call("PUT", upload.replace(first.document_id, second.document_id), body=b"<feed/>"),
        anybody.call("GET", upload),
        anybody.call("DELETE", download),
        anybody.call("GET", download),
    ]

    codes = [refused.body.decode().partition("<Code>")[2].partition("</Code>")[0] for refused in refusals]
    assert codes == [
        "SignatureDoesNotMatch",
        "SignatureDoesNotMatch",
        "SignatureDoesNotMatch",
        "MethodNotAllowed",
        "NoSuchKey",
    ]
