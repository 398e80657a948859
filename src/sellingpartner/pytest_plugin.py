"""The fixtures of a market for pytest: each test has a market of its own, in memory, on a frozen clock.

`market`, `seller`, `application`, `client`, `async_client`, `clock` and `market_url`, each also as `spapi_...`: where
another plugin or a conftest.py has a fixture of the short name, theirs is left alone.

pytest loads this module at each start, wanted or not. So it imports nothing of ours until a test asks for a market.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from sellingpartner import AsyncSellingPartner, SellingPartner
    from sellingpartner.testing import Access, ClockHandle, Market, Shop

_SHORT_NAMES = "sellingpartner_short_names"
_MARKER = (
    "market(seed=1, at=..., marketplaces=('US',), scenario='busy-seller', limits='off', url=...): "
    "how the market of a test begins"
)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Say what a suite may set; and have pytest leave this package as it is.

    pytest rewrites the assertions of every module that comes with a plugin. Of this package's there are more than a
    thousand, none of which is a test's: each process of a suite would begin some seconds later.
    """
    marked = getattr(pluginmanager.rewrite_hook, "_must_rewrite", None)  # pytest has no other way to say so
    if isinstance(marked, set):
        marked.discard(__package__)
    parser.addini(_SHORT_NAMES, "whether the fixtures have their short names, too", type="bool", default=True)


@pytest.hookimpl(trylast=True)  # when every other plugin is there
def pytest_configure(config: pytest.Config) -> None:
    """Know the marker, and give the fixtures their short names where nobody else has them."""
    config.addinivalue_line("markers", _MARKER)
    if config.getini(_SHORT_NAMES):
        others = config.pluginmanager.get_plugins()
        free = {
            name: value
            for name, value in vars(_ShortNames).items()
            if _is_fixture(value) and not any(_is_fixture(getattr(other, name, None)) for other in others)
        }
        config.pluginmanager.register(type("ShortNames", (), free)(), "sellingpartner-short-names")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to the report of a failure what the test's market was asked last, and why it refused."""
    report = yield
    if report.failed and "sellingpartner.testing.world" in sys.modules:
        told = _testing("report").sections_of(getattr(item, "funcargs", {}).values())
        report.sections.extend(told)
    return report


@pytest.fixture
def spapi_market(request: pytest.FixtureRequest) -> Iterator[Market]:
    """A market of the test's own, whose seller has let an application in; the marker `market` says how it begins."""
    try:
        market = _testing("marked").opened(request.node.iter_markers("market"))  # the closest first
    except ValueError as reason:
        pytest.fail(f"The market of this test cannot be as its marker says: {reason}", pytrace=False)
    with market:
        yield market


@pytest.fixture
def spapi_seller(spapi_market: Market) -> Shop:
    """The market's seller, Harbor Goods; called, it founds another: `seller(skus={"MUG": (19.99, 10)})`."""
    return spapi_market.seller


@pytest.fixture
def spapi_application(spapi_market: Market) -> Access:
    """What the application needs to call for the seller."""
    return spapi_market.seller.access


@pytest.fixture
def spapi_client(spapi_market: Market) -> Iterator[SellingPartner]:
    """This package's client, calling for the seller in this process."""
    with spapi_market.seller.client() as client:
        yield client


@pytest.fixture
def spapi_async_client(spapi_market: Market) -> AsyncSellingPartner:
    """The same for `async` tests, whatever plugin runs them."""
    return spapi_market.seller.async_client()


@pytest.fixture
def spapi_clock(spapi_market: Market) -> ClockHandle:
    """Market time: `clock.advance(days=1)`."""
    return spapi_market.clock


@pytest.fixture
def spapi_market_url(spapi_market: Market) -> Iterator[str]:
    """The address of the market on a port of this machine, for other clients and for programs of their own."""
    with _testing("sockets").on_a_socket(spapi_market.server) as url:
        yield url


class _ShortNames:
    @pytest.fixture
    def market(self, spapi_market: Market) -> Market:
        """See `spapi_market`: a market of the test's own, with a seller who has let an application in."""
        return spapi_market

    @pytest.fixture
    def seller(self, spapi_seller: Shop) -> Shop:
        """See `spapi_seller`: the market's seller; called, it founds another one."""
        return spapi_seller

    @pytest.fixture
    def application(self, spapi_application: Access) -> Access:
        """See `spapi_application`: what the application needs to call for the seller."""
        return spapi_application

    @pytest.fixture
    def client(self, spapi_client: SellingPartner) -> SellingPartner:
        """See `spapi_client`: this package's client, calling for the seller in this process."""
        return spapi_client

    @pytest.fixture
    def async_client(self, spapi_async_client: AsyncSellingPartner) -> AsyncSellingPartner:
        """See `spapi_async_client`: the same for `async` tests."""
        return spapi_async_client

    @pytest.fixture
    def clock(self, spapi_clock: ClockHandle) -> ClockHandle:
        """See `spapi_clock`: market time."""
        return spapi_clock

    @pytest.fixture
    def market_url(self, spapi_market_url: str) -> str:
        """See `spapi_market_url`: the market's address on a port of this machine."""
        return spapi_market_url


def _testing(name: str) -> Any:  # noqa: ANN401 - a module
    try:
        return import_module(f"sellingpartner.testing.{name}")
    except ModuleNotFoundError as missing:
        message = f"A market needs {missing.name}: pip install 'sellingpartner[server]'."
        pytest.fail(message, pytrace=False)


def _is_fixture(value: object) -> bool:
    return type(value).__name__ == "FixtureFunctionDefinition" or hasattr(value, "_pytestfixturefunction")
