"""The browse tree: departments and what is below them, from `browse_tree.toml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.product_types.library import product_type, type_names
from sellingpartner.market.product_types.words import chain_of


class Node(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place in the tree; a department has a display group and no parent."""

    name: str
    parent: str | None = None
    group: str | None = None


class BrowseTree(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says: nodes by their ids, names of groups, and names of nodes by locale."""

    nodes: dict[str, Node]
    groups: dict[str, str]
    names: dict[str, dict[str, str]]


class Category(msgspec.Struct, frozen=True):
    """A place in the tree as it is called in a language."""

    classification_id: str
    name: str


@cache
def browse_tree() -> BrowseTree:
    """The tree, read once."""
    place = files("sellingpartner.market.catalog") / "browse_tree.toml"
    return msgspec.toml.decode(place.read_bytes(), type=BrowseTree)


@cache
def classification_path(classification_id: str, locale: str = "en_US") -> tuple[Category, ...]:
    """A place and those above it, up to its department; empty for one that the tree does not have."""
    tree = browse_tree()
    path: list[Category] = []
    at: str | None = classification_id if classification_id in tree.nodes else None
    while at is not None:
        path.append(Category(at, _name(tree, at, locale)))
        at = tree.nodes[at].parent
    return tuple(path)


@cache
def children_by_node() -> dict[str, tuple[str, ...]]:
    """What is right below each place that has anything below it, in the order of the file."""
    found: dict[str, list[str]] = {}
    for node_id, node in browse_tree().nodes.items():
        if node.parent is not None:
            found.setdefault(node.parent, []).append(node_id)
    return {node_id: tuple(children) for node_id, children in found.items()}


@cache
def types_by_node() -> dict[str, tuple[str, ...]]:
    """The product types whose items stand at each place, if nothing else is said."""
    found: dict[str, list[str]] = {}
    for name in type_names():
        place = classification_of_type(name)
        if place is not None:
            found.setdefault(place, []).append(name)
    return {node_id: tuple(names) for node_id, names in found.items()}


@cache
def display_group_of(classification_id: str | None) -> str | None:
    """The display group of a place's department."""
    path = classification_path(classification_id or "")
    return browse_tree().nodes[path[-1].classification_id].group if path else None


def group_name(display_group: str) -> str:
    """What a display group is called."""
    return browse_tree().groups.get(display_group, display_group)


def classification_of_type(name: str) -> str | None:
    """Where items of a product type stand, if nothing else is said; None for a type that nobody knows."""
    kind = product_type(name)
    return None if kind is None else kind.classification.classification_id


def _name(tree: BrowseTree, classification_id: str, locale: str) -> str:
    for one in chain_of(locale):
        found = tree.names.get(one, {}).get(classification_id)
        if found is not None:
            return found
    return tree.nodes[classification_id].name
