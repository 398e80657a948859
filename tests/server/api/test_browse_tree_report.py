"""The browse tree as a report: whole, its departments, or what is below a node."""

from __future__ import annotations

import pytest
from lxml import etree

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.marketplaces import BY_COUNTRY
from sellingpartner.market.catalog.browse import browse_tree
from sellingpartner.testing import TestMarket
from sellingpartner.testing.papers import Paper

TREE = "GET_XML_BROWSE_TREE_DATA"
BEAUTY, NAILS, POLISH = "9004000001", "9004000015", "9003300290"


def ids(paper: Paper) -> list[str]:
    return [node.findtext("browseNodeId") or "" for node in etree.fromstring(paper.content).iterfind("Node")]


def test_the_whole_tree_has_every_node_once_before_what_is_below_it(market: TestMarket) -> None:
    paper = market.report(TREE)

    root = etree.fromstring(paper.content)
    assert (root.tag, paper.content_type) == ("Result", "text/xml; charset=UTF-8")
    found = ids(paper)
    assert sorted(found) == sorted(browse_tree().nodes)
    parents = {key: node.parent for key, node in browse_tree().nodes.items()}
    assert all(found.index(parent) < found.index(key) for key, parent in parents.items() if parent is not None)


def test_a_node_says_its_way_its_children_and_its_product_types(market: TestMarket) -> None:
    root = etree.fromstring(market.report(TREE, options={"BrowseNodeId": NAILS}).content)

    nails, polish = root.iterfind("Node")
    assert nails.findtext("browsePathById") == f"{BEAUTY},9004000008,{NAILS}"
    assert nails.findtext("browsePathByName") == "Beauty & Personal Care,Foot, Hand & Nail Care,Nail Art & Polish"
    children = nails.find("childNodes")
    assert children is not None
    assert (nails.findtext("hasChildren"), children.get("count"), children.findtext("id")) == ("true", "1", POLISH)
    assert (polish.findtext("browseNodeName"), polish.findtext("hasChildren")) == ("Nail Polish", "false")
    assert polish.findtext("productTypeDefinitions") == "NAIL_POLISH"


def test_departments_alone_go_before_a_single_node(market: TestMarket) -> None:
    paper = market.report(TREE, options={"RootNodesOnly": "true", "BrowseNodeId": NAILS})

    assert ids(paper) == [key for key, node in browse_tree().nodes.items() if node.parent is None]


def test_a_tree_is_in_its_marketplaces_language() -> None:
    gb, de = BY_COUNTRY["GB"].marketplace_id, BY_COUNTRY["DE"].marketplace_id
    with TestMarket(marketplaces=[gb, de]) as market:
        (node, *_) = etree.fromstring(
            market.report(TREE, options={"RootNodesOnly": "true", "MarketplaceId": de}).content
        )

    assert node.findtext("browseNodeName") == browse_tree().names["de_DE"][BEAUTY]


@pytest.mark.parametrize(
    ("options", "said"),
    [({"BrowseNodeId": "1"}, "no browse node"), ({"MarketplaceId": "A1PA6795UKMFR9"}, "none of the seller's")],
)
def test_a_node_or_a_marketplace_that_is_not_there_ends_fatal_and_says_so(
    market: TestMarket, options: dict[str, str], said: str
) -> None:
    paper = market.report(TREE, options=options)

    assert paper.status == "FATAL"
    assert said in paper.json["errorDetails"]


def test_an_option_must_be_a_marketplace_or_a_yes(market: TestMarket) -> None:
    with pytest.raises(InvalidInput, match="RootNodesOnly is 'yes'; it must be one of true, false"):
        market.report(TREE, options={"RootNodesOnly": "yes"})
