from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.contract.marketplaces import BY_COUNTRY, MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.attributes import Measure
from sellingpartner.market.money.fees.estimating import MOST_MINOR, estimate
from sellingpartner.market.money.fees.library import fee_table
from sellingpartner.market.money.fees.model import (
    FeeEstimate,
    FeeType,
    NotEstimated,
    Package,
    PackageUnknown,
    PriceImpossible,
    Program,
    ProgramNotOffered,
    Sale,
    TooLarge,
)
from sellingpartner.market.money.fees.referral import money_of
from sellingpartner.market.money.fees.table import in_force

YEAR = {year: datetime(year, 11, 2, 9, tzinfo=UTC) for year in (2024, 2025, 2026, 2027)}
NOW = YEAR[2026]
INCH, OUNCE = Measure(Decimal(1), "inches").millimeters, Measure(Decimal(1), "ounces").grams


def sale(country: str, category: str, price: str, **more: object) -> Sale:
    market = BY_COUNTRY[country]
    return Sale(
        marketplace_id=market.marketplace_id,
        category=category,
        price=money_of(Decimal(price), market.currency),
        **more,  # type: ignore[arg-type]  # its fields
    )


def fee(found: FeeEstimate, kind: FeeType) -> str:
    return str(next(one.amount for one in found.fees if one.kind is kind))


def imperial(ounces: str, *inches: str) -> Package:
    a, b, c = (Decimal(side) * INCH for side in inches)
    return Package(grams=Decimal(ounces) * OUNCE, sides=(a, b, c))


def metric(grams: str, *centimeters: str) -> Package:
    a, b, c = (Decimal(side) * 10 for side in centimeters)
    return Package(grams=Decimal(grams), sides=(a, b, c))


@pytest.mark.parametrize(
    ("country", "category", "price", "year", "referral"),
    [
        ("US", "kitchen", "14.99", 2026, "2.25"),
        ("US", "kitchen", "1.99", 2026, "0.30"),  # the least
        ("US", "kitchen", "2.00", 2026, "0.30"),
        ("US", "kitchen", "2.10", 2026, "0.32"),  # 0.315, rounded half up
        ("US", "books", "1.00", 2026, "0.15"),  # media have no least fee
        ("US", "beauty", "10.00", 2026, "0.80"),
        ("US", "beauty", "10.01", 2026, "1.50"),
        ("US", "grocery", "15.00", 2026, "1.20"),
        ("US", "grocery", "15.01", 2026, "2.25"),
        ("US", "clothing", "15.00", 2026, "0.75"),
        ("US", "clothing", "15.01", 2026, "1.50"),
        ("US", "clothing", "20.00", 2026, "2.00"),
        ("US", "clothing", "20.01", 2026, "3.40"),
        ("US", "electronics_accessories", "100.00", 2026, "15.00"),
        ("US", "electronics_accessories", "150.00", 2026, "19.00"),
        ("US", "furniture", "300.00", 2026, "40.00"),
        ("US", "fine_art", "6000.00", 2026, "605.00"),  # 20 + 135 + 400 + 50
        ("US", "watches", "2000.00", 2026, "255.00"),
        ("US", "device_accessories", "10.00", 2026, "4.50"),
        ("US", "no such category", "10.00", 2026, "1.50"),
        ("GB", "clothing", "50.00", 2026, "6.70"),  # 15 % to 40, then 7 %
        ("GB", "clothing", "20.00", 2026, "2.00"),
        ("GB", "clothing", "20.00", 2025, "3.00"),
        ("GB", "home", "20.00", 2026, "1.60"),
        ("GB", "home", "20.01", 2026, "3.00"),
        ("GB", "home", "20.00", 2025, "3.00"),
        ("GB", "jewelry", "325.00", 2026, "50.00"),
        ("DE", "clothing", "50.00", 2026, "7.10"),  # 15 % to 45, then 7 %
        ("DE", "grocery", "1.00", 2026, "0.05"),  # no least fee for groceries
        ("DE", "toys", "1.00", 2026, "0.30"),
        ("JP", "beauty", "750", 2026, "38"),  # 37.5
        ("JP", "beauty", "1500", 2026, "126"),
        ("JP", "beauty", "1501", 2026, "156"),
        ("JP", "beauty", "1501", 2025, "150"),
        ("JP", "home", "750", 2026, "113"),
        ("JP", "home", "751", 2026, "116"),
        ("JP", "books", "100", 2026, "15"),
        ("JP", "toys", "100", 2026, "30"),  # the least
        ("BR", "furniture", "300.00", 2026, "40.00"),
        ("AU", "grocery", "20.00", 2026, "1.40"),
        ("AU", "grocery", "20.01", 2026, "1.80"),
        ("AU", "toys", "0.05", 2026, "0.00"),  # no least fee
        ("IN", "clothing", "300.00", 2026, "0.00"),
        ("IN", "clothing", "500.00", 2026, "22.50"),
        ("IN", "clothing", "1000.01", 2026, "190.00"),
        ("SA", "grocery", "25.00", 2026, "1.00"),
        ("SA", "grocery", "100.00", 2026, "9.00"),
    ],
)
def test_a_referral_fee_is_a_part_of_the_price_by_category(
    country: str, category: str, price: str, year: int, referral: str
) -> None:
    assert fee(estimate(sale(country, category, price), YEAR[year]), FeeType.REFERRAL) == referral


