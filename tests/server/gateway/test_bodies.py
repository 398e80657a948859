from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from sellingpartner.contract.errors import InvalidInput, RequestTooLarge, UnsupportedMediaType
from sellingpartner.contract.feeds_2021_06_30 import CancelFeed, CreateFeed
from sellingpartner.contract.listings_items_2021_08_01 import PutListingsItem
from sellingpartner.contract.orders_2026_01_01 import SearchOrders
from sellingpartner.contract.orders_v0 import ConfirmShipment
from sellingpartner.contract.product_fees_v0 import GetMyFeesEstimates
from sellingpartner.contract.replenishment_2022_11_07 import ListOfferMetrics
from sellingpartner.contract.reports_2021_06_30 import CreateReport
from sellingpartner.market.time.bounds import EARLIEST, LATEST
from sellingpartner.server.gateway.encode import to_json
from sellingpartner.server.gateway.http import LARGEST_BODY

Decode = Callable[..., Any]

SHIPMENT = {
    "marketplaceId": "ATVPDKIKX0DER",
    "packageDetail": {
        "packageReferenceId": "1",
        "carrierCode": "UPS",
        "trackingNumber": "1Z",
        "shipDate": "2026-11-02T09:00:00Z",
        "orderItems": [{"orderItemId": "7", "quantity": 1}, {"orderItemId": "8", "quantity": 2}],
    },
}


def changed(path: str, value: object) -> bytes:
    """The shipment with another value at a dotted path."""
    body = msgspec.json.decode(msgspec.json.encode(SHIPMENT))
    *way, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
    place = body
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return msgspec.json.encode(body)


def refused(decode: Decode, body: bytes, **rest: Any) -> InvalidInput:  # noqa: ANN401 - decode's own
    with pytest.raises(InvalidInput) as refusal:
        decode(ConfirmShipment, path=["902"], body=body, **rest)
    return refusal.value


ITEM = "packageDetail.orderItems"
ISO = "It must be a time in ISO 8601, such as 2026-01-31T08:00:00Z."


def test_a_time_of_a_megabyte_is_refused_without_a_search_through_it(decode: Decode) -> None:
    endless = "00:" * 350_000  # a pattern that begins again at each of its digits takes an hour

    refusal = refused(decode, changed("packageDetail.shipDate", endless))

    assert refusal.message == f"Body field packageDetail.shipDate is invalid: '{endless[:59]}.... {ISO}"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "The body is missing; confirmShipment requires one, in JSON."),
        (b" \n", "The body is missing; confirmShipment requires one, in JSON."),
        (b"{}", "Body field packageDetail is missing. It must be an object."),
        (b"[]", "The body is invalid. It must be an object; a list was sent."),
        (b"null", "The body is invalid: null. It must be an object; null was sent."),
        (changed(f"{ITEM}.1.quantity", ...), f"Body field {ITEM}[1].quantity is missing. It must be a whole number."),
        (
            changed(f"{ITEM}.1.quantity", "2"),
            f"Body field {ITEM}[1].quantity is invalid: '2'. It must be a whole number; text was sent.",
        ),
        (
            changed(f"{ITEM}.1.quantity", 2**70),
            f"Body field {ITEM}[1].quantity is invalid. It must be a whole number of at most {2**63 - 1}.",
        ),
        (changed("marketplaceId", None), "Body field marketplaceId is invalid: null. It must be text; null was sent."),
        (changed("marketplaceId", ["A"]), "Body field marketplaceId is invalid. It must be text; a list was sent."),
        (
            changed("packageDetail.shipDate", "today"),
            f"Body field packageDetail.shipDate is invalid: 'today'. {ISO}",
        ),
        (
            changed("packageDetail.shipDate", "0001-01-01T00:00:00+14:00"),
            "Body field packageDetail.shipDate is invalid. It must be a time between the years 1 and 9999, in UTC.",
        ),
        (
            changed("codCollectionMethod", "Cash"),
            "Body field codCollectionMethod is invalid: 'Cash'. It must be one of DirectPayment.",
        ),
        (
            changed("packageDetail.trackingNumber", "1Z\0"),
            "The body holds the character NUL, which no text may hold.",
        ),
        (b'{"marketplaceId": ', "The body is not JSON: Input data was truncated."),
        (b'{"marketplaceId": A}', "The body is not JSON: invalid character (byte 18)."),
        (b'{"marketplaceId": "\xff"}', "The body is not JSON: it holds bytes that are not UTF-8."),
        (b'{"nobody": ' + b"[" * 100_000, "The body is nested too deeply."),
        (
            changed(f"{ITEM}.1.quantity", "ODD").replace(b'"ODD"', b"9" * 5000),
            f"Body field {ITEM}[1].quantity is invalid. The number is too large.",
        ),
    ],
)
def test_a_wrong_body_is_told_where_it_is_wrong_and_what_would_be_right(
    decode: Decode, body: bytes, message: str
) -> None:
    assert refused(decode, body).message == message


def test_the_reason_for_the_log_does_not_hold_what_was_sent(decode: Decode) -> None:
    refusal = refused(decode, changed("codCollectionMethod", "jane@example.com"))

    assert "jane@example.com" in refusal.message
    assert "jane" not in refusal.reason


