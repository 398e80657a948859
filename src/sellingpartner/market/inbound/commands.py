"""What sellers do about what they send to Amazon, and whose work it is when its time has come."""

from __future__ import annotations

from sellingpartner.market.inbound.by_hand import lose_by_hand, receive_by_hand
from sellingpartner.market.inbound.items.compliance import set_compliance
from sellingpartner.market.inbound.items.preparing import set_preps
from sellingpartner.market.inbound.packing.boxes import set_packing
from sellingpartner.market.inbound.packing.offering import confirm as confirm_packing
from sellingpartner.market.inbound.packing.offering import generate as generate_packing
from sellingpartner.market.inbound.papers import lading
from sellingpartner.market.inbound.papers.item_labels import order_labels
from sellingpartner.market.inbound.placement import placing
from sellingpartner.market.inbound.planning.creating import create_plan
from sellingpartner.market.inbound.planning.plans import cancel, rename
from sellingpartner.market.inbound.receiving import defects, missing, traveling, unpacking
from sellingpartner.market.inbound.receiving.defect_kinds import Flaw
from sellingpartner.market.inbound.receiving.rules import Harm
from sellingpartner.market.inbound.sending import arriving, changing, contents, docking, tracking, transporting
from sellingpartner.market.inbound.sending.telling import tell_contents

CARRIED_OUT = (
    placing,
    transporting,
    arriving,
    docking,
    changing,
    contents,
    tracking,
    lading,
    traveling,
    unpacking,
    missing,
    defects,
)
"""Whose operations and papers are known by importing them."""

__all__ = [
    "Flaw",
    "Harm",
    "cancel",
    "confirm_packing",
    "create_plan",
    "generate_packing",
    "lose_by_hand",
    "order_labels",
    "receive_by_hand",
    "rename",
    "set_compliance",
    "set_packing",
    "set_preps",
    "tell_contents",
]
