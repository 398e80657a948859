from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from scripted import CREDENTIALS, Connect, Script

from sellingpartner.client import SellingPartner
from sellingpartner.client._exchange.retries import QUESTIONS
from sellingpartner.client.operations import ListOperation, Operation, PagedOperation, Resource
from sellingpartner.client.resources import NAMES
from sellingpartner.contract import registry

KINDS = (Operation, PagedOperation, ListOperation)
ROOT = Path(__file__).parents[3]


def resource_classes() -> dict[str, type[Resource[Any]]]:
    modules = {module: import_module(f"sellingpartner.client.resources.{module}") for module in set(NAMES.values())}
    return {
        name: kind
        for name, module in modules.items()
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Resource) and kind is not Resource
    }


def test_every_operation_is_a_method() -> None:
    methods = [method for kind in resource_classes().values() for method in vars(kind).values()]
    requests = {method.request for method in methods if isinstance(method, KINDS)}

    assert requests == {registry.load(entry) for entry in registry.operations()}
    assert len(requests) == 372


def test_what_pages_can_be_walked() -> None:
    for kind in resource_classes().values():
        for method in vars(kind).values():
            if isinstance(method, KINDS):
                request: Any = method.request
                assert isinstance(method, Operation) == (request.operation.pages is None)


def test_the_newest_version_has_the_plain_name() -> None:
    assert {name: NAMES[name] for name in ("orders", "finances", "catalog_items", "shipping", "reports", "sales")} == {
        "orders": "orders_2026_01_01",
        "finances": "finances_2024_06_19",
        "catalog_items": "catalog_items_2022_04_01",
        "shipping": "shipping_v2",
        "reports": "reports_2021_06_30",
        "sales": "sales_v1",
    }
    assert set(registry.modules()) < set(NAMES)


def test_the_resources_are_what_the_contract_says() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "tools.client", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert checked.stderr == ""
    assert checked.returncode == 0


def test_a_resource_is_imported_when_it_is_first_used() -> None:
    program = (
        "import sys; from sellingpartner import SellingPartner;"
        "client = SellingPartner(client_id='1', client_secret='2', base_url='http://market.test');"
        "loaded = lambda: sorted(name for name in sys.modules if '.client.resources.' in name);"
        "print(loaded()); client.sales; print(loaded()); client.close()"
    )

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert said.splitlines() == ["[]", "['sellingpartner.client.resources.sales_v1']"]


def test_the_client_installs_alone() -> None:
    program = (
        "import sys\n"
        "class Refuse:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.split('.')[0] in {'sqlalchemy', 'granian', 'oauthlib', 'structlog', 'boto3', 'yaml'}"
        " or name.startswith(('sellingpartner.market', 'sellingpartner.server', 'sellingpartner.storage')):\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
        "from sellingpartner import AsyncSellers, AsyncSellingPartner, Credentials, Sellers, SellingPartner\n"
        "import sellingpartner.client as client\n"
        "[getattr(client, name) for name in client.__all__]\n"
        "SellingPartner(client_id='1', client_secret='2', region='EU').orders_v0.get_order\n"
    )

    subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)


def test_a_method_of_another_version_is_named() -> None:
    client = SellingPartner(CREDENTIALS)

    with pytest.raises(
        AttributeError, match=r"^orders 2026-01-01 has no operation get_orders; client.orders_v0 has it.$"
    ):
        _ = client.orders.get_orders  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match=r"^orders v0 has no operation getorder; did you mean get_order\?$"):
        _ = client.orders_v0.getorder  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match=r"^orders v0 has no operation get_moon.$"):
        _ = client.orders_v0.get_moon  # type: ignore[attr-defined]


def test_a_resource_that_does_not_exist_is_told_with_those_that_sound_like_it() -> None:
    client = SellingPartner(CREDENTIALS)

    with pytest.raises(AttributeError, match=r"^SellingPartner has no seller; it has sellers, "):
        _ = client.seller  # type: ignore[attr-defined]
    with pytest.raises(
        AttributeError, match=r"^SellingPartner has no moons; it has orders, orders_v0 and more, see dir"
    ):
        _ = client.moons  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda orders: orders.get_order("1"),
            "GetOrder: Extra positional arguments provided; its parameters, by keyword",
        ),
        (
            lambda orders: orders.get_order(),
            "GetOrder: Missing required argument 'order_id'; its parameters, by keyword",
        ),
        (lambda orders: orders.get_orders.items(ids=[]), "GetOrders: .*'ids'.*; its parameters, .* marketplace_ids, "),
        (lambda orders: orders.get_orders.pages(ids=[]), "GetOrders: .*'ids'.*; its parameters, .* marketplace_ids, "),
    ],
)
def test_a_wrong_parameter_is_told_with_those_that_there_are(
    connect: Connect, script: Script, call: Callable[[Any], Any], said: str
) -> None:
    with pytest.raises(TypeError, match=said):
        connect(script).call(lambda client: call(client.orders_v0))

    assert script.requests == script.login_requests == []


def test_a_method_tells_of_itself() -> None:
    method = SellingPartner(CREDENTIALS).orders_v0.get_order

    assert repr(method) == "<operation GetOrder>"
    assert method.__doc__ == method.request.__doc__
    assert str(method.__signature__) == "(*, order_id: str)"
    assert "orders_v0" in dir(SellingPartner(CREDENTIALS))


def test_each_post_that_may_be_repeated_exists() -> None:
    assert {entry.key for entry in registry.operations()} >= QUESTIONS
