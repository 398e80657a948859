from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.attributes import Attributes, Entry, JsonValue
from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.examples import Example
from sellingpartner.market.product_types.faults import natures, sentences
from sellingpartner.market.product_types.questions import Fault, Requirements, attributes_of, example_of, faults_of
from sellingpartner.market.product_types.validation import MOST_FAULTS, MOST_VALUES
from soak import examples

US, DE, JP = (BY_COUNTRY[code].marketplace_id for code in ("US", "DE", "JP"))
HERE = {"marketplace_id": US}
MINE: Entry = {"fulfillment_channel_code": "DEFAULT"}
INCH: Entry = {"value": 1, "unit": "inches"}
LONG = "mug " * 250_000


@cache
def attributes_of_luggage() -> list[str]:
    kind = library.product_type("LUGGAGE")
    assert kind is not None
    return list(attributes_of(kind, US))


PlacesFor = Callable[[str], list[tuple[str, Requirements]]]


def faults(attributes: Any, name: str = "LUGGAGE", **asked: Any) -> list[Fault]:  # noqa: ANN401 - as callers send it
    return faults_of(attributes, product_type=name, **({"marketplace_id": US} | asked))


def luggage(**changed: JsonValue) -> dict[str, object]:
    """A suitcase that is right but for what is changed; an attribute that is None is left out."""
    made: dict[str, object] = {**example_of("LUGGAGE", US), **changed}
    return {name: value for name, value in made.items() if value is not None}


def offer(**parts: JsonValue) -> list[JsonValue]:
    return [{**HERE, "currency": "USD", **parts}]


def priced(value: JsonValue) -> list[JsonValue]:
    return offer(our_price=[{"schedule": [{"value_with_tax": value}]}])


def regulations(*values: str) -> list[JsonValue]:
    return [{**HERE, "value": value} for value in values]


def some_places(name: str) -> list[tuple[str, Requirements]]:
    """Every kind of requirements and three marketplaces, each once: paired otherwise for the next type."""
    turn = library.type_names().index(name)
    return [((US, DE, JP)[(turn + place) % 3], requirements) for place, requirements in enumerate(Requirements)]


def all_places(_: str) -> list[tuple[str, Requirements]]:
    return list(product(MARKETPLACES, Requirements))


