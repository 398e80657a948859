"""What sellers do about what they send to Amazon, and whose work it is when its time has come."""

from __future__ import annotations

from sellingpartner.market.inbound.compliance import set_compliance
from sellingpartner.market.inbound.creating import create_plan
from sellingpartner.market.inbound.item_labels import order_labels
from sellingpartner.market.inbound.plans import cancel, rename
from sellingpartner.market.inbound.preparing import set_preps

__all__ = ["cancel", "create_plan", "order_labels", "rename", "set_compliance", "set_preps"]
