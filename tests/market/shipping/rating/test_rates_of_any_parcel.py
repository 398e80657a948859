"""What many parcels are offered together is what each service says when it is asked alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from shipper import MONDAY, WISH

from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.buyer import Address
from sellingpartner.market.shipping.carriers.measures import Box, LengthUnit, Weighed, WeightUnit
from sellingpartner.market.shipping.carriers.services import Group, carriers, find_service, services_in
from sellingpartner.market.shipping.rating.eligibility import RULES, Case, Rejection, rejection_of, rejections_of
from sellingpartner.market.shipping.rating.quoting import Quoting, price_of, steps_begun
from sellingpartner.market.shipping.rating.ways import way_of
from sellingpartner.market.shipping.wishes import Experience, Wish, spot_of
from sellingpartner.testing.world import ADDRESS
from soak import examples

COUNTRIES = sorted({one.country for one in carriers()})
CARRIERS = sorted({one.carrier_id for one in carriers()})
sides = st.one_of(st.integers(1, 40), st.integers(1, 400)).map(Decimal)
amounts = st.builds(Money, st.sampled_from([1, 2_500, 10_001, 25_050, 99_999_999]), st.sampled_from(["USD", "GBP"]))
boxes = st.builds(Box, length=sides, width=sides, height=sides, unit=st.sampled_from(LengthUnit))
weights = st.builds(
    Weighed,
    value=st.one_of(st.integers(1, 900), st.integers(1, 80_000)).map(Decimal),
    unit=st.sampled_from(WeightUnit),
)
moments = st.integers(0, 14 * 24).map(lambda hours: MONDAY + timedelta(hours=hours))


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    return msgspec.structs.replace(
        WISH,
        sender=msgspec.structs.replace(WISH.sender, country_code=draw(st.sampled_from(COUNTRIES))),
        box=draw(boxes),
        weight=draw(weights),
        experience=draw(st.sampled_from(Experience)),
        is_collected=draw(st.booleans()),
        declared=draw(st.none() | amounts),
        to_collect=draw(st.none() | amounts),
        ship_at=draw(st.none() | moments),
    )


@st.composite
def addresses(draw: st.DrawFn, country: str) -> Address:
    return msgspec.structs.replace(
        ADDRESS,
        line_2=draw(st.sampled_from([None, "PO Box 9"])),
        state_or_region=draw(st.sampled_from(["OR", "MI", "AE", "GU", "AK", ""])),
        country_code=draw(st.sampled_from([country, country, country, "DE", "US"])),
        is_commercial=draw(st.booleans()),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    wish = draw(wishes())
    address = draw(addresses(wish.sender.country_code))
    few = st.lists(st.sampled_from(CARRIERS), max_size=2).map(tuple)
    return Case(
        way=way_of(wish, spot_of(address)),
        address=address,
        is_prime=draw(st.booleans()),
        groups=draw(st.frozensets(st.sampled_from([Group.MEDIA, Group.BOUND_PRINTED_MATTER]))),
        is_hazmat=draw(st.booleans()),
        refused_terms=draw(few),
        paused=draw(few),
    )


@settings(max_examples=examples(40))
@given(cases(), st.booleans())
def test_every_service_is_refused_for_the_first_reason_that_it_gives_itself(
    case: Case,
    of_amazon: bool,  # noqa: FBT001 - drawn
) -> None:
    services = services_in(case.way.wish.sender.country_code, of_amazon=of_amazon)

    together = rejections_of(case, services)

    alone = {one.service.service_id: rejection_of(case, one) for one in services.offered}
    assert {key: told(one) for key, one in together.items()} == {key: told(one) for key, one in alone.items() if one}


def told(rejection: Rejection) -> tuple[str, str, str]:
    return rejection.offered.service.service_id, rejection.reason, rejection.message


@settings(max_examples=examples(40))
@given(cases(), moments)
def test_a_service_costs_and_promises_the_same_alone_and_beside_others(case: Case, at: datetime) -> None:
    services, together = services_in(case.way.wish.sender.country_code, of_amazon=False), Quoting(case.way, at)

    for offered in services.offered:
        quoted = together.quote(offered)
        assert quoted == Quoting(case.way, at).quote(offered)
        steps = steps_begun(offered, case.way.grams, case.way.sides.volume)
        assert quoted.base.minor == price_of(offered, steps, case.way.zone)


def test_what_a_rule_remembers_of_one_thing_it_does_not_say_of_another() -> None:
    ground = find_service("US", "UPS_PTP_GND")
    assert ground is not None
    services = services_in("US", of_amazon=False)
    for grams in (567, 70_000, 567):
        heavy = msgspec.structs.replace(WISH, weight=Weighed(value=Decimal(grams), unit=WeightUnit.GRAMS))
        case = Case(way=way_of(heavy, spot_of(ADDRESS)), address=ADDRESS)
        found = rejections_of(case, services).get("UPS_PTP_GND")
        assert (found is None) == (grams < ground.most_grams)
        assert found is None or f"{grams} g" in found.message


def test_what_is_remembered_has_a_bound() -> None:
    assert all(rule.refused.cache_info().maxsize for rule in RULES)
