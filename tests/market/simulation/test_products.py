from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sellingpartner.market.catalog.identifiers import check_digit
from sellingpartner.market.simulation.product_lines import ProductLine, makers, product_lines
from sellingpartner.market.simulation.products import Product, invent_catalog, invent_products, items_of
from soak import examples


@pytest.fixture(scope="module")
def products() -> list[Product]:
    return invent_products(7, 1000)


def test_the_same_seed_gives_the_same_products_and_another_seed_others() -> None:
    assert invent_products(7, 60) == invent_products(7, 60)
    assert invent_products(7, 60) != invent_products(8, 60)


@settings(max_examples=examples(25))
@given(seed=st.integers(0, 2**64), count=st.integers(0, 200))
def test_there_are_as_many_as_asked_for_and_none_twice(seed: int, count: int) -> None:
    products = invent_products(seed, count)

    assert len(products) == count
    assert len({product.title for product in products}) == count
    assert len({product.gtin for product in products}) == count


@pytest.mark.parametrize(
    ("digits", "check"), [("03600029145", "2"), ("400638133393", "1"), ("95200000000", "2"), ("000000000000", "0")]
)
def test_a_check_digit_is_the_one_that_gs1_computes(digits: str, check: str) -> None:
    assert check_digit(digits) == check


def test_every_code_has_a_valid_check_digit_and_belongs_to_no_company(products: list[Product]) -> None:
    for product in products:
        assert product.gtin[-1] == check_digit(product.gtin[:-1])
    assert {gtin[:1] for gtin in (product.gtin for product in products) if len(gtin) == 12} == {"4"}
    assert {gtin[:3] for gtin in (product.gtin for product in products) if len(gtin) != 12} == {"952", "979"}


def test_every_product_can_be_sold_and_sent(products: list[Product]) -> None:
    for product in products:
        assert product.list_price_minor >= 99
        assert product.list_price_minor % 100 in {99, 95, 49}
        assert 0 < product.weight_grams < 25_000
        assert min(product.length_mm, product.width_mm, product.height_mm) > 0
        assert 3 <= len(product.bullet_points) <= 5
        assert len(set(product.bullet_points)) == len(product.bullet_points)
        assert 20 < len(product.title) <= 200
        assert product.is_book or product.brand in product.title
        assert product.brand in product.description
        assert len(product.country_of_origin) == 2


def test_a_third_of_the_products_are_children_of_a_family(products: list[Product]) -> None:
    children = sum(product.parent_key is not None for product in products)

    assert 300 <= children <= 400


def test_the_children_of_a_family_differ_by_its_theme_and_share_the_rest(products: list[Product]) -> None:
    families: defaultdict[str, list[Product]] = defaultdict(list)
    for product in products:
        if product.parent_key:
            families[product.parent_key].append(product)

    for children in families.values():
        assert 2 <= len(children) <= 6
        shared = {(child.brand, child.product_type, child.parent_title, child.material) for child in children}
        assert len(shared) == 1
        assert len({child.variation_theme for child in children}) == 1
        theme = children[0].variation_theme
        assert theme in {"COLOR", "SIZE", "SIZE/COLOR"}
        if theme == "COLOR":
            assert len({child.color for child in children}) == len(children)
            assert len({child.size for child in children}) == 1
        elif theme == "SIZE":
            assert len({child.size for child in children}) == len(children)
            assert len({child.color for child in children}) == 1
        else:
            assert len({(child.size, child.color) for child in children}) == len(children)


def test_a_product_outside_a_family_has_no_theme(products: list[Product]) -> None:
    alone = [product for product in products if product.parent_key is None]

    assert {(product.parent_title, product.variation_theme) for product in alone} == {(None, None)}


def test_few_products_have_most_of_the_demand(products: list[Product]) -> None:
    weights = sorted((product.popularity for product in products), reverse=True)

    assert weights[-1] > 0
    assert sum(weights[:200]) > 0.6 * sum(weights)


def test_a_range_of_a_thousand_has_every_line_and_some_that_need_care(products: list[Product]) -> None:
    types = Counter(product.product_type for product in products)

    assert len(types) >= 25
    assert types.keys() == {line.product_type for line in product_lines()}
    assert types["PET_HEALTH_CARE"] == sum(product.is_regulated for product in products) > 0
    assert any(product.is_hazmat for product in products)


def test_a_last_place_is_filled_by_a_single_product() -> None:
    for seed in range(40):
        assert invent_products(seed, 1)[0].parent_key is None


@pytest.mark.parametrize("line", product_lines(), ids=lambda line: line.product_type)
def test_a_line_is_made_by_somebody_and_its_themes_have_something_to_vary(line: ProductLine) -> None:
    assert line.department in makers().brands
    assert len(line.features) >= 5
    for theme in line.themes:
        for attribute in theme.split("/"):
            assert len(line.colors if attribute == "COLOR" else line.sizes) >= 2


def test_no_two_lines_share_a_browse_node() -> None:
    assert len({line.browse_node_id for line in product_lines()}) == len(product_lines())


def test_others_make_products_until_the_catalog_is_full(products: list[Product]) -> None:
    own, others = invent_catalog(7, 1000, 4000)

    assert own == products
    assert items_of([*own, *others]) == 4000
    assert len({product.gtin for product in (*own, *others)}) == len(own) + len(others)
    assert len({product.title for product in (*own, *others)}) == len(own) + len(others)
