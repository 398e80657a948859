"""What a scenario says is held against itself: names that nothing has, countries without a marketplace, faults."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.contract.scopes import SCOPES
from sellingpartner.market.faults.text import rule_of
from sellingpartner.market.scenarios.model import Scenario, SellerPart, SkuPart


class BadScenario(InvalidInput):
    """What is no scenario; the message says where it is wrong."""


def check(scenario: Scenario) -> None:
    """Raise `BadScenario`, with the place, for what cannot be."""
    if scenario.at is not None and scenario.at.tzinfo is None:
        message = "at needs a time zone, as in 2026-11-27T09:00:00Z - at `$.at`"
        raise BadScenario(message)
    applications = [scenario.application.name, *(one.name for one in scenario.applications)]
    _once("$.applications", applications)
    client_ids = [scenario.application.client_id, *(one.client_id for one in scenario.applications)]
    _once("$.applications", filter(None, client_ids))
    _once("$.sellers", [one.name for one in scenario.sellers])
    _once("$.sellers", [user.email.lower() for one in scenario.sellers for user in one.users])
    for number, seller in enumerate(scenario.sellers):
        _check_seller(f"$.sellers[{number}]", seller, applications[1:])
    for number, application in enumerate(scenario.applications):
        _all_known(f"$.applications[{number}].scopes", application.scopes, SCOPES)
    _all_known("$.application.scopes", scenario.application.scopes, SCOPES)
    for number, fault in enumerate(scenario.faults):
        try:
            rule_of(fault)
        except InvalidInput as wrong:
            message = f"{wrong.message.removesuffix('.')} - at `$.faults[{number}]`"
            raise BadScenario(message) from None


def _check_seller(place: str, seller: SellerPart, applications: Collection[str]) -> None:
    _all_known(f"{place}.marketplaces", seller.marketplaces, BY_COUNTRY)
    regions = {BY_COUNTRY[country].region for country in seller.marketplaces}
    if len(regions) > 1:
        message = f"A seller is in one region; these are in {', '.join(sorted(regions))} - at `{place}.marketplaces`"
        raise BadScenario(message)
    skus = [one.sku for one in seller.skus]
    _once(f"{place}.skus", skus)
    for number, one in enumerate(seller.skus):
        _check_awd(f"{place}.skus[{number}]", one, seller)
    for number, back in enumerate(seller.returns):
        _all_known(f"{place}.returns[{number}].sku", [back.sku], skus)
    for number, order in enumerate(seller.orders):
        _all_known(f"{place}.orders[{number}].sku", [order.sku], skus)
        if order.marketplace:
            _all_known(f"{place}.orders[{number}].marketplace", [order.marketplace], seller.marketplaces)
        if order.until_days_ago > order.days_ago:
            message = f"until_days_ago is before days_ago - at `{place}.orders[{number}]`"
            raise BadScenario(message)
    for number, grant in enumerate(seller.grants):
        _all_known(f"{place}.grants[{number}].application", [grant.application], applications)
        _all_known(f"{place}.grants[{number}].scopes", grant.scopes, SCOPES)
    _all_known(f"{place}.accounts", [one.marketplace for one in seller.accounts], seller.marketplaces)


def _check_awd(place: str, part: SkuPart, seller: SellerPart) -> None:
    if part.awd and "US" not in seller.marketplaces:
        message = f"AWD is for sellers in the United States - at `{place}.awd`"
        raise BadScenario(message)
    if part.awd_minimum is not None and part.awd_maximum is not None and part.awd_minimum > part.awd_maximum:
        message = f"awd_minimum is more than awd_maximum - at `{place}.awd_minimum`"
        raise BadScenario(message)


def _all_known(place: str, said: Iterable[str], known: Iterable[str]) -> None:
    there = list(known)
    for one in said:
        if one not in there:
            message = f"There is no {one!r}; there are {', '.join(there) or 'none'} - at `{place}`"
            raise BadScenario(message)


def _once(place: str, said: Iterable[str]) -> None:
    seen = set[str]()
    for one in said:
        if one in seen:
            message = f"{one!r} stands twice - at `{place}`"
            raise BadScenario(message)
        seen.add(one)