def test_a_value_outside_an_enumeration_is_found_in_a_list_in_an_object(decode: Decode) -> None:
    body = b'{"filters": {"aggregationFrequency": "DAY", "timeInterval": {"startDate": "2026-01-01T00:00:00Z", '
    body += b'"endDate": "2026-01-02T00:00:00Z"}, "timePeriodType": "PERFORMANCE", "marketplaceId": "A", '
    body += b'"programTypes": ["SUBSCRIBE_AND_SAVE", "SAVE"]}, "pagination": {"limit": 1, "offset": 0}}'

    with pytest.raises(InvalidInput) as refusal:
        decode(ListOfferMetrics, body=body)

    assert refusal.value.message == (
        "Body field filters.programTypes[1] is invalid: 'SAVE'. It must be one of SUBSCRIBE_AND_SAVE."
    )


def test_limits_are_said_with_what_was_sent(decode: Decode) -> None:
    many = msgspec.json.encode({"reportType": "R", "marketplaceIds": ["A"] * 26})
    none = msgspec.json.encode({"reportType": "R", "marketplaceIds": []})

    with pytest.raises(InvalidInput) as too_many:
        decode(CreateReport, body=many)
    with pytest.raises(InvalidInput) as too_few:
        decode(CreateReport, body=none)

    assert too_many.value.message == (
        "Body field marketplaceIds is invalid. It must hold at most 25 values; 26 were sent."
    )
    assert too_few.value.message == (
        "Body field marketplaceIds is invalid. It must hold at least 1 value; 0 were sent."
    )


def test_the_key_of_a_wrong_value_in_a_dictionary_is_named(decode: Decode) -> None:
    body = msgspec.json.encode({"reportType": "R", "marketplaceIds": ["A"], "reportOptions": {"a": "1", "b": 2}})

    with pytest.raises(InvalidInput) as refusal:
        decode(CreateReport, body=body)

    assert refusal.value.message == (
        "Body field reportOptions[b] is invalid: 2. It must be text; a whole number was sent."
    )


def test_a_list_can_be_the_whole_body(decode: Decode) -> None:
    with pytest.raises(InvalidInput) as refusal:
        decode(GetMyFeesEstimates, body=b'[{"IdType": "ISBN", "IdValue": "1"}]')

    assert refusal.value.message == "Body field [0].IdType is invalid: 'ISBN'. It must be one of ASIN, SellerSKU."


@pytest.mark.parametrize("price", ["NaN", "Infinity", "1e15", "1e-999", "1e999999"])
def test_a_number_that_no_sum_can_hold_is_refused(decode: Decode, price: str) -> None:
    estimate = {"MarketplaceId": "A", "Identifier": "x", "PriceToEstimateFees": {"ListingPrice": {"Amount": price}}}
    body = msgspec.json.encode([{"IdType": "ASIN", "IdValue": "1", "FeesEstimateRequest": estimate}])

    with pytest.raises(InvalidInput, match=r"Amount is invalid\. It must be a number"):
        decode(GetMyFeesEstimates, body=body)


def test_nulls_of_optional_fields_and_unknown_fields_are_fine(decode: Decode) -> None:
    body = changed("codCollectionMethod", None)[:-1] + b', "whatever": {"x": [1, {"y": null}]}}'

    assert decode(ConfirmShipment, path=["902"], body=body).cod_collection_method is None


def test_times_without_an_offset_are_utc_however_deep(decode: Decode) -> None:
    found = decode(ConfirmShipment, path=["902"], body=changed("packageDetail.shipDate", "2026-11-02T09:00:00"))

    assert found.package_detail.ship_date == datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("0001-01-01T00:00:00", EARLIEST),
        ("0001-01-01T00:00:00Z", EARLIEST),
        ("9999-12-31T23:59:59.9999999Z", LATEST),
        ("9999-12-31T23:59:59.9999999", LATEST),
        ("9999-12-31T23:59:59Z", LATEST),
    ],
)
def test_the_calendar_s_ends_are_the_market_s_bounds(decode: Decode, sent: str, found: datetime) -> None:
    shipment = changed("packageDetail.shipDate", sent)

    assert decode(ConfirmShipment, path=["902"], body=shipment).package_detail.ship_date == found
    assert decode(SearchOrders, f"createdAfter={sent}").created_after == found


def test_a_backslash_before_u0000_is_text(decode: Decode) -> None:
    body = changed("packageDetail.trackingNumber", "\\u0000")

    assert decode(ConfirmShipment, path=["902"], body=body).package_detail.tracking_number == "\\u0000"