@pytest.mark.parametrize(
    ("package", "price", "tier", "amount"),
    [
        (imperial("2", "15", "12", "0.75"), "9.99", "Small standard-size", "2.43"),
        (imperial("2", "15", "12", "0.75"), "10.00", "Small standard-size", "3.32"),
        (imperial("2", "15", "12", "0.75"), "50.00", "Small standard-size", "3.32"),
        (imperial("2", "15", "12", "0.75"), "50.01", "Small standard-size", "3.58"),
        (imperial("2.01", "15", "12", "0.75"), "20", "Small standard-size", "3.42"),
        (imperial("16", "0.75", "12", "15"), "20", "Small standard-size", "3.96"),
        (imperial("16.1", "15", "12", "0.75"), "20", "Large standard-size", "5.04"),
        (imperial("4", "10", "6", "0.76"), "20", "Large standard-size", "3.95"),  # 5.2 oz by its volume
        (imperial("48", "10", "6", "2"), "20", "Large standard-size", "6.67"),
        (imperial("48.1", "10", "6", "2"), "20", "Large standard-size", "7.05"),
        (imperial("52", "10", "6", "2"), "20", "Large standard-size", "7.05"),
        (imperial("52.1", "10", "6", "2"), "20", "Large standard-size", "7.13"),
        (imperial("320", "18", "14", "8"), "60", "Large standard-size", "12.67"),  # 7.23 + 68 * 0.08
        (imperial("320.1", "18", "14", "8"), "60", "Small bulky", "15.15"),  # 7.55 + 20 * 0.38
        (imperial("16", "20", "1", "1"), "20", "Small bulky", "7.55"),
        (imperial("16", "38", "1", "1"), "20", "Large bulky", "9.73"),  # 1.1 lb: thin sides count as two inches
        (imperial("100", "60", "10", "10"), "20", "Extra-large 0 to 50 lb", "42.67"),  # 43.2 lb by its volume
        (imperial("2600", "60", "40", "40"), "20", "Extra-large over 150 lb", "197.23"),  # 12 lb begun over 151
    ],
)
def test_amazon_fulfills_in_the_united_states_by_size_tier_weight_and_price(
    package: Package, price: str, tier: str, amount: str
) -> None:
    found = estimate(sale("US", "kitchen", price, is_amazon_fulfilled=True, package=package), NOW)

    assert (found.size_tier, fee(found, FeeType.FBA)) == (tier, amount)


