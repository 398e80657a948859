"""docs/migrating.md, example by example: what four packages say of one market."""

from __future__ import annotations

import gc
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from counter import Counter
from four_packages import lead_elsewhere
from scripted import credentials_in

from sellingpartner.market.accounts.grants import give_grant
from sellingpartner.market.accounts.sellers import join_seller
from sellingpartner.testing import TestMarket, on_a_socket

PAGE = Path(__file__).parents[2] / "docs" / "migrating.md"
PACKAGES = ("python-amazon-sp-api", "amzn-sp-api", "amzn-selling-partner", "sellingpartner")
US, CA = "ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"

_SECTION = re.compile(r"^## (?P<title>.+?)\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^```python ?(?P<status>\d*)\n# (?P<package>\S+)\n.*?^```$", re.MULTILINE | re.DOTALL)

pytestmark = [
    # The examples leave clients open, as scripts do.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Example(NamedTuple):
    """A fenced block of the page: a section's code for one package."""

    section: str
    package: str
    is_refused: bool
    """Whether the page says that the market answers 501."""
    code: str


def examples_of(page: str) -> list[Example]:
    return [
        Example(
            section["title"],
            block["package"],
            block["status"] == "501",
            block[0].partition("\n")[2].removesuffix("```"),
        )
        for section in _SECTION.finditer(page)
        for block in _FENCE.finditer(section["text"])
    ]


EXAMPLES = examples_of(PAGE.read_text())


SANDBOX = "Amazon's sandbox"


class Scene(NamedTuple):
    """A market on a socket, and what each package's examples find there."""

    names: dict[str, dict[str, Any]]
    """Names that are there before: for each package the id of an order that is to be shipped."""
    listed: list[str]
    """The orders in the United States, as a list names them."""
    canadian: str
    in_sandbox: str
    """An order in the market's sandbox."""
    counter: Counter
    """What answers for reports and feeds, which the market does not serve."""


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Scene]:
    # The examples ship today, whatever day that is: so the market's clock stands at this hour.
    market = TestMarket(at=datetime.now(UTC).replace(microsecond=0), marketplaces=(US, CA))
    names = {package: {"order_id": market.buys()} for package in PACKAGES}
    canadian = market.buys(marketplace_id=CA)
    asked = f"/orders/v0/orders?MarketplaceIds={US}&CreatedAfter=2026-01-01T00:00:00Z&OrderStatuses=Shipped"
    in_sandbox = market.in_sandbox().call("GET", asked).json()["payload"]["Orders"][0]["AmazonOrderId"]
    market.advance(minutes=10)
    monkeypatch.chdir(tmp_path)
    for name, value in variables_of(market).items():
        monkeypatch.setenv(name, value)
    counter = Counter(market.server)
    with on_a_socket(counter) as url:
        lead_elsewhere(monkeypatch, url)
        yield Scene(names, sorted(str(known["order_id"]) for known in names.values()), canadian, in_sandbox, counter)
    gc.collect()
    market.close()


def variables_of(market: TestMarket) -> dict[str, str]:
    """What the users of the three packages have in their environment, and nothing of ours."""
    credentials = credentials_in(market)
    with market.market.write() as unit:
        acme = join_seller(unit, "Acme", (US,))
    with market.market.write(acme.seller_id) as unit:
        _, acmes = give_grant(unit, acme.seller_id, market.application.application_id)
    harbors = str(credentials.refresh_token)
    return {
        "LWA_APP_ID": credentials.client_id,
        "LWA_CLIENT_SECRET": credentials.client_secret,
        "SP_API_REFRESH_TOKEN": harbors,
        "SP_API_REFRESH_TOKEN_acme": acmes,
        "SP_API_REFRESH_TOKEN_harbor": harbors,
        "AMZN_SELLING_PARTNER_CLIENT_ID": credentials.client_id,
        "AMZN_SELLING_PARTNER_CLIENT_SECRET": credentials.client_secret,
        "AMZN_SELLING_PARTNER_REFRESH_TOKEN": harbors,
    }


def test_every_example_runs_and_the_four_packages_say_the_same(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    said: dict[str, dict[str, str]] = defaultdict(lambda: defaultdict(str))

    for section, package, is_refused, code in EXAMPLES:
        names = scene.names[package]
        refusal = failure_of(code, names | {"order_id": scene.in_sandbox} if section == SANDBOX else names)
        assert ("NotImplemented" in refusal) == is_refused, (section, package, refusal)
        assert is_refused or not refusal, (section, package, refusal)
        said[section][package] += capsys.readouterr().out

    assert {section: set(words.values()) for section, words in said.items()} == {
        "Credentials": {"CA\nUS\n"},
        "A first call": {lines(f"{order_id} Unshipped" for order_id in scene.listed)},
        "A call that changes something": {"Shipped\n"},
        "Another marketplace": {f"{scene.canadian} CAD\n"},
        SANDBOX: {"USD\n"},
        "Pages": {lines(scene.listed)},
        "Personal data": {"Ada Finch Portland\n"},
        "Calls for the application itself": {""},
        "Limits and repetitions": {"Shipped\n"},
        "Errors": {"NotFound\n"},
        "Reports": {"MUG-BLUE\t14.99\n"},
        "Feeds": {"DONE\n"},
        "Many sellers": {"acme 0\nharbor 4\n"},
        "In async code": {"Shipped\n"},
        "An address of your own": {"Shipped\n"},
    }
    assert [json.loads(feed)["messages"][0]["sku"] for feed in scene.counter.left] == ["MUG-BLUE"] * 3


def test_every_block_of_the_page_names_its_package() -> None:
    page = PAGE.read_text()

    assert len(EXAMPLES) == page.count("```python") == 57
    assert {example.package for example in EXAMPLES} == set(PACKAGES)


def failure_of(code: str, names: dict[str, Any]) -> str:
    """What an example raises, with all that the error carries; empty if it runs through."""
    try:
        exec(compile(code, str(PAGE), "exec"), names)
    except Exception as failure:  # noqa: BLE001 - four packages, four roots of errors
        return f"{failure!r} {vars(failure)}"
    return ""


def lines(said: Iterable[str]) -> str:
    return "".join(f"{one}\n" for one in said)
