from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellingpartner.contract import registry
from sellingpartner.server.gateway import routes as module
from sellingpartner.server.gateway.routes import Routes, as_meant

LISTING = "/listings/2021-08-01/items/{sellerId}/{sku}"
FEES = "/products/fees/v0/listings/{SellerSKU}/feesEstimate"


@pytest.fixture(scope="module")
def routes() -> Routes[str]:
    table: Routes[str] = Routes()
    for entry in registry.operations():
        table.add(entry.method, entry.path, entry.key)
    return table


def test_every_operation_of_the_contract_is_found(routes: Routes[str]) -> None:
    assert len(registry.operations()) == 372
    for entry in registry.operations():
        names = [part for part in entry.path.split("/") if part.startswith("{")]
        path = entry.path.replace("{", "").replace("}", "")

        assert routes.find(entry.method, path) == (entry.key, [name[1:-1] for name in names])


@pytest.mark.parametrize(
    "sku", ["A/B", "/A", "A/", "A//B", "a b", "a&b", "50%", "a+b", "a#b", "a?b", "größe", "尺寸", "😀", "..", "a/../b"]
)
def test_a_sku_of_any_characters_is_one_value(routes: Routes[str], sku: str) -> None:
    assert routes.find("GET", f"/listings/2021-08-01/items/A1/{sku}") == (f"GET {LISTING}", ["A1", sku])
    assert routes.find("POST", f"/products/fees/v0/listings/{sku}/feesEstimate") == (f"POST {FEES}", [sku])


def test_the_operation_that_an_upload_is_for_is_one_value(routes: Routes[str]) -> None:
    found = routes.find("POST", "/uploads/2020-11-01/uploadDestinations/aplus/2020-11-01/contentDocuments")

    assert found is not None
    assert found[1] == ["aplus/2020-11-01/contentDocuments"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "*",
        "/",
        "//",
        "/orders",
        "/orders/v0/orders/",
        "//orders/v0/orders",
        "/orders//v0/orders",
        "/orders/v0/orders/902//buyerInfo",
        "/orders/v0/orders/902/buyerInfo/",
        "/orders/v0/../v0/orders",
        "/orders/v0/orders/902/nothing",
        "/Orders/v0/orders",
        "/listings/2021-08-01/items/A1/",
        "/listings/2021-08-01/items//SKU",
        "/products/fees/v0/listings//feesEstimate",
        "/orders/v0/orders" + "/x" * 70,
    ],
)
def test_what_is_no_operations_path_leads_nowhere(routes: Routes[str], path: str) -> None:
    assert routes.find("GET", path) is None


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "TRACE", "get", "", "PATCH"])
def test_a_method_that_the_path_has_not_leads_nowhere(routes: Routes[str], method: str) -> None:
    assert routes.find(method, "/orders/v0/orders") is None


def test_a_route_cannot_be_taken_twice() -> None:
    table: Routes[int] = Routes()
    table.add("GET", "/a/{b}", 1)

    with pytest.raises(ValueError, match="routed twice"):
        table.add("GET", "/a/{c}", 2)


HEADS = sorted({"/".join(entry.path.split("{")[0].split("/")[:-1]) for entry in registry.operations()})
WORDS = sorted({part for entry in registry.operations() for part in entry.path.split("/")[3:] if part})


@given(
    head=st.sampled_from(HEADS),
    tail=st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(["", "..", "x", "{sku}"])), max_size=80),
)
def test_no_path_takes_more_than_a_handful_of_steps(head: str, tail: list[str]) -> None:
    table: Routes[str] = Routes()
    for entry in registry.operations():
        table.add(entry.method, entry.path, entry.key)
    steps: Counter[str] = Counter()
    walk = module._walk  # noqa: SLF001 - the steps of a lookup are what is counted

    def counted(*arguments: object) -> object:
        steps["walks"] += 1
        return walk(*arguments)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_walk", counted)
        table.find("GET", "/".join([head, *tail]))

    assert steps["walks"] <= 12


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("A%2FB", "A/B"),
        ("A%20B%2BC", "A B+C"),
        ("%C3%BC", "ü"),
        ("50%", "50%"),
        ("50%OFF", "50%OFF"),
        ("10%FF", "10%FF"),
        ("plain", "plain"),
        ("a+b", "a+b"),
        ("A%2FB+C%252%2B", "A/B C%2+"),
        ("A%20B+C", "A B+C"),
        ("A/B+%C3%BC", "A/B+ü"),
    ],
)
def test_an_escape_that_is_left_is_decoded_if_it_was_one(value: str, meant: str) -> None:
    assert as_meant(value) == meant