@pytest.mark.parametrize(
    ("country", "package", "price", "category", "year", "amount"),
    [
        ("US", imperial("2", "15", "12", "0.75"), "20", "toys", 2025, "3.06"),
        ("GB", metric("100", "33", "23", "2.5"), "25", "toys", 2026, "2.08"),
        ("GB", metric("100", "33", "23", "2.5"), "20", "toys", 2026, "1.70"),
        ("GB", metric("100", "33", "23", "2.5"), "20", "kitchen", 2026, "2.08"),  # no low price there
        ("GB", metric("101", "33", "23", "2.5"), "25", "toys", 2026, "2.10"),
        ("GB", metric("400", "35", "25", "12"), "25", "toys", 2026, "3.00"),  # a parcel's volume does not count
        ("GB", metric("400", "35", "25", "12"), "25", "toys", 2024, "3.53"),  # 2,100 g by its volume
        ("GB", metric("1760", "61", "46", "1"), "25", "toys", 2026, "3.71"),
        ("DE", metric("100", "33", "23", "2.5"), "25", "toys", 2026, "1.84"),
        ("DE", metric("12000", "45", "34", "26"), "25", "toys", 2026, "7.22"),
        ("JP", metric("250", "25", "18", "2"), "1001", "toys", 2026, "288"),
        ("JP", metric("250", "25", "18", "2"), "1000", "toys", 2026, "222"),
        ("JP", metric("251", "25", "18", "2"), "1001", "toys", 2026, "318"),
        ("JP", metric("9000", "45", "35", "20"), "1001", "toys", 2026, "532"),
        ("JP", metric("9001", "45", "35", "20"), "1001", "toys", 2026, "675"),
        ("JP", metric("50000", "200", "30", "30"), "1001", "toys", 2026, "5625"),
    ],
)
def test_amazon_fulfills_elsewhere_by_other_tiers(
    country: str, package: Package, price: str, category: str, year: int, amount: str
) -> None:
    found = estimate(sale(country, category, price, is_amazon_fulfilled=True, package=package), YEAR[year])

    assert fee(found, FeeType.FBA) == amount


def test_the_fees_of_a_fulfilled_book_of_an_individual_add_up() -> None:
    package = imperial("8", "9", "6", "1")
    shipping = Money(399, "USD")
    found = estimate(
        sale("US", "books", "20.00", shipping=shipping, is_individual=True, is_amazon_fulfilled=True, package=package),
        NOW,
    )

    assert [(one.kind.value, str(one.final)) for one in found.fees] == [
        ("ReferralFee", "3.60"),  # of price and shipping
        ("VariableClosingFee", "1.80"),
        ("PerItemFee", "0.99"),
        ("FBAFees", "3.95"),
    ]
    assert [(one.kind.value, str(one.final)) for one in found.fees[-1].included] == [
        ("FBAPickAndPack", "3.95"),
        ("FBAWeightHandling", "0.00"),
        ("FBAOrderHandling", "0.00"),
        ("FBADeliveryServicesFee", "0.00"),
    ]
    assert found.total == Money(1034, "USD")


def test_india_taxes_each_fee_and_britain_hands_its_digital_tax_on() -> None:
    india = estimate(sale("IN", "toys", "999.00"), NOW)
    britain = estimate(sale("GB", "toys", "100.00"), NOW)

    assert [(str(one.amount), str(one.tax), str(one.final)) for one in india.fees] == [
        ("149.85", "26.97", "176.82"),
        ("20.00", "3.60", "23.60"),
        ("0.00", "0.00", "0.00"),
    ]
    assert (fee(britain, FeeType.DIGITAL_SERVICES), str(britain.total)) == ("0.30", "15.30")
    assert britain.fees[0].tax is None


def test_points_are_taken_off_before_the_referral_fee() -> None:
    found = estimate(sale("JP", "electronics", "10000", points=Money(1000, "JPY")), NOW)

    assert fee(found, FeeType.REFERRAL) == "756"


