"""TRANSACTION_UPDATE: something was posted to the ledger that the seller is shown.

Assumed: what is held is told of as it is posted, and again as it is released; what is charged in no marketplace is told
of the one whose calendar its currency keeps.
"""

from __future__ import annotations

from functools import partial

from sellingpartner.contract.notifications import transaction_update as wire
from sellingpartner.market.amounts import Money
from sellingpartner.market.events.money import TransactionPosted
from sellingpartner.market.money.ledger.model import EntryKind
from sellingpartner.market.money.ledger.questions import home_of
from sellingpartner.market.notifications.telling import tell
from sellingpartner.storage.unit import UnitOfWork, on

_ACCOUNT = "Standard Orders"


@on(TransactionPosted)
def tell_of_transaction(unit: UnitOfWork, fact: TransactionPosted) -> None:
    """A transaction is there."""
    tell(unit, "TRANSACTION_UPDATE", partial(_content, unit.seller_id, fact))


def _content(seller_id: str, fact: TransactionPosted) -> wire.TransactionUpdateNotification:
    minor = -fact.total_minor if fact.kind == EntryKind.TRANSFER else fact.total_minor
    named = [wire.RelatedIdentifier(related_identifier_name="OrderId", related_identifier_value=fact.order_id or "")]
    return wire.TransactionUpdateNotification(
        selling_partner_metadata=wire.SellingPartnerMetadata(
            selling_partner_id=seller_id,
            marketplace_id=fact.marketplace_id or home_of(fact.currency).marketplace_id,
            account_type=_ACCOUNT,
        ),
        related_identifiers=named if fact.order_id else [],
        transaction_type=fact.transaction_type,
        posted_date=fact.posted_at,
        total_amount=wire.TotalAmount(currency_amount=Money(minor, fact.currency).decimal, currency_code=fact.currency),
    )
