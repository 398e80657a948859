"""The data files say what they mean, and every name in them is one that is there."""

from __future__ import annotations

import pytest

from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.conditions import attributes_of_theme
from sellingpartner.market.product_types.schema import attributes_of
from sellingpartner.market.simulation.product_lines import product_lines

US = BY_COUNTRY["US"].marketplace_id
TYPES = library.type_names()
STEMS = {attribute.stem for attribute in library.attributes().values()}


def test_there_are_types_for_all_that_the_demo_sells_and_a_generic_one() -> None:
    assert len(TYPES) >= 26
    assert {line.product_type for line in product_lines()} <= set(TYPES)
    assert library.GENERIC in TYPES
    assert library.product_type("NO_SUCH_TYPE") is None
    assert library.product_type("../model") is None


@pytest.mark.parametrize("name", TYPES)
def test_a_type_names_attributes_values_and_themes_that_are_there(name: str) -> None:
    kind = library.product_type(name)
    assert kind is not None
    assert kind.name == name
    known = attributes_of(kind, US)

    assert {*kind.required, *kind.values, *kind.examples} <= set(known)
    assert set(kind.attributes) - {"*"} <= STEMS
    assert {attribute for theme in kind.themes for attribute in attributes_of_theme(theme)} <= set(known)
    assert set(kind.values.get("condition_type", ())) <= set(library.values()["conditions"])
    assert {"en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "ja_JP", "pt_BR"} <= set(kind.display)


def test_families_rules_and_attributes_name_what_is_there() -> None:
    listed = library.values()
    for family in library.families().values():
        assert set(family.attributes) <= STEMS
        assert set(family.required) <= set(library.attributes())
    for rule in library.rules():
        named = [condition.attribute for condition in (*rule.when, *rule.unless, *rule.expect, *rule.refuse)]
        assert {*named, *rule.require} <= set(library.attributes()), rule.name
    for attribute in library.attributes().values():
        assert set(attribute.required) <= set(attribute.fields), attribute.name
        assert set(attribute.selectors) <= set(attribute.fields), attribute.name
        assert attribute.group in library.groups()
        for field in attribute.fields.values():
            assert field.values in {None, "themes_of_type", *listed}, attribute.name


def test_every_marketplace_takes_texts_in_its_own_language_first() -> None:
    for marketplace_id, marketplace in MARKETPLACES.items():
        assert library.languages_of(marketplace_id)[0] == marketplace.language
