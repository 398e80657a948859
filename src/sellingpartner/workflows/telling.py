"""The buyer is written to, where Amazon allows it, and never twice for a package."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sellingpartner.contract.errors import SellingPartnerError
from sellingpartner.contract.messaging_v1 import CreateConfirmDeliveryDetails, GetMessagingActionsForOrder
from sellingpartner.workflows.journal import TELLING, TOLD, UNTOLD, Entry, Journal
from sellingpartner.workflows.model import Handed, ToShip
from sellingpartner.workflows.steps import Steps, ask

Tell = Callable[[ToShip, Handed], str | None]
"""What to write to the buyer about a delivery; None for nothing."""

_MESSAGE = "confirmDeliveryDetails"


class Told(msgspec.Struct, frozen=True):
    """Whether the buyer was written to, and why not."""

    is_told: bool
    words: str


def tell_buyer(parcel: ToShip, handed: Handed, entry: Entry, tell: Tell, journal: Journal) -> Steps[Told]:
    """Write to the buyer, if it is allowed now; a refusal does not undo what was shipped."""
    if entry.told != UNTOLD:
        return Told(entry.told == TOLD, "the buyer was written to" if entry.told == TOLD else "the buyer may have been")
    text = tell(parcel, handed)
    if text is None:
        return Told(is_told=False, words="nothing to tell the buyer")
    here = [parcel.marketplace_id]
    try:
        allowed = yield from ask(GetMessagingActionsForOrder(amazon_order_id=parcel.order_id, marketplace_ids=here))
        names = [one.name for one in allowed.links.actions] if allowed.links else []
        if _MESSAGE not in names:
            return Told(is_told=False, words="the buyer may not be written to now")
        journal.note(parcel.order_id, parcel.reference, told=TELLING)
        yield from ask(CreateConfirmDeliveryDetails(amazon_order_id=parcel.order_id, marketplace_ids=here, text=text))
    except SellingPartnerError as refusal:
        return Told(is_told=False, words=f"the buyer was not told: {refusal}")
    journal.note(parcel.order_id, parcel.reference, told=TOLD)
    return Told(is_told=True, words="the buyer is told")
