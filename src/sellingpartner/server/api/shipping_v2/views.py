"""Rates, shipments and their papers as the API shows them."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from decimal import Decimal
from functools import cache

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.model import Order
from sellingpartner.market.shipping.carriers import find_carrier, offered_in
from sellingpartner.market.shipping.confirming import GROUP, GROUP_ID, additions_of
from sellingpartner.market.shipping.eligibility import Reason, Rejection
from sellingpartner.market.shipping.inputs import wants_inputs
from sellingpartner.market.shipping.labels.documents import papers_of_shipment
from sellingpartner.market.shipping.measures import WeightUnit
from sellingpartner.market.shipping.model import Shipment
from sellingpartner.market.shipping.papers import forms_of, papers_of
from sellingpartner.market.shipping.quoting import Quote, insurance_charge
from sellingpartner.market.shipping.wishes import Wish

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

_CLAIMS = "CLAIMS_PROTECTED"
_GRAMS_IN_POUND = Decimal("453.59237")


def currency(sum_: Money) -> v2.Currency:
    """An amount of money."""
    return v2.Currency(value=sum_.decimal, unit=sum_.currency)


def rate_of(quoted: Quote, wish: Wish, rate_id: str, order: Order | None) -> v2.Rate:
    """A service as it is offered."""
    carrier, service = quoted.offered.carrier, quoted.offered.service
    is_late = order is not None and quoted.arrives.latest > order.latest_delivery_at
    is_own = wish.account_with(carrier.carrier_id) is not None
    return v2.Rate(
        rate_id=rate_id,
        carrier_id=carrier.carrier_id,
        carrier_name=carrier.name,
        service_id=service.service_id,
        service_name=service.name,
        billed_weight=weight(quoted.billed_grams, wish),
        total_charge=currency(quoted.total),
        promise=promise_of(quoted.leaves_at, quoted.arrives.earliest, quoted.arrives.latest),
        supported_document_specifications=_specifications(carrier.country, service.service_id),
        available_value_added_service_groups=_groups(carrier.country, carrier.carrier_id),
        requires_additional_inputs=wants_inputs(quoted.offered),
        rate_item_list=_items(quoted, wish),
        payment_type=v2.PaymentType.PAY_DIRECT_TO_CARRIER if is_own else v2.PaymentType.PAY_THROUGH_AMAZON,
        # Assumed: what is paid to the carrier is the carrier's to answer for, not Amazon's.
        benefits=None if order is None or is_own else benefits(is_included=not is_late),
    )


def benefits(*, is_included: bool) -> v2.Benefits:
    """What Amazon stands for: claims about a parcel of its order, as long as it is to arrive in time."""
    if is_included:
        return v2.Benefits(included_benefits=[_CLAIMS], excluded_benefits=[])
    late = v2.ExcludedBenefit(benefit=_CLAIMS, reason_codes=["LATE_DELIVERY_RISK"])
    return v2.Benefits(included_benefits=[], excluded_benefits=[late])


def benefits_of(shipment: Shipment) -> v2.Benefits | None:
    """What Amazon stands for with a bought label; nothing for what was sold elsewhere."""
    if shipment.order_id is None or shipment.bought.account_id is not None:
        return None
    return benefits(is_included=shipment.bought.is_protected and not shipment.bought.is_late)


def ineligible(rejection: Rejection) -> v2.IneligibleRate:
    """A service that does not take the parcel, and why."""
    carrier, service = rejection.offered.carrier, rejection.offered.service
    reason = v2.IneligibilityReason(code=_CODES[rejection.reason], message=rejection.message)
    return v2.IneligibleRate(
        service_id=service.service_id,
        service_name=service.name,
        carrier_name=carrier.name,
        carrier_id=carrier.carrier_id,
        ineligibility_reasons=[reason],
    )


def promise_of(leaves: datetime, earliest: datetime, latest: datetime) -> v2.Promise:
    """When a parcel leaves and when it arrives."""
    return v2.Promise(
        pickup_window=v2.TimeWindow(start=leaves, end=leaves), delivery_window=v2.TimeWindow(start=earliest, end=latest)
    )


def promise_bought(shipment: Shipment) -> v2.Promise:
    """The same, of what was bought."""
    bought = shipment.bought
    return promise_of(bought.leaves_at, bought.earliest_at, bought.latest_at)


def papers(shipment: Shipment, order: Order | None) -> v2.PackageDocumentDetail:
    """The papers of a shipment's package."""
    format_ = v2.DocumentFormat(shipment.label.format[:3])
    return v2.PackageDocumentDetail(
        package_client_reference_id=shipment.wish.reference,
        package_documents=[
            v2.PackageDocument(
                type=v2.DocumentType(kind), format=format_, contents=b64encode(document.content).decode()
            )
            for kind, document in papers_of_shipment(shipment, order)
        ],
        tracking_id=shipment.tracking_id,
    )


def weight(grams: int, wish: Wish) -> v2.Weight:
    """A weight in the units that its seller thinks in."""
    if wish.weight.unit is WeightUnit.GRAMS:
        return v2.Weight(unit=v2.WeightUnit.GRAM, value=Decimal(grams))
    pounds = (Decimal(grams) / _GRAMS_IN_POUND).quantize(Decimal("0.01"))
    return v2.Weight(unit=v2.WeightUnit.POUND, value=pounds)


def _items(quoted: Quote, wish: Wish) -> list[v2.RateItem]:
    """What the total is made of."""
    carrier = quoted.offered.carrier
    parts = {v2.RateItemID.BASE_RATE: quoted.base.minor}
    parts[v2.RateItemID.DECLARED_VALUE] = insurance_charge(carrier, wish.declared)
    if wish.to_collect is not None:
        parts[v2.RateItemID.COD] = carrier.cash or 0
    return [
        v2.RateItem(
            rate_item_id=name,
            rate_item_type=v2.RateItemType.MANDATORY if minor else v2.RateItemType.INCLUDED,
            rate_item_charge=currency(Money(minor, carrier.currency)),
        )
        for name, minor in parts.items()
    ]


@cache
def _groups(country: str, carrier_id: str) -> list[v2.AvailableValueAddedServiceGroup]:
    carrier = find_carrier(country, carrier_id)
    known = additions_of(carrier)
    if not known:
        return []
    services = [
        v2.ValueAddedService(id=one.id, name=one.name, cost=currency(Money(one.minor, carrier.currency)))
        for one in known
    ]
    return [
        v2.AvailableValueAddedServiceGroup(
            group_id=GROUP_ID,
            group_description=GROUP,
            is_required=carrier.asks_confirmation,
            value_added_services=services,
        )
    ]


@cache
def _specifications(country: str, service_id: str) -> list[v2.SupportedDocumentSpecification]:
    offered = next(one for one in offered_in(country) if one.service.service_id == service_id)
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
