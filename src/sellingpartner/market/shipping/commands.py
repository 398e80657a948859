"""What happens to labels and parcels: they are bought, given back, moved."""

from __future__ import annotations

from sellingpartner.market.shipping.buying.buying import buy
from sellingpartner.market.shipping.buying.purchasing import purchase, purchase_at_once, purchase_directly
from sellingpartner.market.shipping.buying.voiding import cancel, void
from sellingpartner.market.shipping.buying.weighing import adjust
from sellingpartner.market.shipping.claiming.claiming import file_claim
from sellingpartner.market.shipping.collecting.forming import make_form
from sellingpartner.market.shipping.own_accounts.linking import link, unlink
from sellingpartner.market.shipping.parcels.tracking import delay, move
from sellingpartner.market.shipping.parcels.undelivered import answer
from sellingpartner.market.shipping.store import save_settings

__all__ = [
    "adjust",
    "answer",
    "buy",
    "cancel",
    "delay",
    "file_claim",
    "link",
    "make_form",
    "move",
    "purchase",
    "purchase_at_once",
    "purchase_directly",
    "save_settings",
    "unlink",
    "void",
]
