from __future__ import annotations

from typing import Any

import jsonschema_rs
import msgspec
import pytest

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.meta import META_SCHEMA, meta_schema
from sellingpartner.market.product_types.model import Ask, Parentage, Requirements
from sellingpartner.market.product_types.schema import document, schema

US, DE, JP = (BY_COUNTRY[code].marketplace_id for code in ("US", "DE", "JP"))
TYPES = library.type_names()
META = jsonschema_rs.Draft201909Validator(meta_schema())


def made(name: str = "SHIRT", **asked: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of Ask
    wanted: dict[str, Any] = {"product_type": name, "marketplace_id": US, "locale": "en_US"}
    return schema(Ask(**(wanted | asked)))


@pytest.mark.parametrize("name", TYPES)
def test_every_schema_follows_the_meta_schema_and_the_draft(name: str) -> None:
    for requirements in Requirements:
        for is_enforced in (True, False):
            said = made(name, requirements=requirements, is_enforced=is_enforced)
            META.validate(said)
            jsonschema_rs.Draft201909Validator(
                {key: value for key, value in said.items() if key[:2] not in {"$s", "$i"}}
            )


@pytest.mark.parametrize(
    "wrong", [{"maxUniqueItems": "one"}, {"selectors": "sku"}, {"enumNames": [1]}, {"hidden": "no"}, {"type": 7}]
)
def test_the_meta_schema_knows_the_vocabulary_at_any_depth(wrong: dict[str, Any]) -> None:
    assert not META.is_valid({"$schema": META_SCHEMA, "properties": {"size": {"items": wrong}}})


def test_a_schema_says_what_amazons_say() -> None:
    said = made()
    title = said["properties"]["item_name"]

    assert said["$schema"].endswith("/meta-schema/v1")
    assert said["$id"].endswith("/product-types/schema/v1/SHIRT")
    assert said["$defs"]["marketplace_id"]["anyOf"][1]["enum"] == [US]
    assert said["$defs"]["language_tag"]["default"] == "en_US"
    assert (title["selectors"], title["maxUniqueItems"]) == (["marketplace_id", "language_tag"], 1)
    assert title["items"]["properties"]["value"]["maxLength"] == 200
    assert title["items"]["properties"]["language_tag"] == {"$ref": "#/$defs/language_tag"}
    assert title["items"]["additionalProperties"] is False
    assert said["properties"]["generic_keyword"]["items"]["properties"]["value"]["maxUtf8ByteLength"] == 500
    assert said["properties"]["brand"]["editable"] is False
    offer = said["properties"]["purchasable_offer"]
    assert offer["selectors"] == ["marketplace_id", "currency", "audience"]
    assert offer["items"]["properties"]["audience"]["hidden"] is True
    assert {"item_name", "brand", "bullet_point", "country_of_origin", "department"} <= set(said["required"])
    assert "color" not in said["required"]  # a parent has none
    assert any(rule["then"].get("required") == ["fabric_type", "color", "size"][1:] for rule in said["allOf"])


def test_a_marketplace_has_its_currency_its_languages_and_its_laws() -> None:
    german, japanese = made(marketplace_id=DE), made(marketplace_id=JP)

    assert german["properties"]["list_price"]["items"]["properties"]["currency"]["enum"] == ["EUR"]
    assert german["$defs"]["language_tag"]["anyOf"][1]["enum"][:2] == ["de_DE", "en_GB"]
    assert "gpsr_safety_attestation" in german["properties"]
    assert "california_proposition_65" not in german["properties"]
    assert "california_proposition_65" in made()["properties"]
    assert japanese["properties"]["list_price"]["items"]["properties"]["value"]["multipleOf"] == 1
    channel = japanese["properties"]["fulfillment_availability"]["items"]["properties"]["fulfillment_channel_code"]
    assert channel["enum"] == ["DEFAULT", "AMAZON_JP"]


def test_requirements_leave_out_what_they_are_not_about() -> None:
    terms, facts = made(requirements=Requirements.OFFER_ONLY), made(requirements=Requirements.PRODUCT_ONLY)

    assert "item_name" not in terms["properties"]
    assert "required" not in terms or terms["required"] == []
    assert {"purchasable_offer", "merchant_suggested_asin", "item_package_weight"} <= set(terms["properties"])
    assert "purchasable_offer" not in facts["properties"]
    assert {"item_name", "merchant_suggested_asin", "item_package_weight"} <= set(facts["properties"])


def test_without_enforcement_nothing_is_required_but_a_contradiction_is_still_refused() -> None:
    said = made(is_enforced=False)

    assert "required" not in said
    assert [list(rule["then"]) for rule in said["allOf"]] == [["properties"]]


def test_a_place_in_the_family_decides_what_else_hung_on_it() -> None:
    parent, child, single = (made(parentage=parentage) for parentage in reversed(Parentage))

    assert "purchasable_offer" not in parent["properties"]
    assert parent["properties"]["parentage_level"]["items"]["properties"]["value"]["enum"] == ["parent"]
    assert {"parentage_level", "variation_theme"} <= set(parent["required"])
    assert "parent_sku" in child["properties"]["child_parent_sku_relationship"]["items"]["required"]
    assert "child_parent_sku_relationship" in child["required"]
    assert not {"parentage_level", "variation_theme"} & set(single["properties"])
    everything = len(msgspec.json.encode(made()))
    assert all(len(msgspec.json.encode(one)) < everything for one in (parent, single))


def test_the_same_question_has_the_same_bytes() -> None:
    ask = Ask(product_type="MUG", marketplace_id=US, locale="en_US", brands=("Harbor",))
    first = document(ask)
    document.cache_clear()

    assert document(ask) == first
    assert msgspec.json.decode(first.body) == schema(ask)
    assert document(msgspec.structs.replace(ask, locale="de_DE")).checksum != first.checksum
    brand = schema(ask)["properties"]["brand"]["items"]["properties"]["value"]  # type: ignore[index,call-overload]  # JSON
    assert brand["anyOf"][1]["enum"] == ["Harbor"]  # type: ignore[index,call-overload]  # JSON
