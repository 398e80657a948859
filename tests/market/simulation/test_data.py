"""What describes the simulated world holds together, and says the same until the world's version says otherwise."""

import re
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from random import Random

import msgspec
import pytest

from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.catalog.browse import classification_path
from sellingpartner.market.demo import MARKETPLACES, VERSION
from sellingpartner.market.simulation import demand_gifts, people, people_names, places, product_lines, products_prices
from sellingpartner.market.simulation.demand_gifts import gift_message
from sellingpartner.market.simulation.people import invent_address, invent_buyer
from sellingpartner.market.simulation.products import invent_catalog
from sellingpartner.market.simulation.products_described import attributes_of
from sellingpartner.market.simulation.products_prices import price_in
from sellingpartner.market.simulation.reading import names_in
from sellingpartner.market.simulation.staff_words import words

DATA = files("sellingpartner.market.simulation") / "data"
LOCALES = [locale for country in places.countries() for locale in places.locales_of(country)]
LINES = product_lines.product_lines()

DIGEST = "40270e2fd2fb8d7c3639f154ae4523968c83b83e1bc07435f42521dc4c8c9f86"
"""What the data and the inventors make of a seed in this version of the demo world."""


def invented() -> Iterator[str]:
    own, others = invent_catalog(7, 500, 1500)
    for product in (*own, *others):
        yield repr(product)
        yield repr(attributes_of(product, tuple(MARKETPLACES)))
    for country in sorted(BY_COUNTRY):
        luck = Random(country)
        for _ in range(200):
            buyer = invent_buyer(luck, country)
            address = invent_address(luck, buyer, country)
            card = gift_message(luck, buyer.language)
            yield repr((buyer, address, card, price_in(BY_COUNTRY[country].currency, 1999, luck)))


def test_a_version_of_the_demo_world_says_what_a_seed_makes_of_it() -> None:
    told = "\n".join(invented())

    assert (VERSION, sha256(told.encode()).hexdigest()) == ("5", DIGEST), "raise the version in market/demo.py"


def test_every_file_is_read_by_somebody() -> None:
    there = {path.name for path in DATA.iterdir()}
    people_names.named()
    product_lines.makers()
    demand_gifts.messages()
    products_prices.habits()
    people.other_payments()
    words()

    read = {
        "competitors.toml",
        "gifts.toml",
        "makers.toml",
        "payments.toml",
        "people.toml",
        "prices.toml",
        "staff.toml",
    }
    assert there == read | {"places", "product_lines", "words"}
    assert {path.name.removesuffix(".toml") for path in (DATA / "product_lines").iterdir()} == set(
        names_in("product_lines")
    )


def test_a_key_that_nobody_knows_is_an_error() -> None:
    for name, kind in (("makers.toml", product_lines.Makers), ("people.toml", people_names.People)):
        text = "colour = 1\n" + (DATA / name).read_text(encoding="utf-8")
        with pytest.raises(msgspec.ValidationError, match="colour"):
            msgspec.toml.decode(text, type=kind)


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.language)
def test_patterns_and_forms_of_places_can_be_filled_in(locale: places.Locale) -> None:
    known = {"street", "number", "district", "unit", "floor", "block", "lot", "house"}
    for form in (locale.line, locale.second, *locale.units, *locale.offices):
        assert set(re.findall(r"\{(\w+)[:}]", form)) <= known, form
    for pattern in (*locale.phones, *locale.mobiles):
        assert set(re.findall(r"\{(.*?)\}", pattern)) <= {"dial"}, pattern
        assert places.drawn(pattern.format(dial="1"), Random(1)).isascii()
    assert locale.share > 0


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.product_type)
def test_ranges_of_a_line_run_upwards_and_its_node_is_in_the_tree_under_the_path_that_it_says(
    line: product_lines.ProductLine,
) -> None:
    assert 0 < line.price_cents[0] < line.price_cents[1]
    assert 0 < line.weight_grams[0] < line.weight_grams[1]
    assert all(measure > 0 for measure in line.measures_mm)
    assert line.share > 0
    assert tuple(one.name for one in reversed(classification_path(line.browse_node_id))) == line.browse_path


def test_shares_of_ways_to_pay_leave_room_for_cards() -> None:
    for country, ways in people.other_payments().items():
        assert country in BY_COUNTRY
        assert sum(way.share for way in ways) < 0.9


def test_names_have_a_form_with_both_names_and_companies_one_with_the_family() -> None:
    for names in people_names.named().names:
        assert {"{given}", "{family}"} <= set(re.findall(r"\{.*?\}", names.form))
    for forms in people_names.named().companies.values():
        assert all(re.findall(r"\{.*?\}", form) == ["{family}"] for form in forms)


def test_no_brand_is_made_in_two_departments_and_every_department_makes_something() -> None:
    brands = [brand for held in product_lines.makers().brands.values() for brand in held]

    assert len(set(brands)) == len(brands)
    assert {line.department for line in LINES} == set(product_lines.makers().brands)
