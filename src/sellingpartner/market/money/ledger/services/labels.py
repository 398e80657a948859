"""Labels: what the carrier is paid for one, what it pays back, and what it asks for once it has weighed the parcel.

And what Amazon pays for a parcel that was lost or came to harm.
"""

from __future__ import annotations

from sellingpartner.market.events.shipping import ClaimDecided, LabelAdjusted, LabelBought, LabelRefunded
from sellingpartner.market.money.ledger.model import EntryDetail, EntryKind, NewEntry, to_seller
from sellingpartner.market.money.ledger.posting import post
from sellingpartner.storage.unit import UnitOfWork, on


@on(LabelBought)
def post_label(unit: UnitOfWork, fact: LabelBought) -> None:
    """Charge the seller for a label at once."""
    source = f"label:{fact.shipment_id}"
    _post(unit, fact, EntryKind.LABEL, source, "PostageBilling_Postage", -fact.cost_minor)


@on(LabelRefunded)
def post_label_refund(unit: UnitOfWork, fact: LabelRefunded) -> None:
    """Give back what a label cost that was not used; a refusal gives nothing."""
    source = f"label-refund:{fact.shipment_id}"
    _post(unit, fact, EntryKind.LABEL_REFUND, source, "PostageRefund_Postage", fact.refunded_minor)


@on(LabelAdjusted)
def post_label_adjustment(unit: UnitOfWork, fact: LabelAdjusted) -> None:
    """Charge the difference that the carrier found."""
    source = f"label-adjustment:{fact.shipment_id}"
    _post(unit, fact, EntryKind.LABEL_ADJUSTMENT, source, "PostageBilling_PostageAdjustment", -fact.added_minor)


@on(ClaimDecided)
def post_claim(unit: UnitOfWork, fact: ClaimDecided) -> None:
    """Pay for a parcel that was lost or came to harm, where the claim for it is accepted."""
    source = f"label-claim:{fact.claim_id}"
    _post(unit, fact, EntryKind.LABEL_CLAIM, source, "LostOrDamagedReimbursement", fact.paid_minor)


def _post(
    unit: UnitOfWork,
    fact: LabelBought | LabelRefunded | LabelAdjusted | ClaimDecided,
    kind: EntryKind,
    source: str,
    component: str,
    minor: int,
) -> None:
    """The order is known of, as a settlement names it; no other view does."""
    if not minor:
        return
    post(
        unit,
        NewEntry(
            kind=kind,
            source=source,
            currency=fact.currency,
            legs=(to_seller(component, minor),),
            detail=EntryDetail(description=component, shipment_id=fact.shipment_id),
            order_id=fact.order_id,
        ),
    )