@pytest.mark.parametrize("places_for", [some_places, pytest.param(all_places, marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", library.type_names())
def test_the_example_of_a_type_is_right_everywhere(name: str, places_for: PlacesFor) -> None:
    for marketplace_id, requirements in places_for(name):
        made = example_of(name, marketplace_id, requirements)
        assert json.loads(json.dumps(made)) == made
        assert faults(made, name, marketplace_id=marketplace_id, requirements=requirements) == []


@pytest.mark.parametrize("marketplace_id", MARKETPLACES)
def test_the_example_of_a_type_is_right_in_each_marketplace(marketplace_id: str) -> None:
    assert faults(example_of("LUGGAGE", marketplace_id), marketplace_id=marketplace_id) == []


def test_every_attribute_takes_its_own_example() -> None:
    kind = library.product_type("PRODUCT")
    assert kind is not None
    for marketplace_id in (US, DE, JP):
        example, known = Example(kind, marketplace_id), attributes_of(kind, marketplace_id)
        made = {name: [example.entry(attribute)] for name, attribute in known.items()}
        assert faults(made, "PRODUCT", marketplace_id=marketplace_id, is_enforced=False) == []


@pytest.mark.parametrize(
    ("changed", "code", "attribute"),
    [
        ({"brand": None}, "90220", "brand"),
        ({"condition_type": None}, "90220", "condition_type"),
        (
            {"supplier_declared_has_product_identifier_exemption": None},
            "90220",
            "externally_assigned_product_identifier",
        ),
        ({"colour": [{"value": "Blue"}]}, "90000900", "colour"),
        ({"roast_level": [{"value": "medium_roast"}]}, "90000900", "roast_level"),
        ({"gpsr_safety_attestation": [{"value": True}]}, "90000900", "gpsr_safety_attestation"),
        ({"item_name": "Suitcase"}, "90000900", "item_name"),
        ({"item_name": ["Suitcase"]}, "90000900", "item_name"),
        ({"item_name": [{"value": "Suitcase", "language": "en_US"}]}, "90000900", "item_name"),
        ({"item_name": [{**HERE}]}, "99022", "item_name"),
        ({"item_name": []}, "99022", "item_name"),
        ({"item_name": [{"value": "x" * 201}]}, "4000001", "item_name"),
        ({"item_name": [{"value": LONG}]}, "4000001", "item_name"),
        ({"item_name": [{"value": 7}]}, "4000001", "item_name"),
        ({"item_name": [{"value": None}]}, "4000001", "item_name"),
        ({"item_name": [{"value": "A"}, {"value": "B"}]}, "99016", "item_name"),
        ({"item_name": [{"value": "A"}, {**HERE, "value": "B", "language_tag": "en_US"}]}, "99016", "item_name"),
        ({"item_name": [{"value": "A", "language_tag": "tlh"}]}, "4000001", "item_name"),
        ({"item_name": [{"value": "A", "marketplace_id": DE}]}, "4000001", "item_name"),
        ({"bullet_point": [{"value": str(number)} for number in range(11)]}, "99016", "bullet_point"),
        ({"generic_keyword": [{"value": "鞄" * 167}]}, "4000001", "generic_keyword"),
        ({"merchant_suggested_asin": [{"value": "B0"}]}, "4000001", "merchant_suggested_asin"),
        ({"condition_type": [{"value": "new"}]}, "4000001", "condition_type"),
        ({"condition_type": [{"value": "club_club"}]}, "4000001", "condition_type"),
        ({"country_of_origin": [{"value": "Portugal"}]}, "4000001", "country_of_origin"),
        ({"number_of_wheels": [{"value": -1}]}, "90114", "number_of_wheels"),
        ({"number_of_wheels": [{"value": 13}]}, "90113", "number_of_wheels"),
        ({"number_of_wheels": [{"value": Decimal("1.5")}]}, "4000001", "number_of_wheels"),
        ({"item_weight": [{"value": 1, "unit": "LB"}]}, "4000001", "item_weight"),
        ({"item_dimensions": [{"length": INCH, "width": INCH}]}, "99022", "item_dimensions"),
        ({"main_product_image_locator": [{"media_location": "mug.jpg"}]}, "4000001", "main_product_image_locator"),
        ({"purchasable_offer": priced(Decimal("19.999"))}, "4000001", "purchasable_offer"),
        ({"purchasable_offer": priced(-1)}, "90114", "purchasable_offer"),
        ({"purchasable_offer": priced(10**12)}, "90113", "purchasable_offer"),
        ({"purchasable_offer": priced("19.99")}, "4000001", "purchasable_offer"),
        ({"purchasable_offer": [{**HERE, "currency": "EUR"}]}, "4000001", "purchasable_offer"),
        ({"purchasable_offer": offer(discounted_price=[{}])}, "99022", "purchasable_offer"),
        ({"purchasable_offer": offer(our_price=[{"schedule": [{}]}])}, "99022", "purchasable_offer"),
        ({"purchasable_offer": offer(our_price=[{"schedule": []}] * 2)}, "99016", "purchasable_offer"),
        ({"purchasable_offer": offer(start_at={"value": "2026-02-30"})}, "4000001", "purchasable_offer"),
        ({"purchasable_offer": [*offer(), *offer(audience="ALL")]}, "99016", "purchasable_offer"),
        ({"fulfillment_availability": [MINE, {"quantity": 1}]}, "99022", "fulfillment_availability"),
        (
            {"fulfillment_availability": [MINE, {"fulfillment_channel_code": "AMAZON_EU"}]},
            "4000001",
            "fulfillment_availability",
        ),
        (
            {"fulfillment_availability": [MINE | {"quantity": -1}]},
            "90114",
            "fulfillment_availability",
        ),
        ({"list_price": [{"currency": "USD"}]}, "99022", "list_price"),
        ({"hazmat": [{"aspect": "hazard_class", "value": "3"}]}, None, ""),
        (
            {
                "supplier_declared_dg_hz_regulation": regulations("transportation"),
                "hazmat": [{"aspect": "hazard_class", "value": "3"}],
            },
            "99022",
            "hazmat",
        ),
        (
            {"supplier_declared_dg_hz_regulation": regulations("not_applicable", "storage")},
            "4000001",
            "supplier_declared_dg_hz_regulation",
        ),
        ({"batteries_required": [{"value": True}]}, "90220", "batteries_included"),
        ({"california_proposition_65": [{"compliance_type": "food"}]}, "99022", "california_proposition_65"),
        (
            {"california_proposition_65": [{"compliance_type": "raw_wood", "chemical_names": ["lead"]}]},
            "90000900",
            "california_proposition_65",
        ),
        ({"parentage_level": [{"value": "parent"}], "color": None}, "90220", "variation_theme"),
        ({"child_parent_sku_relationship": [{"child_relationship_type": "variation"}]}, "90220", "parentage_level"),
    ],
)
def test_one_mistake_is_one_fault(changed: dict[str, JsonValue], code: str | None, attribute: str) -> None:
    found = faults(luggage(**changed))

    expected = [] if code is None else [(code, (attribute,))]
    assert [(one.code, one.attribute_names) for one in found] == expected
    assert all(len(one.message) < 600 for one in found)


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        (
            {"fulfillment_availability": [{"fulfillment_channel_code": "AMAZON_NA"}]},
            ["item_package_dimensions", "item_package_weight"],
        ),
        ({"fulfillment_availability": None}, ["item_package_dimensions", "item_package_weight"]),
        ({"supplier_declared_dg_hz_regulation": regulations("ghs")}, ["ghs", "safety_data_sheet_url"]),
        ({"supplier_declared_dg_hz_regulation": regulations("transportation")}, ["hazmat"]),
        (
            {"battery": [{"cell_composition": [{"value": "lithium_ion"}]}]},
            ["lithium_battery", "number_of_lithium_ion_cells"],
        ),
        ({"batteries_included": [{"value": True}]}, ["battery", "num_batteries"]),
        ({"parentage_level": [{"value": "child"}]}, ["child_parent_sku_relationship", "variation_theme"]),
        (
            {
                "color": None,
                "parentage_level": [{"value": "child"}],
                "child_parent_sku_relationship": [{"child_relationship_type": "variation", "parent_sku": "CASE"}],
                "variation_theme": [{"name": "SIZE/COLOR"}],
            },
            ["color", "size"],
        ),
    ],
)
def test_what_is_said_decides_what_else_is_required(changed: dict[str, JsonValue], missing: list[str]) -> None:
    assert [(one.code, *one.attribute_names) for one in faults(luggage(**changed))] == [
        ("90220", name) for name in missing
    ]


def test_a_parent_needs_no_offer_and_nothing_in_which_its_children_differ() -> None:
    without = dict.fromkeys(("color", "condition_type", "purchasable_offer", "fulfillment_availability"), None)
    parent = luggage(**without, parentage_level=[{"value": "parent"}], variation_theme=[{"name": "COLOR"}])

    assert faults(parent) == []


def test_a_partial_update_is_held_to_what_it_says_alone() -> None:
    assert faults({"color": [{"value": "Blue"}]}, is_enforced=False) == []
    assert [one.code for one in faults({"color": [{"value": ""}], "x": []}, is_enforced=False)] == ["90000900"]


def test_terms_alone_need_a_price_and_may_bring_facts_of_the_right_form() -> None:
    terms: Attributes = example_of("LUGGAGE", US, Requirements.OFFER_ONLY)
    asked = {"requirements": Requirements.OFFER_ONLY}

    assert faults({**terms, "item_name": [{"value": "Suitcase"}]}, **asked) == []
    assert [one.code for one in faults({**terms, "item_name": "Suitcase"}, **asked)] == ["90000900"]
    del terms["purchasable_offer"]
    assert [one.attribute_names for one in faults(terms, **asked)] == [("purchasable_offer",)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"fulfillment_availability": None},
            (
                "Package Dimensions is missing; a listing must have it unless it says one of these: "
                "fulfillment_availability.fulfillment_channel_code = DEFAULT; merchant_suggested_asin."
            ),
        ),
        (
            {
                "externally_assigned_product_identifier": None,
                "supplier_declared_has_product_identifier_exemption": None,
            },
            (
                "External Product Identifier is missing; a listing must have it unless it says one of these: "
                "merchant_suggested_asin; supplier_declared_has_product_identifier_exemption.value = true."
            ),
        ),
        (
            {"battery": [{"cell_composition": [{"value": "lithium_ion"}]}]},
            (
                "Lithium Battery is missing; a listing must have it that says: "
                "battery.cell_composition.value = lithium_ion / lithium_polymer."
            ),
        ),
        (
            {"Colour": [{"value": "Red"}]},
            "The product type LUGGAGE has no attribute Colour in this marketplace. Did you mean color?",
        ),
        (
            {"x" * 5000: [{"value": "Red"}]},
            "Its definition lists those that it has.",
        ),
    ],
)
def test_what_is_required_says_why_and_what_does_not_exist_what_was_meant(change: dict[str, Any], says: str) -> None:
    assert any(says in one.message for one in faults(luggage(**change)))


