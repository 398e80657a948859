from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.money.fees.library import categories_by_department, fee_table
from sellingpartner.market.money.fees.table import EVERYTHING_ELSE, Band, Portion, Tier, in_force
from sellingpartner.market.product_types.questions import product_type, type_names

MARKETS = [pytest.param(one, id=MARKETPLACES[one].country_code) for one in MARKETPLACES]


def limits_rise(limited: tuple[Band, ...] | tuple[Portion, ...]) -> bool:
    """Whether each limit is above the one before, and the last one has none."""
    *bounded, last = [one.upto for one in limited]
    return last is None and None not in bounded and bounded == sorted(set(bounded), key=lambda limit: limit or 0)


@pytest.mark.parametrize("marketplace_id", MARKETS)
def test_every_price_has_one_rate_in_every_period(marketplace_id: str) -> None:
    table = fee_table(marketplace_id)

    assert table.currency == MARKETPLACES[marketplace_id].currency
    for selling in table.selling:
        assert EVERYTHING_ELSE in selling.rates
        assert selling.minimum >= 0
        for rate in [*selling.rates.values(), *selling.rates_when_fulfilled.values()]:
            if isinstance(rate, Decimal):
                assert 0 < rate < 50
                continue
            assert limits_rise(rate)
            for band in rate:
                assert (band.percent is None) == bool(band.portions)
                assert not band.portions or limits_rise(band.portions)
        if selling.closing is not None:
            assert selling.closing.steps[-1].upto is None
            assert set(selling.closing.categories) <= set(selling.rates) | {"books", "music", "video", "software"} | {
                "video_games"
            }


@pytest.mark.parametrize("marketplace_id", MARKETS)
def test_the_periods_of_a_part_follow_each_other(marketplace_id: str) -> None:
    table = fee_table(marketplace_id)

    for periods in (table.selling, table.fulfillment, table.storage):
        days = [period.since for period in periods]
        assert days == sorted(set(days))
    assert in_force(table.selling, date(1999, 1, 1)) is table.selling[0]
    assert in_force(table.selling, date(2099, 1, 1)) is table.selling[-1]


def reaches_its_end(tier: Tier) -> bool:
    """Whether what fits in a tier has a fee."""
    if tier.beyond is not None:
        return True
    return tier.most_weight is not None and bool(tier.steps) and tier.steps[-1][0] == tier.most_weight


@pytest.mark.parametrize("marketplace_id", MARKETS)
def test_the_fees_of_a_size_tier_rise_with_weight_and_cover_all_that_fits(marketplace_id: str) -> None:
    for period in fee_table(marketplace_id).fulfillment:
        assert period.columns[-1].upto is None
        assert period.columns[-1].excluded == ()
        for tier in period.tiers:
            rows = [fees for _, fees in tier.steps] + ([] if tier.beyond is None else [tier.beyond.fees])
            assert reaches_its_end(tier), tier.name
            assert all(1 <= len(fees) <= len(period.columns) for fees in rows), tier.name
            assert [weight for weight, _ in tier.steps] == sorted({weight for weight, _ in tier.steps}), tier.name
            for column in range(len(period.columns)):
                amounts = [fees[min(column, len(fees) - 1)] for fees in rows]
                assert amounts == sorted(amounts), tier.name
            assert tier.sides is None or list(tier.sides) == sorted(tier.sides, reverse=True)


@pytest.mark.parametrize("marketplace_id", MARKETS)
def test_storage_has_a_rate_for_every_month(marketplace_id: str) -> None:
    for period in fee_table(marketplace_id).storage:
        for seasons in (period.standard, period.bulky):
            assert seasons[-1].until_month == 12
            assert [season.until_month for season in seasons] == sorted({season.until_month for season in seasons})


def test_every_product_type_and_department_has_a_category_that_some_table_knows() -> None:
    known = {category for one in MARKETPLACES for period in fee_table(one).selling for category in period.rates}
    kinds = [product_type(name) for name in type_names()]

    assert {kind.fee_category for kind in kinds if kind is not None} <= known
    assert set(categories_by_department().values()) <= known


def test_a_table_that_is_taken_over_is_converted_to_what_the_currency_can_say() -> None:
    (poland,) = (one for one in MARKETPLACES.values() if one.country_code == "PL")
    selling = fee_table(poland.marketplace_id).selling[-1]

    assert (selling.minimum, selling.per_item) == (Decimal("1.29"), Decimal("4.26"))
    assert selling.rates["grocery"] == (
        Band(upto=Decimal("43.00"), percent=Decimal(5)),
        Band(percent=Decimal(15)),
    )
    assert selling.rates["toys"] == Decimal(15)
