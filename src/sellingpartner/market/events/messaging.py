"""What sellers and buyers tell each other."""

from __future__ import annotations

from sellingpartner.storage.events import Event


class MessageSent(Event):
    """The seller wrote to the buyer of an order."""

    order_id: str
    marketplace_id: str
    message_id: int
    kind: str


class BuyerAnswered(Event):
    """The buyer of an order wrote to the seller."""

    order_id: str
    marketplace_id: str
    message_id: int


class SolicitationSent(Event):
    """Amazon asked the buyer of an order for a review, as the seller wished."""

    order_id: str
    marketplace_id: str
    message_id: int
