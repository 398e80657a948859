"""What happens to the catalog: items come in, more is said of them, and they become families."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.attributes import Attributes, encode, text
from sellingpartner.market.catalog.asins import asin_of
from sellingpartner.market.catalog.browse import classification_of_type, classification_path, display_group_of
from sellingpartner.market.catalog.describing import attributes_of, filled_in, of_product
from sellingpartner.market.catalog.identifiers import codes_of
from sellingpartner.market.catalog.indexing import index, index_anew
from sellingpartner.market.catalog.model import Item, ItemClassification, NewCatalogItem, NewItem
from sellingpartner.market.catalog.questions import item_of, item_to_change
from sellingpartner.market.catalog.ranks import weight_of
from sellingpartner.market.catalog.tables import identifiers, items, ranks
from sellingpartner.market.events.catalog import CatalogItemChanged, ItemProductTypeChanged
from sellingpartner.storage.prepared import Prepared
from sellingpartner.storage.unit import MARKET, UnitOfWork

Rows = list[dict[str, Any]]

_UNRANKED = 0.0
_insert_item, _insert_code, _insert_rank = (Prepared(table.insert()) for table in (items, identifiers, ranks))
_change = items.update().where(items.c.asin == bindparam("of_asin"))
_move = ranks.update().where(ranks.c.asin == bindparam("of_asin"))


class InvalidItem(InvalidInput):
    """What cannot be an item of the catalog; the message says why."""


def add_item(unit: UnitOfWork, new: NewItem) -> Item:
    """Add one item to the catalog; it is given its ASIN."""
    return item_of(unit, add_items(unit, [new])[0])


def add_items(unit: UnitOfWork, new: Sequence[NewItem]) -> list[str]:
    """Add many items in plain values at once; their ASINs are returned in the same order."""
    default: tuple[str, ...] = tuple(MARKETPLACES)
    if unit.seller_id != MARKET:
        default = tuple(one.marketplace_id for one in participations_of(unit, unit.seller_id))
    described = []
    for item in new:
        marketplaces = item.marketplaces or default
        described.append(
            NewCatalogItem(
                product_type=item.product_type,
                attributes=attributes_of(item, marketplaces),
                marketplaces=marketplaces,
                classification_id=item.browse_node_id,
                parent_asin=item.parent_asin,
                variation_theme=item.variation_theme,
                popularity=1 / item.sales_rank if item.sales_rank else _UNRANKED,
            )
        )
    return create_items(unit, described)


def create_item(unit: UnitOfWork, new: NewCatalogItem) -> str:
    """Bring an item into the catalog and say so; returns its ASIN. Raises `InvalidItem`, `InvalidIdentifier`."""
    (asin,) = create_items(unit, [new])
    for marketplace_id in new.marketplaces:
        _say(unit, asin, marketplace_id, new.attributes)
    return asin


def create_items(unit: UnitOfWork, new: Sequence[NewCatalogItem]) -> list[str]:
    """Bring many items into the catalog at once, of which nobody is told; their ASINs are in the same order.

    An item may name as its parent one that comes before it in the catalog.
    """
    if not new:
        return []
    # The catalog is one for all sellers, so its numbers are the market's, whoever's unit this is.
    market = unit.beside()
    first = market.next_number("catalog_items", len(new))
    asins = [asin_of(unit.seed, first + index) for index in range(len(new))]
    item_rows: Rows = []
    code_rows: Rows = []
    rank_rows: Rows = []
    described: list[Attributes] = []
    for number, (asin, item) in enumerate(zip(asins, new, strict=True), first):
        _check(item)
        attributes = of_product(item.attributes)
        item_rows.append(_item_row(unit, asin, number, item, attributes))
        code_rows += [{"code": code, "asin": asin} for code in codes_of(attributes)]
        rank_rows += _rank_rows(unit, asin, item)
        described.append(attributes)
    _insert_item.run_many(unit.connection, item_rows)
    _insert_code.run_many(unit.connection, code_rows)
    _insert_rank.run_many(unit.connection, rank_rows)
    index(unit.connection, zip(item_rows, described, strict=True))
    return asins


def contribute(unit: UnitOfWork, asin: str, marketplace_id: str, attributes: Attributes) -> None:
    """What a seller says of a product fills in what the catalog does not say of it in that marketplace.

    Nothing that stands is changed by it. An item that the marketplace did not have comes into it. Raises `NotFound`.
    """
    item = item_to_change(unit, asin)
    filled = filled_in(item.attributes, of_product(attributes), marketplace_id)
    changed = {name: said for name, said in filled.items() if said != item.attributes.get(name)}
    if not changed and item.is_in(marketplace_id):
        return
    values: dict[str, Any] = {"attributes": encode(filled)}
    if not item.is_in(marketplace_id):
        values["marketplaces"] = (*item.marketplaces, marketplace_id)
        _insert_rank.run(unit.connection, _rank_row(asin, marketplace_id, item, _UNRANKED))
    standing = codes_of(item.attributes)
    fresh = [{"code": code, "asin": asin} for code in codes_of(filled) if code not in standing]
    _insert_code.run_many(unit.connection, fresh)
    _store(unit, item, values)
    if changed:
        index_anew(unit.connection, item, item.product_type, item.classification_id, filled)
    _say(unit, asin, marketplace_id, changed)


def relate(unit: UnitOfWork, parent: str, child: str, theme: str) -> None:
    """Make an item a variation of another one; raises `NotFound`, and `InvalidItem` for what cannot be a family."""
    held = {asin: item_to_change(unit, asin) for asin in sorted({parent, child})}
    above, below = held[parent], held[child]
    if parent == child or above.parent_asin is not None:
        message = (
            f"{parent} cannot be the parent of {child}: it is {'the same item' if parent == child else 'a child'}."
        )
        raise InvalidItem(message)
    if below.item_classification is ItemClassification.VARIATION_PARENT:
        message = f"{child} cannot be the child of {parent}: it is a parent itself."
        raise InvalidItem(message)
    is_parent = above.item_classification is ItemClassification.VARIATION_PARENT
    if not is_parent or above.variation_theme != theme:
        kind = ItemClassification.VARIATION_PARENT.value
        _store(unit, above, {"item_classification": kind, "variation_theme": theme})
        unit.execute(_move.values(display_group=""), {"of_asin": parent})
    if (below.parent_asin, below.variation_theme) != (parent, theme):
        _store(unit, below, {"parent_asin": parent, "variation_theme": theme})
        for marketplace_id in below.marketplaces:
            _say(unit, child, marketplace_id, {"variation_theme": []})


def set_product_type(unit: UnitOfWork, asin: str, product_type: str) -> None:
    """Put an item under another product type; nothing happens if it is under it already. Raises `NotFound`."""
    item = item_to_change(unit, asin)
    if item.product_type == product_type:
        return
    classification_id = classification_of_type(product_type)
    _store(unit, item, {"product_type": product_type, "classification_id": classification_id})
    is_parent = item.item_classification is ItemClassification.VARIATION_PARENT
    group = None if is_parent else display_group_of(classification_id)
    moved = {"display_group": group or "", "classification_id": classification_id or ""}
    unit.execute(_move.values(moved), {"of_asin": asin})
    index_anew(unit.connection, item, product_type, classification_id, item.attributes)
    for marketplace_id in item.marketplaces:
        unit.emit(
            ItemProductTypeChanged(
                asin=asin, marketplace_id=marketplace_id, previous=item.product_type, current=product_type
            )
        )


def _check(new: NewCatalogItem) -> None:
    if not new.marketplaces or (unknown := [one for one in new.marketplaces if one not in MARKETPLACES]):
        found = "none is named" if not new.marketplaces else f"{', '.join(unknown)} is none"
        message = f"An item is in one marketplace or more: {found}."
        raise InvalidItem(message)
    if new.classification_id is not None and not classification_path(new.classification_id):
        message = f"The browse tree has no classification {new.classification_id}."
        raise InvalidItem(message)


def _item_row(unit: UnitOfWork, asin: str, number: int, new: NewCatalogItem, attributes: Attributes) -> dict[str, Any]:
    return {
        "asin": asin,
        "number": number,
        "product_type": new.product_type,
        "brand": text(attributes, "brand", new.marketplaces[0]) or "",
        "marketplaces": new.marketplaces,
        "parent_asin": new.parent_asin,
        "variation_theme": new.variation_theme,
        "classification_id": _place_of(new),
        "item_classification": new.item_classification.value,
        "vendor": new.vendor,
        "added_at": unit.now,
        "updated_at": unit.now,
        "attributes": encode(attributes),
    }


def _place_of(new: NewCatalogItem) -> str | None:
    return new.classification_id or classification_of_type(new.product_type)


def _rank_rows(unit: UnitOfWork, asin: str, new: NewCatalogItem) -> Rows:
    score = weight_of(new.popularity, unit.now) if new.popularity else _UNRANKED
    described = msgspec.structs.replace(new, classification_id=_place_of(new))
    return [_rank_row(asin, marketplace_id, described, score) for marketplace_id in new.marketplaces]


def _rank_row(asin: str, marketplace_id: str, item: NewCatalogItem | Item, score: float) -> dict[str, Any]:
    is_parent = item.item_classification is ItemClassification.VARIATION_PARENT
    return {
        "asin": asin,
        "marketplace_id": marketplace_id,
        "display_group": "" if is_parent else display_group_of(item.classification_id) or "",
        "classification_id": item.classification_id or "",
        "score": score,
        "featured": 0,
    }


def _store(unit: UnitOfWork, item: Item, values: dict[str, Any]) -> None:
    unit.execute(_change.values(**values, updated_at=unit.now), {"of_asin": item.asin})


def _say(unit: UnitOfWork, asin: str, marketplace_id: str, attributes: Attributes) -> None:
    unit.emit(CatalogItemChanged(asin=asin, marketplace_id=marketplace_id, attributes=tuple(sorted(attributes))))
