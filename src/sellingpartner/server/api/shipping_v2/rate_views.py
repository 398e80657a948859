"""Rates as the API shows them.

Most of a rate is the same for every parcel: its papers, and what may be bought besides. That is written once for each
service, as JSON, and what a carrier asks by whichever of its services is shown once for each request.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any, cast

import msgspec

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.model import Order
from sellingpartner.market.shipping.carriers.inputs import wants_inputs
from sellingpartner.market.shipping.carriers.measures import WeightUnit
from sellingpartner.market.shipping.carriers.services import Carrier, Offered
from sellingpartner.market.shipping.labels.papers import forms_of, papers_of
from sellingpartner.market.shipping.rating.confirming import GROUP, GROUP_ID, additions_of
from sellingpartner.market.shipping.rating.eligibility import Reason, Rejection
from sellingpartner.market.shipping.rating.quoting import Quote, Toll
from sellingpartner.market.shipping.rating.requests import Asked
from sellingpartner.server.api.shipping_v2.views import benefits, currency
from sellingpartner.server.gateway.encode import to_json

_CODES = {
    Reason.NO_COVERAGE: v2.IneligibilityReasonCode.NO_COVERAGE,
    Reason.POST_BOX: v2.IneligibilityReasonCode.NO_COVERAGE,
    Reason.WEIGHT: v2.IneligibilityReasonCode.WEIGHT_RESTRICTIONS,
    Reason.SIZE: v2.IneligibilityReasonCode.SIZE_RESTRICTIONS,
    Reason.LATE: v2.IneligibilityReasonCode.LATE_DELIVERY,
    Reason.PROGRAM: v2.IneligibilityReasonCode.PROGRAM_CONSTRAINTS,
    Reason.PRODUCTS: v2.IneligibilityReasonCode.PROGRAM_CONSTRAINTS,
    Reason.OPTION: v2.IneligibilityReasonCode.UNSUPPORTED_VAS,
    Reason.TERMS: v2.IneligibilityReasonCode.TERMS_AND_CONDITIONS_NOT_ACCEPTED,
    Reason.UNAVAILABLE: v2.IneligibilityReasonCode.UNKNOWN,
}
"""Assumed: Amazon was seen to give UNKNOWN for all; the published codes are used as their names say."""

_GRAMS_IN_POUND = Decimal("453.59237")
_CENT = Decimal("0.01")
_TYPES = v2.RateItemType


class RateView:
    """The rates of one request."""

    def __init__(self, asked: Asked, order: Order | None) -> None:
        self._asked = asked
        self._accounts = dict(asked.wish.accounts)
        self._is_metric = asked.wish.weight.unit is WeightUnit.GRAMS
        self._promised = None if order is None else order.latest_delivery_at
        self._tolls: dict[str, _TollView] = {}
        self._weights: dict[int, v2.Weight] = {}

    def rate(self, quoted: Quote) -> v2.Rate:
        """A service as it is offered."""
        carrier, service = quoted.offered.carrier, quoted.offered.service
        alike = _alike(quoted.offered)
        toll = self._tolls.get(carrier.carrier_id) or self._toll(carrier, quoted.toll)
        arrives = quoted.arrives
        return v2.Rate(
            rate_id=self._asked.rate_id(service.service_id),
            carrier_id=carrier.carrier_id,
            carrier_name=carrier.name,
            service_id=service.service_id,
            service_name=service.name,
            billed_weight=self._weights.get(quoted.billed_grams) or self._weight(quoted.billed_grams),
            total_charge=currency(quoted.total),
            promise=v2.Promise(
                pickup_window=toll.pickup, delivery_window=v2.TimeWindow(start=arrives.earliest, end=arrives.latest)
            ),
            supported_document_specifications=alike.specifications,
            available_value_added_service_groups=alike.groups,
            requires_additional_inputs=alike.requires_inputs,
            rate_item_list=[_item(v2.RateItemID.BASE_RATE, quoted.base), *toll.items],
            payment_type=toll.payment,
            benefits=toll.late_benefits if self._promised and arrives.latest > self._promised else toll.benefits,
        )

    def _toll(self, carrier: Carrier, toll: Toll) -> _TollView:
        is_own = carrier.carrier_id in self._accounts
        items = [_item(v2.RateItemID.DECLARED_VALUE, toll.insurance)]
        if toll.cash is not None:
            items.append(_item(v2.RateItemID.COD, toll.cash))
        # Assumed: what is paid to the carrier is the carrier's to answer for, not Amazon's.
        has_benefits = self._promised is not None and not is_own
        shown = self._tolls[carrier.carrier_id] = _TollView(
            pickup=v2.TimeWindow(start=toll.leaves_at, end=toll.leaves_at),
            items=items,
            payment=v2.PaymentType.PAY_DIRECT_TO_CARRIER if is_own else v2.PaymentType.PAY_THROUGH_AMAZON,
            benefits=benefits(is_included=True) if has_benefits else None,
            late_benefits=benefits(is_included=False) if has_benefits else None,
        )
        return shown

    def _weight(self, grams: int) -> v2.Weight:
        shown = self._weights[grams] = weight(grams, is_metric=self._is_metric)
        return shown


class _TollView(msgspec.Struct, frozen=True, kw_only=True):
    """What the rates of a carrier say alike for one parcel."""

    pickup: v2.TimeWindow
    items: list[v2.RateItem]
    payment: v2.PaymentType
    benefits: v2.Benefits | None
    late_benefits: v2.Benefits | None


class _Alike(msgspec.Struct, frozen=True, kw_only=True):
    """What all rates of a service say alike."""

    specifications: list[v2.SupportedDocumentSpecification]
    groups: list[v2.AvailableValueAddedServiceGroup]
    requires_inputs: bool


@cache
def _alike(offered: Offered) -> _Alike:
    return _Alike(
        specifications=_written(_specifications(offered)),
        groups=_written(_groups(offered.carrier)),
        requires_inputs=wants_inputs(offered),
    )


def _written(shown: list[Any]) -> list[Any]:
    """The same as JSON, which is copied as it is into whatever it becomes a part of."""
    return cast("list[Any]", msgspec.Raw(to_json(shown)))


def ineligible(rejection: Rejection) -> v2.IneligibleRate:
    """A service that does not take the parcel, and why."""
    carrier, service = rejection.offered.carrier, rejection.offered.service
    return v2.IneligibleRate(
        service_id=service.service_id,
        service_name=service.name,
        carrier_name=carrier.name,
        carrier_id=carrier.carrier_id,
        ineligibility_reasons=[v2.IneligibilityReason(code=_CODES[rejection.reason], message=rejection.message)],
    )


def weight(grams: int, *, is_metric: bool) -> v2.Weight:
    """A weight in grams or in pounds."""
    if is_metric:
        return v2.Weight(unit=v2.WeightUnit.GRAM, value=Decimal(grams))
    return v2.Weight(unit=v2.WeightUnit.POUND, value=(Decimal(grams) / _GRAMS_IN_POUND).quantize(_CENT))


def _item(name: v2.RateItemID, sum_: Money) -> v2.RateItem:
    """A part of a total."""
    return v2.RateItem(
        rate_item_id=name,
        rate_item_type=_TYPES.MANDATORY if sum_.minor else _TYPES.INCLUDED,
        rate_item_charge=currency(sum_),
    )


def _groups(carrier: Carrier) -> list[v2.AvailableValueAddedServiceGroup]:
    """What may be bought besides."""
    known = additions_of(carrier)
    if not known:
        return []
    return [
        v2.AvailableValueAddedServiceGroup(
            group_id=GROUP_ID,
            group_description=GROUP,
            is_required=carrier.asks_confirmation,
            value_added_services=[
                v2.ValueAddedService(id=one.id, name=one.name, cost=currency(Money(one.minor, carrier.currency)))
                for one in known
            ],
        )
    ]


def _specifications(offered: Offered) -> list[v2.SupportedDocumentSpecification]:
    """The papers, and the forms in which they are printed."""
    details = [
        v2.SupportedDocumentDetail(name=v2.DocumentType(name), is_mandatory=is_needed)
        for name, is_needed in papers_of(offered)
    ]
    return [
        v2.SupportedDocumentSpecification(
            format=v2.DocumentFormat(form.format),
            size=v2.DocumentSize(
                width=Decimal(str(form.size[0])),
                length=Decimal(str(form.size[1])),
                unit=v2.DocumentSizeUnit(form.size[2]),
            ),
            print_options=[
                v2.PrintOption(
                    supported_dpis=list(form.dpis),
                    supported_page_layouts=list(form.layouts),
                    supported_file_joining_options=[True, False],
                    supported_document_details=details,
                )
            ],
        )
        for form in forms_of(offered.carrier)
    ]
