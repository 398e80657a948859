"""Places of the browse tree: where an item stands, and all places below one."""

from __future__ import annotations

from sellingpartner.contract.errors import NotFound
from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.catalog.model import Item
from sellingpartner.market.catalog.questions import Category, browse_tree, children_by_node, classification_path


class NoSuchPlace(NotFound):
    """The browse tree has no such node."""

    def __init__(self, classification_id: str) -> None:
        super().__init__(f"There is no browse node {classification_id[:40]!r}.")


def place_of(classification_id: str, marketplace_id: str) -> Category:
    """A place as it is called in a marketplace; raises `NoSuchPlace`."""
    path = classification_path(classification_id, MARKETPLACES[marketplace_id].language)
    if not path:
        raise NoSuchPlace(classification_id)
    return path[0]


def place_of_item(item: Item, marketplace_id: str) -> Category | None:
    """Where an item stands; None for one that stands nowhere."""
    known = item.classification_id if item.classification_id in browse_tree().nodes else None
    return None if known is None else place_of(known, marketplace_id)


def all_below(classification_id: str) -> list[str]:
    """A place and all places below it."""
    found = [classification_id]
    for one in found:
        found += children_by_node().get(one, ())
    return found
