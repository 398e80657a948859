"""What a seller's account says of its business, given or invented."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.contract.sellers_v1 import BusinessType, SellingPlan
from sellingpartner.market.accounts.model import Address, Business, Contact, Profile
from sellingpartner.market.accounts.profiles import check_profile, invented_profile
from sellingpartner.market.accounts.questions import seller_of
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.market.market import Market

US, GB, DE = "ATVPDKIKX0DER", "A1F83G8C2ARO7P", "A1PA6795UKMFR9"
HOME = Address(line1="9 Hill Street", country_code="US")


def joined(seed: int, *names: str, marketplace_id: str = US) -> list[Profile]:
    market = Market.open(seed=seed, at=datetime(2026, 11, 2, tzinfo=UTC))
    with market.write() as unit:
        sellers = [join_seller(unit, name, [marketplace_id]) for name in names]
        return [seller_of(unit, seller.seller_id).profile for seller in sellers]


@pytest.mark.parametrize("country_code", sorted({one.country_code for one in MARKETPLACES.values()}))
@pytest.mark.parametrize("business_type", list(BusinessType))
def test_a_business_can_be_invented_in_every_country(country_code: str, business_type: BusinessType) -> None:
    profile = invented_profile(Random(1), "Pier Goods", country_code, business_type)

    check_profile(profile)
    assert profile.business_type is business_type
    assert profile.selling_plan is SellingPlan.PROFESSIONAL
    assert profile.contact is not None
    assert profile.contact.address.country_code == country_code
    if profile.business is not None:
        assert profile.business.name.startswith("Pier Goods")
        assert profile.business.address.country_code == country_code


def test_the_same_seed_gives_the_same_business() -> None:
    assert joined(7, "Pier Goods") == joined(7, "Pier Goods")
    assert joined(7, "Pier Goods") != joined(8, "Pier Goods")


def test_sellers_of_one_market_differ() -> None:
    profiles = joined(1, *["Pier Goods"] * 30)

    assert len(set(map(repr, profiles))) == 30
    assert len({profile.business_type for profile in profiles}) == 3


def test_a_private_company_is_named_as_in_its_country() -> None:
    names = {
        country: invented_profile(Random(1), "Pier Goods", country, BusinessType.PRIVATE_LIMITED).business
        for country in ("US", "GB", "DE")
    }

    assert {country: business and business.name for country, business in names.items()} == {
        "US": "Pier Goods LLC",
        "GB": "Pier Goods Ltd",
        "DE": "Pier Goods GmbH",
    }


def test_the_business_is_in_the_country_of_the_first_marketplace() -> None:
    market = Market.open(seed=1, at=datetime(2026, 11, 2, tzinfo=UTC))
    with market.write() as unit:
        profile = join_seller(unit, "Pier Goods", [DE, GB]).profile

    assert profile.contact is not None
    assert profile.contact.address.country_code == "DE"


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (
            Profile(business_type=BusinessType.INDIVIDUAL, business=Business(name="A", address=HOME)),
            "An individual's account has no business",
        ),
        (
            Profile(business_type=BusinessType.CHARITY, contact=Contact(name="Ada", address=HOME)),
            "An account of type CHARITY needs a business",
        ),
        (
            Profile(
                business_type=BusinessType.SOLE_PROPRIETORSHIP,
                business=Business(name="A", address=HOME, registration_number="1"),
            ),
            "A business of type SOLE_PROPRIETORSHIP is in no register",
        ),
    ],
)
def test_a_profile_that_contradicts_its_type_is_refused(profile: Profile, words: str) -> None:
    market = Market.open(seed=1, at=datetime(2026, 11, 2, tzinfo=UTC))

    with market.write() as unit, pytest.raises(InvalidInput, match=words):
        join_seller(unit, "Ada", [US], profile=profile)
