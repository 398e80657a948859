"""Shipments, their papers and what Amazon stands for, as the API shows them."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime

from sellingpartner.contract import shipping_v2 as v2
from sellingpartner.market.amounts import Money
from sellingpartner.market.orders.model import Order
from sellingpartner.market.shipping.labels.documents import papers_of_shipment
from sellingpartner.market.shipping.model import Shipment

_CLAIMS = "CLAIMS_PROTECTED"


def currency(sum_: Money) -> v2.Currency:
    """An amount of money."""
    return v2.Currency(value=sum_.decimal, unit=sum_.currency)


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
