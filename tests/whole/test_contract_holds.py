"""Whatever is sent, each operation answers as the market's own OpenAPI document says it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS

from sellingpartner.contract import registry
from sellingpartner.market.catalog.asins import asin_of
from sellingpartner.server.gateway.handlers import handled
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.world import US
from soak import TIMES, examples

IS_SOAK = TIMES > 1
EXAMPLES = 10 if IS_SOAK else 3
"""Of what is right, and again of what is wrong. To make them is what takes time, and `make soak` has many more."""
ENTRIES = 1
"""How many entries a list of a request has at most, unless it must have more; in `make soak` it may have many."""
ORDERS = "/orders/v0/orders/{orderId}"
BUILT = sorted(handled())
KNOWN = {
    "MarketplaceIds": [US],
    "marketplaceIds": [US],
    "CreatedAfter": "2026-11-01T00:00:00Z",
    "interval": "2026-11-01T00:00:00Z--2026-11-03T00:00:00Z",
}
NAMES = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strategies are not looked at whether they make sense: each value has its own, and `make soak` looks at them."""
    if not IS_SOAK:
        monkeypatch.setattr(SearchStrategy, "validate", lambda _: None)


@pytest.fixture(scope="module")
def market() -> Iterator[TestMarket]:
    made = TestMarket()
    yield made
    made.close()


@pytest.fixture(scope="module")
def schema_of(market: TestMarket) -> Callable[[str], Any]:
    """The document of an API as it is served, read once; what it asks for has few entries in each list."""

    @cache
    def read(module: str) -> Any:  # noqa: ANN401 - Schemathesis has no types
        document = market.anybody().call("GET", f"/openapi/{module}.json").json()
        schema = schemathesis.openapi.from_dict(document if IS_SOAK else asking_for_few(document))
        schema.app = market.server
        return schema

    return read


@pytest.fixture(scope="module")
def order_ids(market: TestMarket) -> list[str]:
    """Orders in several states."""
    return [market.buys("FLEA-DROPS"), market.buys(), market.buys("LAMP-OAK"), market.buys(paid=False)]


@pytest.fixture(scope="module")
def tokens(market: TestMarket) -> list[str]:
    """What a program may show: a seller's token, one of no scopes, none at all."""
    callers: list[Caller] = [market.seller, market.caller(scopes=()), market.anybody()]
    return [caller.token or "" for caller in callers]


def test_every_operation_that_is_built_is_asked() -> None:
    assert len(BUILT) >= 14


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("key", BUILT)
def test_an_answer_is_always_one_that_the_document_knows(
    market: TestMarket,
    schema_of: Callable[[str], Any],
    order_ids: list[str],
    tokens: list[str],
    key: str,
    mode: GenerationMode,
) -> None:
    entry = next(entry for entry in registry.operations() if f"{entry.method} {entry.path}" == key)
    operation = schema_of(entry.module)[entry.path][entry.method]
    checks: list[Any] = CHECKS.get_by_names(NAMES)
    opened = market.restricted(entry.path, "buyerInfo", "shippingAddress", method=entry.method).token or ""

    @settings(
        max_examples=examples(EXAMPLES),
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(generation_mode=mode),
        order_id=st.sampled_from(order_ids),
        makes_sense=st.sampled_from([True, True, False]),
        token=st.sampled_from([tokens[0], tokens[0], opened, opened, opened, *tokens]),
    )
    def ask(case: Case[Any], order_id: str, *, makes_sense: bool, token: str) -> None:
        if makes_sense:
            make_sense_of(case, order_id, market.seller.seller_id)
        case.call_and_validate(headers={"x-amz-access-token": token}, checks=checks)

    ask()


def make_sense_of(case: Case[Any], order_id: str, seller_id: str) -> None:
    """Put what this market knows where chance would never find it."""
    known = {"orderId": order_id, "asin": asin_of(1, 1), "productType": "MUG", "SellerSKU": "MUG-BLUE"}
    known |= {"sku": "MUG-BLUE", "sellerId": seller_id}
    case.path_parameters |= {name: value for name, value in known.items() if name in case.path_parameters}
    if isinstance(case.query, dict):
        if "MarketplaceIds" in case.query:  # most filters of getOrders exclude each other: one at a time
            case.query = {"CreatedAfter": "", **dict(sorted(case.query.items())[:2]), "MarketplaceIds": ""}
        if "identifiers" in case.query and "keywords" in case.query:  # they exclude each other
            del case.query["identifiers"]
        case.query |= {name: value for name, value in (KNOWN | {"sellerId": seller_id}).items() if name in case.query}
    if isinstance(case.body, dict) and "marketplaceId" in case.body:
        case.body["marketplaceId"] = US
    for asked in case.body if isinstance(case.body, list) else [case.body]:
        about = asked.get("FeesEstimateRequest") if isinstance(asked, dict) else None
        if isinstance(about, dict):
            about["MarketplaceId"] = US


def asking_for_few(document: dict[str, Any]) -> dict[str, Any]:
    """The document, with bodies of requests whose lists have hardly more entries than they must have.

    Lists in lists in lists of five or six are thousands of values, and none of them is another case than the first.
    """
    schemas = document["components"]["schemas"]
    schemas |= {f"Few.{name}": few(schema) for name, schema in schemas.items()}
    for methods in document["paths"].values():
        for operation in methods.values():
            if "requestBody" in operation:
                operation["requestBody"] = few(operation["requestBody"])
    return document


def few(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """The schema, and whatever it is made of, with such lists."""
    if isinstance(schema, list):
        return [few(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: few(value) for name, value in schema.items()}
    if isinstance(reference := made.get("$ref"), str):
        made["$ref"] = reference.replace("/schemas/", "/schemas/Few.")
    if made.get("type") == "array":
        most = max(made.get("minItems", 0), ENTRIES)
        made["maxItems"] = min(made.get("maxItems", most), most)
    return made
