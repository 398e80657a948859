from __future__ import annotations

import pytest

from sellingpartner.cli.asked.choice import choose, snake
from sellingpartner.cli.failures import CannotDo
from sellingpartner.cli.shown.shape import shape_of
from sellingpartner.contract.registry import operations


def test_every_operation_can_be_named_and_its_answer_has_columns() -> None:
    for entry in operations():
        assert choose(f"{entry.module}.{entry.class_name}") == (entry, ())
        assert choose(entry.key) == (entry, ())
        assert shape_of(entry).columns


def test_twins_of_one_version_are_told_apart_by_their_classes() -> None:
    with pytest.raises(CannotDo, match="write LinkCarrierAccount or LinkCarrierAccountByPost"):
        choose("linkCarrierAccount", version="v2")

    chosen, _ = choose("LinkCarrierAccountByPost")
    assert chosen.method == "POST"


def test_python_s_names_are_amazon_s() -> None:
    assert snake("getMyFeesEstimateForSKU") == "get_my_fees_estimate_for_sku"
    assert choose("get_my_fees_estimate_for_sku")[0].name == "getMyFeesEstimateForSKU"


def test_dates_are_newer_than_numbers() -> None:
    chosen, others = choose("getCatalogItem")

    assert (chosen.version, [other.version for other in others]) == ("2022-04-01", ["2020-12-01", "v0"])
