"""Half a character in JSON: no text holds it, so nothing is done by a message that has one."""

from __future__ import annotations

import json

import pytest
from feed_writer import listings, quantity
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.feeds.reading.escapes import without_halves
from sellingpartner.testing import TestMarket

FEED = "JSON_LISTINGS_FEED"
ESCAPES = st.lists(
    st.sampled_from([r"\ud83d", r"\ude00", r"\u00e9", r"\\", r"\"", r"\n", "u", "d800", "x", "\N{GRINNING FACE}"])
)


@pytest.mark.parametrize("half", [r"\ud800", r"\udc00", r"\udc00\ud800", r"\ud83d\ud83d"])
def test_a_message_with_half_a_character_changes_no_listing_of_another_name(market: TestMarket, half: str) -> None:
    market.lists("MUG?")
    messages = (
        {"sku": "MUGHALF", "operationType": "DELETE"},
        quantity("MUG?", 6) | {"attributes": {"item_name": [{"value": "HALF"}]}},
        quantity("MUG?", 7),
    )

    told = market.feed(FEED, json.dumps(listings(market, *messages)).replace("HALF", half))

    assert told.counts == (3, 1, 2)
    assert [(number, code) for number, code, _ in told.found] == [(1, "4002008"), (2, "4002008")]
    path = f"/listings/2021-08-01/items/{market.seller.seller_id}/MUG%3F?marketplaceIds={market.marketplace_id}"
    found = market.seller.call("GET", f"{path}&includedData=fulfillmentAvailability")
    assert found.json()["fulfillmentAvailability"] == [{"fulfillmentChannelCode": "DEFAULT", "quantity": 7}]


@given(ESCAPES, st.integers(1, 7))
def test_whole_characters_stay_however_a_file_comes_in_pieces(parts: list[str], size: int) -> None:
    text = '"' + "".join(parts) + '"'
    written = text.encode()
    pieces = [written[start : start + size] for start in range(0, len(written), size)]

    read = json.loads(b"".join(without_halves(pieces)))

    assert read == json.loads(text).translate(dict.fromkeys(range(0xD800, 0xE000), "\0"))
