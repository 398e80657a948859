"""What others may ask of the catalog."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import BigInteger, ColumnElement, LargeBinary, bindparam, select, type_coerce

from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.catalog.browse import (
    BrowseTree,
    Category,
    browse_tree,
    children_by_node,
    classification_of_type,
    classification_path,
    display_group_of,
    group_name,
    types_by_node,
)
from sellingpartner.market.catalog.identifiers import Kind, normalized
from sellingpartner.market.catalog.model import Item, ItemClassification, VendorDetails
from sellingpartner.market.catalog.ranks import rank_of, ranks_of
from sellingpartner.market.catalog.search import Page, Query, asins_of, numbers_of, search
from sellingpartner.market.catalog.tables import identifiers, items
from sellingpartner.storage.columns import Instant, Json, instant_of
from sellingpartner.storage.kept import Kept
from sellingpartner.storage.prepared import Question
from sellingpartner.storage.several import Several
from sellingpartner.storage.unit import UnitOfWork

__all__ = [
    "BrowseTree",
    "Category",
    "ItemUnknown",
    "KeptItem",
    "Page",
    "Query",
    "asins_by_code",
    "asins_of",
    "browse_tree",
    "children_by_node",
    "children_of",
    "classification_of_type",
    "classification_path",
    "display_group_of",
    "found_item",
    "group_name",
    "item_as_kept",
    "item_of",
    "items_by_identifier",
    "items_of",
    "kept_item",
    "marketplaces_of",
    "numbers_of",
    "rank_of",
    "ranks_of",
    "search",
    "title_of",
    "types_by_node",
]

_this = items.c.asin == bindparam("asin")


class ItemUnknown(NotFound):
    """The catalog has no item under this ASIN."""

    def __init__(self, asin: str) -> None:
        super().__init__(f"The catalog has no item {asin}.")


def item_of(unit: UnitOfWork, asin: str) -> Item:
    """One item; raises `NotFound`."""
    item = found_item(unit, asin)
    if item is None:
        raise ItemUnknown(asin)
    return item


def found_item(unit: UnitOfWork, asin: str) -> Item | None:
    """One item, or None."""
    return _one.first(unit.connection, {"asin": asin})


def item_as_kept(unit: UnitOfWork, asin: str) -> ItemAsKept | None:
    """What an item's title and pictures are made of, unread: by it who shows them knows whether anything changed."""
    return _as_kept.first(unit.connection, {"asin": asin})


def item_to_change(unit: UnitOfWork, asin: str) -> Item:
    """One item, kept from other writers until this unit ends; raises `NotFound`."""
    item = _held_one.first(unit.connection, {"asin": asin})
    if item is None:
        raise ItemUnknown(asin)
    return item


def kept_item(unit: UnitOfWork, asin: str) -> KeptItem | None:
    """One item as it is kept, or None: its view can be remembered by its bytes."""
    row = _kept.first(unit.connection, {"asin": asin})
    return None if row is None else KeptItem(row)


def title_of(unit: UnitOfWork, asin: str, marketplace_id: str) -> str:
    """What an item is called in a marketplace; raises `NotFound`."""
    row = _named.first(unit.connection, {"asin": asin})
    if row is None:
        raise ItemUnknown(asin)
    own = MARKETPLACES[marketplace_id].language
    there = [name for name in _decode_names(row.attributes).item_name if name.marketplace_id in {"", marketplace_id}]
    chosen = next((name for name in there if name.language_tag in {"", own}), there[0] if there else None)
    return "" if chosen is None else chosen.value


def items_of(unit: UnitOfWork, asins: Collection[str]) -> dict[str, Item]:
    """Several items by their ASINs; an ASIN that the catalog does not know is left out."""
    return {item.asin: item for item in _several.all(unit.connection, {}, list(asins))}


