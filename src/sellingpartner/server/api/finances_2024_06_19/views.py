"""A transaction in Amazon's words."""

from __future__ import annotations

from datetime import datetime

from sellingpartner.contract import finances_2024_06_19 as v2024
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.amounts import Money
from sellingpartner.market.money.finances.breakdowns import Branch, sales_and_expenses, total_of, tree_of
from sellingpartner.market.money.finances.origins import adjustment_item_id, shipment_id
from sellingpartner.market.money.finances.transactions import Transaction, TransactionStatus
from sellingpartner.market.money.ledger.model import EntryKind, EntryLine
from sellingpartner.market.money.ledger.questions import transaction_id_of
from sellingpartner.storage.unit import UnitOfWork

_Name, _ItemName = v2024.RelatedIdentifierName, v2024.ItemRelatedIdentifierName
_PAYOUTS = frozenset({EntryKind.TRANSFER, EntryKind.ON_DEMAND, EntryKind.FAILED_ON_DEMAND, EntryKind.FAILED_TRANSFER})


def transaction_view(unit: UnitOfWork, one: Transaction) -> v2024.Transaction:
    """A transaction with its items, each with its parts."""
    entry = one.event.entry
    market = MARKETPLACES.get(entry.marketplace_id or "")
    return v2024.Transaction(
        selling_partner_metadata=v2024.SellingPartnerMetadata(
            selling_partner_id=unit.seller_id, account_type=entry.account_type, marketplace_id=entry.marketplace_id
        ),
        related_identifiers=[
            v2024.RelatedIdentifier(related_identifier_name=name, related_identifier_value=value)
            for name, value in _related(unit, one)
        ],
        transaction_type=one.transaction_type,
        transaction_id=transaction_id_of(unit, one.event.counted.entry_id),
        transaction_status=one.status.value,
        description=one.description,
        posted_date=_second(one.event.posted_at),
        total_amount=amount(total_of(entry), entry.currency),
        marketplace_details=v2024.MarketplaceDetails(marketplace_id=market.marketplace_id, marketplace_name=market.name)
        if market
        else None,
        items=[_item(unit, one, number, line) for number, line in enumerate(entry.detail.lines, start=1)],
        contexts=_contexts(one),
        breakdowns=[_two_levels(part, entry.currency) for part in sales_and_expenses(tree_of(one.event.legs))],
    )


def amount(minor: int, currency: str) -> v2024.Currency:
    """An amount."""
    return v2024.Currency(currency_code=currency, currency_amount=Money(minor, currency).decimal)


def _related(unit: UnitOfWork, one: Transaction) -> list[tuple[v2024.RelatedIdentifierName, str]]:
    entry, detail, counted = one.event.entry, one.event.entry.detail, one.event.counted
    found: list[tuple[v2024.RelatedIdentifierName, str | None]] = []
    if entry.order_id is not None and entry.kind not in _OF_LABELS:
        found.append((_Name.ORDER_ID, entry.order_id))
        if detail.shipment_id is not None:
            found.append((_Name.SHIPMENT_ID, shipment_id(unit, entry.order_id, detail.shipment_id)))
    found.append((_Name.REFUND_ID, detail.refund_id))
    if one.period is not None:
        found.append((_Name.FINANCIAL_EVENT_GROUP_ID, one.period.group_id))
        if not one.period.is_open:
            found.append((_Name.SETTLEMENT_ID, str(one.period.settlement_id)))
    if entry.kind in _PAYOUTS and detail.payout_id is not None:
        found.append((_Name.DISBURSEMENT_ID, str(detail.payout_id)))
    if one.released_by is not None:
        found.append((_Name.RELEASE_TRANSACTION_ID, transaction_id_of(unit, one.released_by)))
    if counted.entry_id != entry.entry_id:
        found.append((_Name.DEFERRED_TRANSACTION_ID, transaction_id_of(unit, entry.entry_id)))
    return [(name, value) for name, value in found if value]


_SHIPMENTS = frozenset({EntryKind.SALE, EntryKind.MULTI_CHANNEL})
_OF_LABELS = frozenset({EntryKind.LABEL, EntryKind.LABEL_REFUND, EntryKind.LABEL_ADJUSTMENT, EntryKind.LABEL_CLAIM})


def _item(unit: UnitOfWork, one: Transaction, number: int, line: EntryLine) -> v2024.Item:
    """A line; a sale's is known by its order item, any other by a number of its own."""
    entry = one.event.entry
    legs = [leg for leg in one.event.legs if leg.line == number]
    own = line.order_item_id if entry.kind in _SHIPMENTS else ""
    return v2024.Item(
        description=line.sku or None,
        related_identifiers=[
            v2024.ItemRelatedIdentifier(
                item_related_identifier_name=_ItemName.ORDER_ADJUSTMENT_ITEM_ID,
                item_related_identifier_value=own or adjustment_item_id(unit, entry.entry_id, number),
            )
        ],
        total_amount=amount(sum(leg.effect for leg in legs), entry.currency),
        breakdowns=[_to_its_ends(part, entry.currency) for part in tree_of(legs)],
        contexts=[
            v2024.Context(
                context_type="ProductContext",
                asin=line.asin or None,
                sku=line.sku or None,
                quantity_shipped=line.quantity,
                fulfillment_network=entry.detail.fulfillment or None,
            )
        ],
    )


def _to_its_ends(branch: Branch, currency: str) -> v2024.Breakdown:
    """A part with its own parts; the base of a fee, and the tax on it, say nothing of parts."""
    parts = [_to_its_ends(part, currency) for part in branch.parts.values()]
    return v2024.Breakdown(
        breakdown_type=branch.name,
        breakdown_amount=amount(branch.minor, currency),
        breakdowns=None if branch.splits_fee else parts,
    )


def _two_levels(branch: Branch, currency: str) -> v2024.Breakdown:
    """One of the two sums of a transaction, and its parts without theirs."""
    return v2024.Breakdown(
        breakdown_type=branch.name,
        breakdown_amount=amount(branch.minor, currency),
        breakdowns=[
            v2024.Breakdown(breakdown_type=part.name, breakdown_amount=amount(part.minor, currency))
            for part in branch.parts.values()
        ],
    )


def _contexts(one: Transaction) -> list[v2024.Context]:
    found = []
    if one.hold is not None and one.status is not TransactionStatus.RELEASED:
        found.append(
            v2024.Context(
                context_type="DeferredContext",
                deferral_reason=one.hold.reason,
                maturity_date=_second(one.hold.matures_at),
            )
        )
    if one.event.entry.kind == EntryKind.TRANSFER:
        found.append(
            v2024.Context(
                context_type="PaymentsContext",
                payment_type="Disbursement",
                payment_method="BankAccount",
                payment_date=_second(one.event.posted_at),
            )
        )
    return found


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
