from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.market.simulation.products import Product, invent_products
from sellingpartner.market.simulation.products_skus import MAX_LENGTH, sku_of

PRODUCTS = invent_products(3, 100)
NUMBERS = st.integers(0, 999_999_999)
AWKWARD = set("/ &%+#é\"'É?")


def skus_of_a_thousand(seed: int) -> list[str]:
    chance = Random(seed)
    return [sku_of(chance, PRODUCTS[number % 100], number) for number in range(1000)]


def test_the_same_luck_gives_the_same_skus() -> None:
    assert skus_of_a_thousand(1) == skus_of_a_thousand(1)
    assert skus_of_a_thousand(1) != skus_of_a_thousand(2)


@given(numbers=st.lists(NUMBERS, unique=True, max_size=50), seed=st.integers(0, 2**32), products=st.randoms())
def test_no_two_numbers_give_one_sku_even_if_case_is_ignored(numbers: list[int], seed: int, products: Random) -> None:
    chance = Random(seed)
    skus = [sku_of(chance, products.choice(PRODUCTS), number).casefold() for number in numbers]

    assert len(set(skus)) == len(numbers)


@given(number=NUMBERS, seed=st.integers(0, 2**32), product=st.sampled_from(PRODUCTS))
def test_a_sku_has_at_most_forty_characters(number: int, seed: int, product: Product) -> None:
    sku = sku_of(Random(seed), product, number)

    assert 0 < len(sku) <= MAX_LENGTH
    assert sku == sku.strip()


def test_twelve_of_a_thousand_skus_are_awkward_each_in_its_own_way() -> None:
    skus = skus_of_a_thousand(5)
    awkward = [sku for sku in skus if AWKWARD & set(sku) or (sku.isdigit() and sku[0] == "0")]

    assert len(set(skus)) == 1000
    assert len(awkward) == 12
    for character in "/ &%+#É\"'":
        assert any(character in sku for sku in awkward), character
    assert any(sku.isdigit() and sku.startswith("0") for sku in awkward)


def test_sellers_have_several_habits() -> None:
    skus = skus_of_a_thousand(9)
    habits = {
        "hyphens": sum(sku.count("-") == 2 and sku[-1].isdigit() for sku in skus),
        "dots": sum(sku.count(".") == 2 for sku in skus),
        "machine": sum(sku.endswith("ZN") and sku[2] == "-" for sku in skus),
        "underscores": sum(sku.count("_") == 2 for sku in skus),
        "digits": sum(sku.isdigit() for sku in skus),
        "joined": sum(sku.isalnum() and not sku.isdigit() for sku in skus),
    }

    assert min(habits.values()) > 100
