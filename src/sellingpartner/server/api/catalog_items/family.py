"""What depends on other items: an item's family, and where it stands among what is sold."""

from __future__ import annotations

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.catalog.model import Item, ItemClassification
from sellingpartner.market.catalog.questions import (
    children_of,
    classification_path,
    found_item,
    group_name,
    rank_of,
)
from sellingpartner.market.product_types.questions import attributes_of_theme
from sellingpartner.storage.unit import UnitOfWork

_SUFFIX = "_display_on_website"


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """The parents or the children of an item in a marketplace, and what they differ by."""

    parents: list[str]
    children: list[str]
    theme: str
    attributes: tuple[str, ...]


class Rank(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a list of what sells best."""

    place: str
    title: str
    link: str
    rank: int


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """Where an item stands in its display group, and in its place of the browse tree."""

    in_group: Rank
    in_classification: list[Rank]


def related_in(unit: UnitOfWork, item: Item, marketplace_id: str) -> Family | None:
    """The family of an item; None for one that has none there."""
    parents: list[str] = []
    children: list[str] = []
    if item.item_classification is ItemClassification.VARIATION_PARENT:
        children = children_of(unit, item.asin, marketplace_id)
    elif item.parent_asin is not None:
        parent = found_item(unit, item.parent_asin)
        if parent is not None and parent.is_in(marketplace_id):
            parents = [parent.asin]
    if not parents and not children:
        return None
    theme = item.variation_theme or ""
    differing = tuple(name for part in theme.split("/") for name in _attributes_of(part))
    return Family(parents=parents, children=children, theme=theme, attributes=differing)


def ranked_in(unit: UnitOfWork, item: Item, marketplace_id: str, locale: str | None) -> Ranked | None:
    """Where an item stands; None where it is not ranked."""
    ranks = rank_of(unit, item.asin, marketplace_id)
    if ranks is None:
        return None
    marketplace = MARKETPLACES[marketplace_id]
    place = f"http://{marketplace.domain}/gp/bestsellers/{ranks.display_group.removesuffix(_SUFFIX)}"
    group = Rank(place=ranks.display_group, title=group_name(ranks.display_group), link=place, rank=ranks.rank)
    below = []
    if ranks.classification_id is not None and ranks.classification_rank is not None:
        path = classification_path(ranks.classification_id, locale or marketplace.language)
        link = f"{place}/{ranks.classification_id}"
        title = path[0].name if path else ranks.classification_id
        below.append(Rank(place=ranks.classification_id, title=title, link=link, rank=ranks.classification_rank))
    return Ranked(in_group=group, in_classification=below)


def _attributes_of(theme: str) -> list[str]:
    """The attributes of a simple theme; a theme that no product type has is taken for the name of one."""
    try:
        return attributes_of_theme(theme)
    except KeyError:
        return [theme.lower()] if theme else []
