from __future__ import annotations

import subprocess
import sys

from sellingpartner.contract.orders_v0 import GetOrder
from sellingpartner.contract.registry import find, load, modules, operations


def test_an_operation_is_found_by_its_name() -> None:
    assert [entry.module for entry in find("searchOrders")] == ["orders_2026_01_01"]


def test_a_name_that_several_versions_share_finds_all_of_them() -> None:
    assert {entry.module for entry in find("getCatalogItem")} == {
        "catalog_items_v0",
        "catalog_items_2020_12_01",
        "catalog_items_2022_04_01",
    }


def test_method_and_path_find_one_operation() -> None:
    (entry,) = find("GET /orders/v0/orders/{orderId}")

    assert load(entry) is GetOrder


def test_a_class_name_finds_its_operation() -> None:
    assert [entry.method for entry in find("LinkCarrierAccountByPost")] == ["POST"]


def test_a_name_that_nothing_has_finds_nothing() -> None:
    assert find("getUnicorns") == []


def test_the_modules_are_those_of_the_operations() -> None:
    assert set(modules()) == {entry.module for entry in operations()}
    assert len(modules()) == 66


def test_looking_operations_up_imports_no_api() -> None:
    program = (
        "import sys; from sellingpartner.contract.registry import find; find('getOrders');"
        "print([name for name in sys.modules if name.startswith('sellingpartner.contract.orders')])"
    )

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"
