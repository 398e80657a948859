"""The offers of the program: what they take off, and what is to be delivered of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sellingpartner.contract import replenishment_2022_11_07 as v2022
from sellingpartner.market.amounts import Money
from sellingpartner.market.inventory.questions import stock_of
from sellingpartner.market.listings.model import FulfillmentChannel, ListingStatus, Record
from sellingpartner.market.subscriptions.model import Enrollment, Subscription
from sellingpartner.market.subscriptions.questions import deliveries_between, enrolled_in, subscriptions_in
from sellingpartner.server.api.replenishment_2022_11_07.reading import check_marketplace
from sellingpartner.server.gateway.handlers import handles
from sellingpartner.storage.unit import UnitOfWork

_Condition = v2022.Condition
_Key = v2022.ListOffersSortKey
_Discount = v2022.OfferProgramConfigurationPromotionsDiscountFunding
_Auto = v2022.AutoEnrollmentPreference
_NOTHING = _Discount(percentage=0.0)


class _Found(NamedTuple):
    """An offer of the program, and what is to be delivered of it."""

    record: Record
    enrolled: Enrollment
    eligibility: v2022.EligibilityStatus
    inventory: int
    active: int
    deliveries: dict[int, int]
    """By days from the present."""
    units: int
    """Of the next thirty days."""

    @property
    def conditions(self) -> dict[_Condition, int]:
        """How the deliveries of the next thirty days stand."""
        due = self.deliveries[30]
        if not due:
            return {}
        if self.eligibility is v2022.EligibilityStatus.INELIGIBLE:
            return {_Condition.NEXT_30_DAYS_DELIVERIES_PAUSED_NON_BUYABLE: due}
        if self.units > self.inventory:
            return {_Condition.NEXT_30_DAYS_DELIVERIES_AT_LOW_INVENTORY_RISK: due}
        return {_Condition.NO_ISSUES_FOR_NEXT_30_DAYS_DELIVERIES: due}


_SORTED: dict[v2022.ListOffersSortKey, Callable[[_Found], Any]] = {
    _Key.ASIN: lambda one: one.record.asin or "",
    _Key.SELLING_PARTNER_FUNDED_BASE_DISCOUNT_PERCENTAGE: lambda one: one.enrolled.percent,
    _Key.SELLING_PARTNER_FUNDED_TIERED_DISCOUNT_PERCENTAGE: lambda _: 0,
    _Key.AMAZON_FUNDED_BASE_DISCOUNT_PERCENTAGE: lambda _: 0,
    _Key.AMAZON_FUNDED_TIERED_DISCOUNT_PERCENTAGE: lambda _: 0,
    _Key.INVENTORY: lambda one: one.inventory,
    _Key.PRICE: lambda one: one.record.price_minor or 0,
    _Key.SUBSCRIPTION_COUNT: lambda one: one.active,
    _Key.FULFILLMENT_NETWORK_ID_TYPE: lambda one: one.record.fulfillment_channel,
}


@handles(v2022.ListOffers, reads=True)
def list_offers(unit: UnitOfWork, request: v2022.ListOffers) -> v2022.ListOffersResponse:
    """The offers that match all filters, sorted and page by page; by ASIN unless said."""
    said = request.filters
    check_marketplace(unit, said.marketplace_id)
    subscriptions: dict[str, list[Subscription]] = {}
    for one in subscriptions_in(unit, said.marketplace_id):
        subscriptions.setdefault(one.sku, []).append(one)
    offers = [
        _found(unit, record, enrolled, subscriptions.get(record.sku, ()))
        for record, enrolled in enrolled_in(unit, said.marketplace_id)
    ]
    found = sorted((one for one in offers if _matches(one, said)), key=_SORTED[_Key.ASIN])
    if request.sort is not None:
        found.sort(key=_SORTED[request.sort.key], reverse=request.sort.order is v2022.SortOrder.DESC)
    start = request.pagination.offset
    return v2022.ListOffersResponse(
        offers=[_offer(one) for one in found[start : start + request.pagination.limit]],
        pagination=v2022.PaginationResponse(total_results=len(found)),
    )


def _found(unit: UnitOfWork, record: Record, enrolled: Enrollment, subscriptions: Sequence[Subscription]) -> _Found:
    now = unit.now
    active = [one for one in subscriptions if one.canceled_at is None]
    month = now + timedelta(days=30)
    return _Found(
        record=record,
        enrolled=enrolled,
        eligibility=_eligibility(record, enrolled),
        inventory=stock_of(unit, record.sku, FulfillmentChannel(record.fulfillment_channel).place).available,
        active=len(active),
        deliveries={
            days: sum(deliveries_between(one, now, now + timedelta(days=days)) for one in active)
            for days in (15, 30, 60, 90)
        },
        units=sum(deliveries_between(one, now, month) * one.quantity for one in active),
    )


def _eligibility(record: Record, enrolled: Enrollment) -> v2022.EligibilityStatus:
    """Assumed: an offer that is not active is ineligible; one-time purchases are never blocked for subscribers."""
    if record.is_closed or record.status != ListingStatus.ACTIVE.value:
        return v2022.EligibilityStatus.INELIGIBLE
    return v2022.EligibilityStatus.SUSPENDED if enrolled.is_suspended else v2022.EligibilityStatus.ELIGIBLE


def _matches(one: _Found, said: v2022.ListOffersRequestFilters) -> bool:
    preferences = said.preferences.auto_enrollment if said.preferences is not None else None
    return (
        (not said.skus or one.record.sku in said.skus)
        and (not said.asins or one.record.asin in said.asins)
        and (not said.eligibilities or one.eligibility in said.eligibilities)
        and (not preferences or _Auto.OPTED_IN in preferences)
        and (said.promotions is None or _is_promoted(one, said.promotions))
        and (
            not said.deliveries_conditions
            or any(
                condition.value in {each.value for each in said.deliveries_conditions} for condition in one.conditions
            )
        )
    )


def _is_promoted(one: _Found, said: v2022.Promotion) -> bool:
    funded = {
        "selling_partner_funded_base_discount": one.enrolled.percent,
        "selling_partner_funded_tiered_discount": 0,
        "amazon_funded_base_discount": 0,
        "amazon_funded_tiered_discount": 0,
    }
    return all(
        (wanted := getattr(said, name)) is None or not wanted.percentage or percent in wanted.percentage
        for name, percent in funded.items()
    )


def _offer(one: _Found) -> v2022.ListOffersResponseOffer:
    """Differs: Amazon funds no discounts here; sellers fund one for each offer, and no tiers."""
    record, currency = one.record, one.record.price_currency or ""
    method = v2022.EnrollmentMethod.AUTOMATIC if one.enrolled.is_automatic else v2022.EnrollmentMethod.MANUAL
    return v2022.ListOffersResponseOffer(
        sku=record.sku,
        asin=record.asin,
        marketplace_id=record.marketplace_id,
        eligibility=one.eligibility,
        offer_program_configuration=v2022.OfferProgramConfiguration(
            preferences=v2022.OfferProgramConfigurationPreferences(auto_enrollment=_Auto.OPTED_IN),
            promotions=v2022.OfferProgramConfigurationPromotions(
                selling_partner_funded_base_discount=_Discount(percentage=float(one.enrolled.percent)),
                selling_partner_funded_tiered_discount=_NOTHING,
                amazon_funded_base_discount=_NOTHING,
                amazon_funded_tiered_discount=_NOTHING,
            ),
            enrollment_method=method,
        ),
        program_type=v2022.ProgramType.SUBSCRIBE_AND_SAVE,
        price=float(Money(record.price_minor or 0, currency).decimal),
        price_currency_code=currency,
        inventory=one.inventory,
        stock_risk="HIGH" if one.units > one.inventory else "LOW",
        deliveries_conditions=[
            v2022.DeliveriesCondition(condition=condition, next30_days_deliveries=due)
            for condition, due in one.conditions.items()
        ],
        subscriptions=one.active,
        fulfillment_network_id_type=record.fulfillment_channel,
        forecast_deliveries=v2022.ForecastDeliveries(
            next15_days_deliveries=one.deliveries[15],
            next30_days_deliveries=one.deliveries[30],
            next60_days_deliveries=one.deliveries[60],
            next90_days_deliveries=one.deliveries[90],
        ),
    )
