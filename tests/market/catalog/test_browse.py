from __future__ import annotations

import pytest

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.catalog.browse import browse_tree, classification_path, display_group_of, group_name
from sellingpartner.market.product_types.questions import product_type, type_names


def test_every_place_leads_up_to_a_department_with_a_display_group() -> None:
    tree = browse_tree()

    for node in tree.nodes:
        group = display_group_of(node)
        assert group in tree.groups, node
        assert group_name(group) == tree.groups[group]
    departments = {key for key, node in tree.nodes.items() if node.parent is None}
    assert {key for key, node in tree.nodes.items() if node.group is not None} == departments
    assert {tree.nodes[key].group for key in departments} == set(tree.groups)
    assert all(set(names) == departments for names in tree.names.values())


@pytest.mark.parametrize("name", type_names())
def test_a_product_type_stands_in_the_tree_where_it_says(name: str) -> None:
    kind = product_type(name)
    assert kind is not None

    path = classification_path(kind.classification.classification_id)

    assert tuple(category.name for category in reversed(path)) == kind.classification.path


def test_departments_are_named_in_the_languages_that_there_are_words_of() -> None:
    named = {one.language: classification_path("9003100121", one.language)[-1].name for one in MARKETPLACES.values()}

    assert (named["es_MX"], named["de_DE"], named["ja_JP"]) == (
        "Hogar y Cocina",
        "Küche, Haushalt & Wohnen",
        "ホーム\uff06キッチン",
    )
    assert named["en_AU"] == named["sv_SE"] == "Home & Kitchen"


def test_a_place_that_the_tree_does_not_have_leads_nowhere() -> None:
    assert classification_path("1") == ()
    assert display_group_of("1") is None
    assert display_group_of(None) is None
