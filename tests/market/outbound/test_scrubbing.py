"""What a fulfillment order knows of a person does not leave with a world that is scrubbed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from outside_shop import asks, leave, line, status

from sellingpartner.contract import fulfillment_outbound_2020_07_01 as v2020
from sellingpartner.market.worlds.saving import save
from sellingpartner.testing import TestMarket

HOME = v2020.Address(
    name="Zelda Quimbleton",
    address_line1="4711 Umbelliferous Parade",
    address_line2="Behind the Zeppelin Shed",
    city="Quaxhausen",
    state_or_region="OR",
    postal_code="97201",
    country_code="US",
    phone="555-8841-907",
)
PERSONAL = (
    "Zelda",
    "Quimble",
    "Umbelliferous",
    "Zeppelin",
    "Quaxhausen",
    "555-8841-907",
    "zelda@quimble.example",
    "dear aunt",
    "happy unbirthday",
    "mind the moss",
)


def survivors(path: Path) -> list[str]:
    content = path.read_bytes()
    return [text for text in PERSONAL if text.encode() in content]


def test_nothing_personal_is_left_of_orders_that_go_and_of_those_that_do_not(
    market: TestMarket, tmp_path: Path
) -> None:
    told: dict[str, Any] = {
        "destination_address": HOME,
        "displayable_order_comment": "Thank you, dear aunt",
        "notification_emails": ["zelda@quimble.example"],
        "items": [line(gift_message="happy unbirthday", displayable_comment="mind the moss")],
    }
    asks(market, "SHOP-1", **told)
    leave(market, 2)
    asks(market, "SHOP-2", **told)
    assert [status(market.seller, one) for one in ("SHOP-1", "SHOP-2")] == ["Received", "Invalid"]

    save(market.market, tmp_path / "plain.world")
    save(market.market, tmp_path / "clean.world", is_scrubbed=True)

    assert survivors(tmp_path / "plain.world") == list(PERSONAL)
    assert survivors(tmp_path / "clean.world") == []