@pytest.mark.parametrize(
    "media_type",
    [
        "application/json",
        "application/json;charset=UTF-8",
        'application/json; charset="utf-8"; charset=x',
        "application/json; charset=",
        "application/json; charset=ISO-8859-1",
        "application/json; charset=us-ascii; profile=x",
        "APPLICATION/JSON",
        "text/json",
        "",
    ],
)
def test_json_is_read_by_whatever_name_it_has(decode: Decode, media_type: str) -> None:
    body = msgspec.json.encode(SHIPMENT)

    assert decode(ConfirmShipment, path=["902"], body=body, headers={"CONTENT_TYPE": media_type}).order_id == "902"


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded; charset=utf-8", "", ";"])
def test_json_is_taken_under_the_names_that_curl_and_others_send_it(decode: Decode, media_type: str) -> None:
    body = b"\xef\xbb\xbf" + msgspec.json.encode(SHIPMENT)

    assert decode(ConfirmShipment, path=["902"], body=body, headers={"CONTENT_TYPE": media_type}).order_id == "902"


@pytest.mark.parametrize("media_type", ["text/csv", "multipart/form-data", "a/b; x=json"])
def test_another_media_type_is_refused_by_name(decode: Decode, media_type: str) -> None:
    with pytest.raises(UnsupportedMediaType, match=r"send the header Content-Type: application/json\.$") as refusal:
        decode(ConfirmShipment, path=["902"], body=b"{}", headers={"CONTENT_TYPE": media_type})

    assert refusal.value.status == 415


@pytest.mark.parametrize("charset", ["utf-16", "UTF-16LE", "utf-32", "shift_jis", "iso-8859-1", "x" * 5000])
def test_json_in_another_charset_than_utf_8_is_refused_by_name(decode: Decode, charset: str) -> None:
    body = changed("packageDetail.carrierName", "Läufer").replace(b"\xc3\xa4", b"\xe4")

    with pytest.raises(UnsupportedMediaType, match=f"charset is '{charset[:60].lower()}'; send JSON in UTF-8"):
        decode(ConfirmShipment, path=["1"], body=body, headers={"CONTENT_TYPE": f"application/json; charset={charset}"})
    with pytest.raises(InvalidInput, match="is not JSON"):
        decode(ConfirmShipment, path=["1"], body=json.dumps(SHIPMENT).encode("utf-16"))


@pytest.mark.parametrize("coding", ["gzip", "GZIP, identity", "br", "deflate"])
def test_a_compressed_body_is_refused_with_the_cure(decode: Decode, coding: str) -> None:
    body = gzip.compress(msgspec.json.encode(SHIPMENT))

    with pytest.raises(UnsupportedMediaType, match=r"Content-Encoding is '.*'; send it uncompressed\.$"):
        decode(ConfirmShipment, path=["1"], body=body, headers={"HTTP_CONTENT_ENCODING": coding})
    plain = msgspec.json.encode(SHIPMENT)
    assert (
        decode(ConfirmShipment, path=["1"], body=plain, headers={"HTTP_CONTENT_ENCODING": "identity"}).order_id == "1"
    )


def test_an_operation_without_a_body_reads_none(decode: Decode) -> None:
    assert decode(CancelFeed, path=["7"], body=b"{}").feed_id == "7"
    assert decode(CancelFeed, path=["7"], body=b"no json", headers={"CONTENT_TYPE": "text/plain"}).feed_id == "7"


@pytest.mark.parametrize("headers", [{"CONTENT_LENGTH": str(LARGEST_BODY + 1)}, {"HTTP_TRANSFER_ENCODING": "chunked"}])
def test_more_than_ten_mebibytes_are_refused(decode: Decode, headers: dict[str, str]) -> None:
    with pytest.raises(RequestTooLarge, match="larger than 10485760 bytes"):
        decode(CreateFeed, body=b" " * (LARGEST_BODY + 1), headers=headers)


def test_numbers_that_the_contract_leaves_open_keep_their_digits(decode: Decode) -> None:
    sent = b'{"productType":"MUG","attributes":{"list_price":[{"value":19.990,"a":1e2,"b":0.1}]}}'
    price = decode(PutListingsItem, "marketplaceIds=ATVPDKIKX0DER", path=["A1", "MUG"], body=sent).attributes

    assert to_json(price) == b'{"list_price":[{"value":19.990,"a":1E+2,"b":0.1}]}'
    for number in (b"0." + b"1" * 400, b"9" * 19, b"1e15", b"1e4000000000000000000000", b"9" * 5000):
        with pytest.raises(InvalidInput, match="number"):
            decode(
                PutListingsItem,
                "marketplaceIds=ATVPDKIKX0DER",
                path=["A1", "MUG"],
                body=sent.replace(b"19.990", number),
            )


def test_a_length_that_lies_is_believed_no_further_than_the_bytes(decode: Decode) -> None:
    whole = msgspec.json.encode(SHIPMENT)
    cut = {"CONTENT_LENGTH": str(len(whole) - 1)}
    with pytest.raises(InvalidInput):
        decode(ConfirmShipment, path=["1"], body=whole, headers=cut)
    with pytest.raises(RequestTooLarge):
        decode(CreateFeed, body=b"{}", headers={"CONTENT_LENGTH": "9" * 30})
    with pytest.raises(InvalidInput, match="whole number"):
        decode(CreateFeed, body=b"{}", headers={"CONTENT_LENGTH": "-2"})
    with pytest.raises(InvalidInput, match="of the 99999 bytes"):
        decode(ConfirmShipment, path=["1"], body=whole, headers={"CONTENT_LENGTH": "99999"})