@pytest.mark.parametrize(
    ("name", "says"), [("luggage", "Did you mean LUGGAGE?"), ("LUGAGE", "LUGGAGE?"), ("QQ", "lists")]
)
def test_a_type_that_was_misspelled_is_named(name: str, says: str) -> None:
    (unknown,) = faults({}, name)

    assert unknown.code == "4000003"
    assert says in unknown.message


def test_a_type_that_is_not_there_is_one_fault() -> None:
    (unknown,) = faults({}, "NO_SUCH_TYPE")

    assert (unknown.code, unknown.attribute_names, unknown.categories) == ("4000003", (), ())
    assert "NO_SUCH_TYPE" in unknown.message


def test_an_issue_says_what_was_wrong_and_what_would_be_right_in_the_readers_language() -> None:
    wrong = luggage(shell_type=[{**HERE, "value": "semi"}], brand=None)
    told = {locale: faults(wrong, locale=locale) for locale in (None, "en_GB", "de", "fr_CA", "ja_JP", "sv_SE")}

    missing, shell = told[None]
    assert shell.message == 'shell_type[0].value is "semi", which is not valid; it must be one of hard, soft.'
    assert shell.categories == ("INVALID_ATTRIBUTE",)
    assert (missing.severity, missing.categories) == ("ERROR", ("MISSING_ATTRIBUTE",))
    assert (missing.actions, missing.exemption) == (("LISTING_SUPPRESSED",), "NOT_EXEMPT")
    assert missing.message == "Brand is missing; a listing of this product type must have it."
    assert told["de"][0].message.startswith("Diese Angabe fehlt: Marke.")
    assert told["fr_CA"][0].message.startswith("Il manque : Marque.")
    assert told["ja_JP"][0].message.startswith("ブランドがありません。")
    assert told["en_GB"] == told["sv_SE"] == told[None]
    assert faults({}, marketplace_id=DE)[0].message.startswith("Diese Angabe fehlt")


