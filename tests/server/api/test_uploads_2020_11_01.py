from __future__ import annotations

from base64 import b64encode
from hashlib import md5
from urllib.parse import quote, urlsplit

import pytest
from modeled import check_form

from sellingpartner.contract import uploads_2020_11_01 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.documents.uploads import content_of, upload_of
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.caller import Reply
from sellingpartner.testing.world import US

FILE = b"%PDF-1.7 the warranty"
MD5 = b64encode(md5(FILE).digest()).decode()
RESOURCE = "messaging/v1/orders/902-1234567-1234567/messages/warranty"


def destination(seller: Caller, **said: str) -> api.UploadDestination:
    asked = {"resource": RESOURCE, "content_md5": MD5, "content_type": "application/pdf"} | said
    answer = seller.send(api.CreateUploadDestinationForResource(**asked, marketplace_ids=[US]))
    return answer.payload


def upload(anybody: Caller, to: api.UploadDestination, content: bytes = FILE, *said: tuple[str, str]) -> Reply:
    link = urlsplit(to.url or "")
    sent = {name: str(value) for name, value in (to.headers or {}).items()} | dict(said)
    return anybody.call("PUT", f"{link.path}?{link.query}", headers=sent, body=content)


def test_a_file_is_taken_by_whoever_holds_the_link(market: TestMarket, seller: Caller) -> None:
    made = destination(seller)
    assert made.headers == {"Content-MD5": MD5, "Content-Type": "application/pdf"}

    assert [upload(market.anybody(), made).status for _ in range(2)] == [200, 200]

    with market.market.read(seller.seller_id) as unit:
        assert content_of(unit, made.upload_destination_id or "") == FILE
        assert upload_of(unit, made.upload_destination_id or "").size == len(FILE)


def test_the_answer_has_amazons_form_and_the_hash_may_be_hexadecimal(seller: Caller) -> None:
    hexadecimal = md5(FILE).hexdigest()

    reply = seller.call(
        "POST", f"/uploads/2020-11-01/uploadDestinations/{RESOURCE}?marketplaceIds={US}&contentMD5={hexadecimal}"
    )

    assert (reply.status, reply.json()["payload"]["headers"]) == (201, {"Content-MD5": MD5})
    check_form(reply.json(), "uploads_2020-11-01.json", "CreateUploadDestinationResponse")


def test_what_is_not_what_was_announced_is_refused(market: TestMarket, seller: Caller) -> None:
    made, anybody = destination(seller), market.anybody()
    link = urlsplit(made.url or "")

    refused = [
        upload(anybody, made, b"something else"),
        upload(anybody, made, b""),
        upload(anybody, made, FILE, ("Content-MD5", "x")),
        upload(anybody, made, FILE, ("Content-Type", "text/plain")),
        anybody.call("GET", f"{link.path}?{link.query}"),
        anybody.call("PUT", link.path, headers={"Content-MD5": MD5}, body=FILE),
        anybody.call("PUT", f"{link.path}x?{link.query}", headers={"Content-MD5": MD5}, body=FILE),
    ]

    assert [(one.status, one.json()["errors"][0]["code"]) for one in refused] == [
        (400, "BadDigest"),
        (400, "BadDigest"),
        *[(403, "Unauthorized")] * 5,
    ]
    with market.market.read(seller.seller_id) as unit:
        assert upload_of(unit, made.upload_destination_id or "").received_at is None


def test_a_link_ends_and_an_unused_file_is_forgotten_in_time(market: TestMarket, seller: Caller) -> None:
    late, used = destination(seller), destination(seller)
    upload(market.anybody(), used)
    market.advance(minutes=16)
    assert upload(market.anybody(), late).status == 403

    market.advance(days=7)

    with market.market.read(seller.seller_id) as unit, pytest.raises(Exception, match="There is no upload"):
        content_of(unit, used.upload_destination_id or "")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"content_md5": "x"}, "contentMD5"),
        ({"content_md5": "é" * 24}, "contentMD5"),
        ({"content_md5": b64encode(b"short").decode()}, "contentMD5"),
        ({"content_type": "pdf"}, "contentType"),
        ({"content_type": "text/plain\r\nX: y"}, "contentType"),
        ({"resource": "orders/v0"}, "resource"),
        ({"resource": "messaging/v1/orders/1/messages/warranty"}, "resource"),
    ],
)
def test_a_destination_for_nothing_is_refused(seller: Caller, said: dict[str, str], reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        destination(seller, **said)


def test_a_content_document_needs_its_type(seller: Caller) -> None:
    base = "/uploads/2020-11-01/uploadDestinations/aplus/2020-11-01/contentDocuments"

    replies = [
        seller.call("POST", f"{base}?marketplaceIds={US}&contentMD5={quote(MD5)}{kind}")
        for kind in ("", "&contentType=image/png")
    ]

    assert [reply.status for reply in replies] == [400, 201]


def test_a_file_is_found_on_both_databases(database_url: str) -> None:
    market = TestMarket(database_url)
    made = destination(market.seller)

    assert upload(market.anybody(), made).status == 200

    with market.market.read(market.seller.seller_id) as unit:
        assert content_of(unit, made.upload_destination_id or "") == FILE
    market.close()
