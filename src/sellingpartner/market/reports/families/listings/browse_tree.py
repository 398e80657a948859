"""The browse tree of a marketplace: a node an element, each with its way from the root.

Differs: the market's tree is its own; Amazon's has tens of thousands of nodes, and other ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.catalog.questions import (
    browse_tree,
    children_by_node,
    classification_path,
    types_by_node,
)
from sellingpartner.market.reports.asked import Asked
from sellingpartner.market.reports.kinds import Charset, ReportUnavailable, Tree, report
from sellingpartner.market.reports.writing.xml import element
from sellingpartner.storage.unit import UnitOfWork

_ROOTS, _NODE, _MARKETPLACE = "RootNodesOnly", "BrowseNodeId", "MarketplaceId"


@report(
    "GET_XML_BROWSE_TREE_DATA",
    charset=Charset.UTF8,
    options={_MARKETPLACE: tuple(MARKETPLACES), _ROOTS: ("true", "false"), _NODE: None},
)
def nodes(unit: UnitOfWork, asked: Asked) -> Tree:
    """The whole tree, its departments alone, or a node and all that is below it.

    RootNodesOnly goes before BrowseNodeId. Assumed: the tree is told in the marketplace's own language.
    """
    marketplace_id = asked.options.get(_MARKETPLACE, asked.marketplace_id)
    if marketplace_id not in {one.marketplace_id for one in participations_of(unit, unit.seller_id)}:
        message = f"reportOptions.{_MARKETPLACE} is {marketplace_id}, which is none of the seller's marketplaces."
        raise ReportUnavailable(message)
    language = MARKETPLACES[marketplace_id].language
    return Tree("Result", (_node(one, language) for one in _wanted(asked)))


def _wanted(asked: Asked) -> Iterator[str]:
    tree = browse_tree()
    departments = [key for key, node in tree.nodes.items() if node.parent is None]
    if asked.options.get(_ROOTS) == "true":
        return iter(departments)
    start = asked.options.get(_NODE)
    if start is None:
        return _below(departments)
    if start not in tree.nodes:
        message = f"There is no browse node {start[:60]!r}."
        raise ReportUnavailable(message)
    return _below([start])


def _below(starts: Sequence[str]) -> Iterator[str]:
    """Nodes and all below them, a node before its children."""
    waiting = list(reversed(starts))
    while waiting:
        at = waiting.pop()
        yield at
        waiting += reversed(children_by_node().get(at, ()))


def _node(node_id: str, language: str) -> Any:  # noqa: ANN401 - an element of lxml
    path = classification_path(node_id, language)
    below = children_by_node().get(node_id, ())
    return element(
        "Node",
        element("browseNodeId", node_id),
        element("browseNodeAttributes", count="0"),
        element("browseNodeName", path[0].name),
        element("browseNodeStoreContextName", path[0].name),
        element("browsePathById", ",".join(one.classification_id for one in reversed(path))),
        element("browsePathByName", ",".join(one.name for one in reversed(path))),
        element("hasChildren", "true" if below else "false"),
        element("childNodes", *(element("id", one) for one in below), count=str(len(below))),
        element("productTypeDefinitions", ",".join(types_by_node().get(node_id, ()))),
        # Differs: the market's search refines by nothing that belongs to a node.
        element("refinementsInformation", count="0"),
    )