def marketplaces_of(unit: UnitOfWork, asins: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The marketplaces that have several items, by ASIN; an ASIN that the catalog does not know is left out."""
    return {row.asin: row.marketplaces for row in _placed.all(unit.connection, {}, list(asins))}


def items_by_identifier(unit: UnitOfWork, kind: Kind, value: str, marketplace_id: str) -> list[str]:
    """The ASINs that a number names in a marketplace, in order; raises `InvalidIdentifier`."""
    return asins_by_code(unit, [normalized(kind, value)], marketplace_id)


def asins_by_code(unit: UnitOfWork, codes: Iterable[str], marketplace_id: str) -> list[str]:
    """The ASINs that normalized numbers name in a marketplace: in the order of the numbers, each once."""
    found: dict[str, None] = {}
    for code in codes:
        for held in _coded.all(unit.connection, {"code": code}):
            if marketplace_id in held.marketplaces:
                found[held.asin] = None
    return list(found)


def children_of(unit: UnitOfWork, asin: str, marketplace_id: str) -> list[str]:
    """The ASINs of an item's variations in a marketplace, in order."""
    held = _children.all(unit.connection, {"asin": asin})
    return [child.asin for child in held if marketplace_id in child.marketplaces]


def _item(*, attributes: bytes, item_classification: str, **columns: Any) -> Item:  # noqa: ANN401 - a row's
    return Item(document=attributes, item_classification=ItemClassification(item_classification), **columns)


class _Row(NamedTuple):
    """A row of `items` as the database has it."""

    asin: str
    number: int
    product_type: str
    brand: str
    marketplaces: bytes
    parent_asin: str | None
    variation_theme: str | None
    classification_id: str | None
    item_classification: str
    vendor: bytes | None
    added_at: int
    updated_at: int
    attributes: bytes


class KeptItem(Kept[Item]):
    """An item as it is kept."""

    __slots__ = ("_marketplaces",)

    def __init__(self, row: _Row) -> None:
        said = "\0".join(map(str, row[:-1])).encode()
        super().__init__(said + row.attributes, lambda _: _read(row))
        self._marketplaces = row.marketplaces

    def is_in(self, marketplace_id: str) -> bool:
        """Whether a marketplace has the item."""
        return f'"{marketplace_id}"'.encode() in self._marketplaces


def _read(row: _Row) -> Item:
    return _item(
        **row._asdict()
        | {
            "marketplaces": msgspec.json.decode(row.marketplaces, type=tuple[str, ...]),
            "vendor": None if row.vendor is None else msgspec.json.decode(row.vendor, type=VendorDetails),
            "added_at": instant_of(row.added_at),
            "updated_at": instant_of(row.updated_at),
        }
    )


class _Name(msgspec.Struct):
    value: str = ""
    marketplace_id: str = ""
    language_tag: str = ""


class _Names(msgspec.Struct):
    """What of an item's attributes its name is: reading these alone takes a fifth of the time."""

    item_name: list[_Name] = []


class ItemAsKept(NamedTuple):
    """An item's columns as they are kept."""

    asin: str
    number: int
    variation_theme: str | None
    attributes: bytes


class _Document(NamedTuple):
    attributes: bytes


class _Held(NamedTuple):
    asin: str
    marketplaces: tuple[str, ...]


_decode_names = msgspec.json.Decoder(_Names).decode
_AS_STORED: dict[type[Any], Any] = {Json: LargeBinary(), Instant: BigInteger()}
_stored: list[ColumnElement[Any]] = [
    type_coerce(one, _AS_STORED.get(type(one.type), one.type)).label(one.name) for one in items.c
]
_kept = Question(select(*_stored).where(_this), _Row)
_one = Question(select(items).where(_this), _item)
_as_kept = Question(
    select(items.c.asin, items.c.number, items.c.variation_theme, items.c.attributes).where(_this), ItemAsKept
)
_held_one = Question(select(items).where(_this).with_for_update(), _item)
_named = Question(select(items.c.attributes).where(_this), _Document)
_several = Several(lambda asins: select(items).where(items.c.asin.in_(asins)), _item)
_placed = Several(lambda asins: select(items.c.asin, items.c.marketplaces).where(items.c.asin.in_(asins)), _Held)
_coded = Question(
    select(items.c.asin, items.c.marketplaces)
    .join(identifiers, identifiers.c.asin == items.c.asin)
    .where(identifiers.c.code == bindparam("code"))
    .order_by(items.c.asin),
    _Held,
)
_children = Question(
    select(items.c.asin, items.c.marketplaces).where(items.c.parent_asin == bindparam("asin")).order_by(items.c.asin),
    _Held,
)