@pytest.mark.parametrize(
    "flood",
    [
        {"number_of_wheels": [{"value": -1}] * (MOST_VALUES // 2 - 1)},
        {"number_of_wheels": [{}] * (MOST_VALUES - 1)},
        {f"wheels{number}": 1 for number in range(MOST_VALUES)},
        {f"x{number}": [{"value": -1}] * 50 for number in range(400)},
    ],
    ids=["wrong values", "empty entries", "unknown names", "unknown attributes"],
)
def test_of_a_flood_of_mistakes_the_first_hundred_are_told(flood: dict[str, JsonValue]) -> None:
    assert len(faults(flood, is_enforced=False)) == MOST_FAULTS


@pytest.mark.parametrize(
    "flood",
    [
        {"number_of_wheels": [{"value": -1}] * (MOST_VALUES // 2)},
        {"purchasable_offer": offer(our_price=[{"schedule": [1] * MOST_VALUES}])},
        {f"wheels{number}": 1 for number in range(MOST_VALUES + 1)},
    ],
    ids=["entries", "values deep inside", "names"],
)
def test_attributes_with_more_values_than_a_listing_can_have_are_told_so_and_not_looked_at(
    flood: dict[str, JsonValue],
) -> None:
    (told,) = faults(flood)

    assert (told.code, told.attribute_names) == ("99016", ())
    assert told.message == "attributes has too many values; it may have at most 50000."


def test_every_locale_tells_every_fault() -> None:
    english = sentences("en_US")
    assert set(english.faults) == set(natures())
    for locale in library.message_locales():
        told = sentences(locale)
        assert set(told.faults) == set(english.faults)
        assert set(told.kinds) == set(english.kinds)
        for kind, sentence in told.faults.items():
            gaps = dict.fromkeys(("attribute", "place", "name", "value", "limit", "allowed", "expected"), "?")
            assert sentence.format(**gaps, selectors="?", product_type="?"), kind


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "unit", "currency", "our_price", "schedule", "{x}"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@settings(max_examples=examples(150))
@given(
    attributes=st.dictionaries(st.sampled_from([*attributes_of_luggage(), "x", "", "{0}"]), anything, max_size=4),
    is_enforced=st.booleans(),
    locale=st.sampled_from([None, "de_DE", "ja_JP", "tlh"]),
)
def test_whatever_is_sent_is_told_in_sentences(
    attributes: dict[str, JsonValue], *, is_enforced: bool, locale: str | None
) -> None:
    for one in faults(attributes, is_enforced=is_enforced, locale=locale):
        assert one.code.isdecimal()
        assert one.message
        assert set(one.attribute_names) <= {*attributes, *attributes_of_luggage()}


def test_what_is_nested_beyond_all_measure_is_a_fault_too() -> None:
    deep: JsonValue = []
    for _ in range(900):
        deep = [deep]

    assert [one.code for one in faults({"item_name": deep}, is_enforced=False)] == ["90000900"]
