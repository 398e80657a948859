"""What sellers do about what they send to Amazon, and whose work it is when its time has come."""

from __future__ import annotations

from sellingpartner.market.inbound import (
    arriving,
    changing,
    contents,
    defects,
    docking,
    lading,
    missing,
    placing,
    receiving,
    tracking,
    transporting,
    traveling,
)
from sellingpartner.market.inbound.boxes import set_packing
from sellingpartner.market.inbound.by_hand import lose_by_hand, receive_by_hand
from sellingpartner.market.inbound.compliance import set_compliance
from sellingpartner.market.inbound.creating import create_plan
from sellingpartner.market.inbound.defect_kinds import Flaw
from sellingpartner.market.inbound.item_labels import order_labels
from sellingpartner.market.inbound.packing import confirm as confirm_packing
from sellingpartner.market.inbound.packing import generate as generate_packing
from sellingpartner.market.inbound.plans import cancel, rename
from sellingpartner.market.inbound.preparing import set_preps
from sellingpartner.market.inbound.receiving_rules import Harm
from sellingpartner.market.inbound.telling import tell_contents

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
    receiving,
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
