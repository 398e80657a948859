"""What a plan has to split, and how large its units are, by what the catalog says of its products."""

from __future__ import annotations

from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.questions import items_of as products_of
from sellingpartner.market.centers.model import Capability
from sellingpartner.market.inbound.items.unit_sizes import Unit, unit_of
from sellingpartner.market.inbound.model import Plan, PlanItem
from sellingpartner.market.inbound.packing.rules import DANGEROUS, OVERSIZE, handling_of
from sellingpartner.market.inbound.placement.splitting import Goods
from sellingpartner.market.inbound.store.packages import Among, boxes_of
from sellingpartner.market.inbound.store.plans import items_of
from sellingpartner.storage.unit import UnitOfWork

_ASKED = {OVERSIZE: Capability.OVERSIZE, DANGEROUS: Capability.DANGEROUS_GOODS}


def goods_in(unit: UnitOfWork, plan: Plan) -> tuple[Goods, dict[str, Unit | None]]:
    """What a plan has to split, and of each SKU how large a unit is; None where nobody knows."""
    items = items_of(unit, plan.plan_id)
    products = products_of(unit, {item.asin for item in items})
    goods = Goods(
        items=items,
        takes={item.msku: _takes(item, products[item.asin], plan.marketplace_id) for item in items},
        packing=plan.packing,
        boxes=tuple(boxes_of(unit, Among(plan.plan_id))) if plan.packing is not None else (),
    )
    return goods, {item.msku: unit_of(products[item.asin], plan.marketplace_id) for item in items}


def _takes(item: PlanItem, product: Item, marketplace_id: str) -> frozenset[Capability]:
    handling = handling_of(item, product, marketplace_id)
    found = frozenset(asked for word, asked in _ASKED.items() if word in handling)
    return found or frozenset({Capability.STANDARD})