@pytest.mark.parametrize(
    ("wanted", "reason", "words"),
    [
        (sale("US", "toys", "0"), PriceImpossible, "must be more"),
        (sale("US", "toys", "-1"), PriceImpossible, "must not be negative"),
        (sale("US", "toys", "1", shipping=Money(-1, "USD")), PriceImpossible, "must not be negative"),
        (sale("US", "toys", "1", shipping=Money(1, "EUR")), PriceImpossible, "must be in USD"),
        (sale("US", "toys", "1", points=Money(101, "USD")), PriceImpossible, "points"),
        (sale("US", "toys", str(MOST_MINOR // 100)), PriceImpossible, "less than"),
        (sale("US", "toys", "1", is_amazon_fulfilled=True), PackageUnknown, "dimensions"),
        (
            sale("JP", "toys", "100", is_amazon_fulfilled=True, package=metric("50001", "9", "9", "9")),
            TooLarge,
            "Japan",
        ),
        (
            sale(
                "US",
                "toys",
                "1",
                is_amazon_fulfilled=True,
                program=Program.EUROPEAN,
                package=metric("9", "9", "9", "9"),
            ),
            ProgramNotOffered,
            "FBA_EFN",
        ),
        (
            sale("JP", "toys", "1", is_amazon_fulfilled=True, program=Program.SMALL_AND_LIGHT),
            ProgramNotOffered,
            "FBA_SNL",
        ),
    ],
)
def test_what_cannot_be_sold_has_no_fees(wanted: Sale, reason: type[NotEstimated], words: str) -> None:
    with pytest.raises(reason, match=words):
        estimate(wanted, NOW)


def test_to_fulfill_across_european_borders_costs_more() -> None:
    package = metric("250", "30", "20", "2")
    core, across = (
        estimate(sale("DE", "toys", "20", is_amazon_fulfilled=True, package=package, program=program), NOW)
        for program in (Program.CORE, Program.EUROPEAN)
    )

    assert (fee(core, FeeType.FBA), fee(across, FeeType.FBA)) == ("2.46", "3.94")


MOMENTS = st.sampled_from(list(YEAR.values()))
CATEGORIES = st.sampled_from(["books", "clothing", "beauty", "grocery", "electronics_accessories", "jewelry", "home"])
PRICES = st.integers(1, 10**7)
SIDES = st.tuples(*[st.integers(5, 1500).map(Decimal)] * 3)


@given(st.sampled_from(list(MARKETPLACES)), CATEGORIES, PRICES, SIDES, st.integers(1, 60_000), MOMENTS)
@pytest.mark.parametrize("is_individual", [True, False])
def test_an_estimate_adds_up_and_holds_the_least_fee(
    is_individual: bool,  # noqa: FBT001 - a parameter of the test
    marketplace_id: str,
    category: str,
    minor: int,
    sides: tuple[Decimal, Decimal, Decimal],
    grams: int,
    at: datetime,
) -> None:
    table = fee_table(marketplace_id)
    wanted = Sale(
        marketplace_id=marketplace_id,
        category=category,
        price=Money(minor, table.currency),
        is_individual=is_individual,
        is_amazon_fulfilled=True,
        package=Package(grams=Decimal(grams), sides=sides),
    )

    try:
        found = estimate(wanted, at)
    except TooLarge:
        assert table.currency == "JPY"
        return

    selling = in_force(table.selling, at.date())
    referral, fulfilled = found.fees[0], next(one for one in found.fees if one.kind is FeeType.FBA)
    assert found.total.minor == sum(
        one.amount.minor - one.promotion.minor + (one.tax.minor if one.tax else 0) for one in found.fees
    )
    assert category in selling.media or referral.amount >= money_of(selling.minimum, table.currency)
    assert referral.amount.minor <= max(minor * 0.2 + 1, money_of(selling.minimum, table.currency).minor)
    assert sum(one.final.minor for one in fulfilled.included) == fulfilled.final.minor > 0
    assert estimate(wanted, at) == found


@given(st.sampled_from(list(MARKETPLACES)), st.sampled_from(["toys", "jewelry", "furniture"]), PRICES, PRICES, MOMENTS)
def test_who_sells_for_more_pays_no_less_where_no_band_is_passed(
    marketplace_id: str, category: str, one: int, other: int, at: datetime
) -> None:
    currency = fee_table(marketplace_id).currency
    low, high = (
        estimate(Sale(marketplace_id=marketplace_id, category=category, price=Money(minor, currency)), at)
        .fees[0]
        .amount
        for minor in sorted((one, other))
    )

    assert low <= high


@given(st.sampled_from(list(MARKETPLACES)), SIDES, st.integers(1, 50_000), st.integers(1, 50_000), MOMENTS)
def test_what_weighs_more_costs_no_less_in_the_same_size_tier(
    marketplace_id: str, sides: tuple[Decimal, Decimal, Decimal], one: int, other: int, at: datetime
) -> None:
    price = Money(2500, fee_table(marketplace_id).currency)
    try:
        light, heavy = (
            estimate(
                Sale(
                    marketplace_id=marketplace_id,
                    category="toys",
                    price=price,
                    is_amazon_fulfilled=True,
                    package=Package(grams=Decimal(grams), sides=sides),
                ),
                at,
            )
            for grams in sorted((one, other))
        )
    except TooLarge:
        return

    if light.size_tier == heavy.size_tier:
        assert light.total <= heavy.total
