from __future__ import annotations

import subprocess
import sys

import pytest

from sellingpartner.contract.message import Message
from sellingpartner.contract.notifications.registry import Entry, entries, find, load

MODULES = "sellingpartner.contract.notifications."


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.module)
def test_every_entry_leads_to_its_class(entry: Entry) -> None:
    found = load(entry)

    assert issubclass(found, Message)
    assert found.__module__ == MODULES + entry.module
    assert found.__name__ == entry.class_name
    assert find(entry.notification_type, entry.payload_version) == entry


def test_of_a_version_that_is_not_known_the_newest_is_the_nearest() -> None:
    older = find("LISTINGS_ITEM_ISSUES_CHANGE", "1.0")
    newer = find("LISTINGS_ITEM_ISSUES_CHANGE", "2023-12-13")

    assert older is not None
    assert older.module == "listings_item_issues_change_1_0"
    assert newer is not None
    assert newer.module == "listings_item_issues_change_2023_12_13"
    assert find("LISTINGS_ITEM_ISSUES_CHANGE", "2031-01-01") == newer


def test_the_schemas_other_spelling_of_a_type_is_understood() -> None:
    assert find("LISTINGS_ITEM_STATUS_CHANGED") == find("LISTINGS_ITEM_STATUS_CHANGE")


def test_another_type_has_no_entry() -> None:
    assert find("BUYER_SANG", "1.0") is None


def test_finding_a_type_imports_that_type_alone() -> None:
    code = (
        "import sys; from sellingpartner.contract.notifications.registry import find, load;"
        "load(find('ORDER_CHANGE', '1.0'));"
        f"print(*sorted(name.removeprefix('{MODULES}') for name in sys.modules if name.startswith('{MODULES}')))"
    )

    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    assert printed.split() == ["index", "order_change", "registry"]
