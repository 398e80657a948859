"""LISTINGS_ITEM_STATUS_CHANGE, LISTINGS_ITEM_ISSUES_CHANGE and LISTINGS_ITEM_MFN_QUANTITY_CHANGE."""

from __future__ import annotations

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications import listings_item_issues_change_1_0 as issues_1_0
from sellingpartner.contract.notifications import listings_item_issues_change_2023_12_13 as issues_2023
from sellingpartner.contract.notifications.listings_item_mfn_quantity_change import (
    ListingsItemMfnQuantityChangeNotification,
)
from sellingpartner.contract.notifications.listings_item_status_change import (
    ListingsItemStatusChangeNotification,
    Status,
)
from sellingpartner.market.events.listings import ListingIssuesChanged, ListingStatusChanged, MerchantQuantityChanged
from sellingpartner.market.notifications.model import Subscription
from sellingpartner.market.notifications.subscriptions import wanting
from sellingpartner.market.notifications.telling import tell, tell_one
from sellingpartner.storage.unit import UnitOfWork, on

_ISSUES = "LISTINGS_ITEM_ISSUES_CHANGE"


@on(ListingStatusChanged)
def tell_of_status(unit: UnitOfWork, fact: ListingStatusChanged) -> None:
    """Buyers can find or buy something that they could not, or the other way round."""

    def content() -> Message:
        return ListingsItemStatusChangeNotification(
            seller_id=unit.seller_id,
            marketplace_id=fact.marketplace_id,
            asin=fact.asin,
            sku=fact.sku,
            created_date=fact.created_at,
            status=[Status(one) for one in fact.status],
        )

    tell(unit, "LISTINGS_ITEM_STATUS_CHANGE", content)


@on(ListingIssuesChanged)
def tell_of_issues(unit: UnitOfWork, fact: ListingIssuesChanged) -> None:
    """Other things are wrong with a listing than before."""
    for subscription in wanting(unit, _ISSUES, unit.seller_id):
        tell_one(unit, subscription, _issues(unit, subscription, fact))


@on(MerchantQuantityChanged)
def tell_of_quantity(unit: UnitOfWork, fact: MerchantQuantityChanged) -> None:
    """The seller said how many units it has of what it ships itself."""

    def content() -> Message:
        return ListingsItemMfnQuantityChangeNotification(
            seller_id=unit.seller_id,
            fulfillment_channel_code=fact.fulfillment_channel_code,
            sku=fact.sku,
            quantity=fact.quantity,
        )

    tell(unit, "LISTINGS_ITEM_MFN_QUANTITY_CHANGE", content)


def _issues(unit: UnitOfWork, subscription: Subscription, fact: ListingIssuesChanged) -> Message:
    severities = fact.severities or ("NONE",)
    if subscription.payload_version == "1.0":
        known = [one for one in fact.enforcement_actions if one in set(issues_1_0.EnforcementAction)]
        return issues_1_0.ListingsItemIssuesChangeNotification(
            seller_id=unit.seller_id,
            marketplace_id=fact.marketplace_id,
            asin=fact.asin,
            sku=fact.sku,
            severities=[issues_1_0.Severity(one) for one in severities],
            enforcement_actions=[issues_1_0.EnforcementAction(one) for one in known] or None,
        )
    return issues_2023.ListingsItemIssuesChangeNotification(
        seller_id=unit.seller_id,
        marketplace_id=fact.marketplace_id,
        asin=fact.asin,
        sku=fact.sku,
        severities=[issues_2023.Severity(one) for one in severities],
        enforcement_actions=list(fact.enforcement_actions) or None,
    )
