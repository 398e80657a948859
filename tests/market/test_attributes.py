from __future__ import annotations

from decimal import Decimal

import pytest

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market import attributes as read
from sellingpartner.market.amounts import Money
from sellingpartner.market.attributes import Attributes, JsonValue, Measure

US, MX = (BY_COUNTRY[code].marketplace_id for code in ("US", "MX"))

MUG: Attributes = {
    "item_name": [
        {"value": "Taza de gres", "marketplace_id": MX, "language_tag": "es_MX"},
        {"value": "Stoneware Mug", "marketplace_id": US},
        {"value": "Taza", "marketplace_id": US, "language_tag": "es_US"},
    ],
    "bullet_point": [
        {"value": "Holds coffee"},
        {"value": "Holds tea"},
        {"value": "Tiene asa", "language_tag": "es_US"},
    ],
    "item_weight": [{"value": 1, "unit": "pounds"}],
    "item_dimensions": [
        {side: {"value": Decimal("2.5"), "unit": "inches"} for side in ("length", "width", "height")},
    ],
    "batteries_required": [{"value": False, "marketplace_id": US}],
    "max_order_quantity": [{"value": 5, "marketplace_id": US}],
    "brand": [{"value": 7}],
}


def test_a_text_is_read_in_the_language_asked_or_in_the_marketplaces_own() -> None:
    assert read.text(MUG, "item_name", US) == "Stoneware Mug"
    assert read.text(MUG, "item_name", US, "es_US") == "Taza"
    assert read.text(MUG, "item_name", US, "zh_CN") == "Stoneware Mug"
    assert read.text(MUG, "item_name", MX) == "Taza de gres"
    assert read.text(MUG, "brand", US) is None
    assert read.texts(MUG, "bullet_point", US) == ["Holds coffee", "Holds tea"]
    assert read.texts(MUG, "bullet_point", MX, "es_US") == ["Tiene asa"]


def test_an_entry_without_a_marketplace_holds_in_every_one() -> None:
    assert read.in_marketplace(MUG, MX) == {
        "item_name": MUG["item_name"][:1],
        "bullet_point": MUG["bullet_point"],
        "item_weight": MUG["item_weight"],
        "item_dimensions": MUG["item_dimensions"],
        "brand": MUG["brand"],
    }
    assert read.flag(MUG, "batteries_required", US) is False
    assert read.flag(MUG, "batteries_required", MX) is None
    assert read.whole(MUG, "max_order_quantity") == 5


def test_measures_are_exact_in_whatever_unit() -> None:
    weight, sides = read.measure(MUG, "item_weight"), read.dimensions(MUG, "item_dimensions")

    assert weight == Measure(Decimal(1), "pounds")
    assert weight.grams == Decimal("453.59237")
    assert sides is not None
    assert sides.height.millimeters == Decimal("63.5")
    assert read.dimensions({"item_dimensions": [{"length": {"value": 1, "unit": "feet"}}]}, "item_dimensions") is None


@pytest.mark.parametrize(
    ("value", "currency", "amount"),
    [
        (Decimal("19.990"), "USD", Money(1999, "USD")),
        (19.99, "USD", Money(1999, "USD")),
        (20, "USD", Money(2000, "USD")),
        (1980, "JPY", Money(1980, "JPY")),
        (Decimal("0.125"), "EUR", Money(13, "EUR")),
        ("19.99", "USD", None),
        (True, "USD", None),
        (None, "USD", None),
    ],
)
def test_an_amount_is_read_in_minor_units(value: JsonValue, currency: str, amount: Money | None) -> None:
    assert read.money(value, currency) == amount


def test_stored_attributes_come_back_byte_for_byte() -> None:
    stored = b'{"list_price":[{"value":19.990,"currency":"USD"}],"item_name":[{"value":"\xc3\x85 100%"}]}'

    assert read.encode(read.decode(stored)) == stored
