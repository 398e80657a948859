"""Programs for Amazon, each with an SDK of others, none told of any market: `spapi run` alone leads them to one.

Each goes through the same fifteen steps: a token, marketplaces, a destination and a subscription, the schema of mugs by
its link, a preview and a listing, an order that a buyer places, the list, the order, its items, a restricted data
token, the address, the shipment, the order once more, and the stock.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from hashlib import md5
from pathlib import Path
from shutil import which
from typing import Any

import msgspec
import pytest
from bookkeeper import LAMP, invoice_of, order_in, shop_in_brazil
from forwarder import Forwarder
from nursery import Start, cold, forked
from postage import PACKAGE, PRINTED, ordered, sold_elsewhere
from serviceman import ANN, MOUNTING, STORE, Serviceman
from shipper import status_of

from sellingpartner.market.attributes import encode
from sellingpartner.market.orders.purchase import PurchaseLine
from sellingpartner.market.product_types.questions import example_of
from sellingpartner.server.process.credentials import ready_credentials
from sellingpartner.testing import TestMarket, on_a_socket
from sellingpartner.testing.world import ADDRESS, START

US = "ATVPDKIKX0DER"
HERE = Path(__file__).parent

SEEN = {
    "participations": [US],
    "subscribed": "1.0",
    "schema": ["https://tortuga-prod-na.s3-external-1.amazonaws.com", True],
    "preview": "VALID",
    "put": "ACCEPTED",
    "listed": True,
    "order": "Unshipped",
    "items": [["MUG", 2]],
    "hidden": None,
    "address": True,
    "shipped": "Shipped",
    "left": -2,
}


@pytest.fixture
def market() -> Iterator[TestMarket]:
    market = TestMarket(at=START)
    yield market
    market.close()


@pytest.fixture
def home(market: TestMarket, tmp_path: Path) -> Iterator[Path]:
    """A folder in which `spapi serve` was started: a market stands, and its credentials lie there."""
    attributes = msgspec.json.decode(encode(example_of("MUG", US, item_name="A Mug")))
    given = {"sku": "MUG", "arn": "arn:aws:sqs:us-east-1:123456789012:orders", "attributes": attributes}
    (tmp_path / "given.json").write_text(json.dumps(given))
    with on_a_socket(market.server) as url:
        ready_credentials(market.market, tmp_path / ".spapi/credentials.env", url)
        yield tmp_path


def run(home: Path, *command: str, start: Start = forked) -> Any:  # noqa: ANN401 - JSON
    """What a program prints that is run by `spapi run`, in an environment in which nothing is known of Amazon."""
    environ = {"SHIP_DATE": f"{START:%Y-%m-%dT%H:%M:%SZ}", "SP_API_DEFAULT_MARKETPLACE": "US"}
    out, err = home / "said.json", home / "complained.txt"
    code = start("run", "--", *command, "given.json", folder=home, out=out, err=err, environ=environ).wait(100)
    assert code == 0, out.read_text() + err.read_text()
    return json.loads(out.read_text())


@pytest.mark.parametrize(
    "program", ["with_python_amazon_sp_api.py", "with_amzn_sp_api.py", "with_amzn_selling_partner.py"]
)
def test_an_unchanged_program_in_python_lives_a_sellers_day(home: Path, program: str) -> None:
    assert run(home, sys.executable, str(HERE / "programs" / program), start=cold) == SEEN


PACKAGES = HERE / "node" / "node_modules"
IS_NEEDED = os.environ.get("SPAPI_TEST_NODE") == "needed"
"""Whether a test fails where there is no Node, as in CI."""
in_node = pytest.mark.skipif(
    not IS_NEEDED and (which("node") is None or not PACKAGES.is_dir()),
    reason="there is no Node, or `make .venv/.node` was not run",
)


@in_node
def test_an_unchanged_program_in_javascript_lives_a_sellers_day(home: Path) -> None:
    assert run(home, "node", str(HERE / "node" / "story.cjs")) == SEEN


def sold(market: TestMarket) -> dict[str, list[list[str]]]:
    """Two orders, of which one is paid, and what reports are to tell of them."""
    whole = market.buys(lines=(PurchaseLine(sku="MUG-BLUE", quantity=2, unit_price=1250),), address=ADDRESS)
    unpaid = market.buys("MUG-RED", paid=False)
    lines = [[whole, "MUG-BLUE", "2", "25.0", "USD"], [unpaid, "MUG-RED", "1", "", ""]]
    return {"all": sorted(lines), "unshipped": [[whole, "2", ADDRESS.name]]}


@pytest.mark.parametrize("program", ["reads_with_python_amazon_sp_api.py", "reads_with_amzn_sp_api.py"])
def test_an_unchanged_program_in_python_asks_for_reports_and_reads_them(
    home: Path, market: TestMarket, program: str
) -> None:
    told = sold(market)

    assert run(home, sys.executable, str(HERE / "programs" / program)) == told


@in_node
def test_an_unchanged_program_in_javascript_asks_for_reports_and_reads_them(home: Path, market: TestMarket) -> None:
    told = sold(market)

    assert run(home, "node", str(HERE / "node" / "reading.cjs")) == told


@in_node
def test_an_unchanged_program_with_a_typed_sdk_comes_from_its_token_to_orders(home: Path, market: TestMarket) -> None:
    market.buys("MUG-BLUE", quantity=2)
    market.advance(minutes=5)

    assert run(home, "node", str(HERE / "node" / "typed.cjs")) == {"orders": ["Unshipped"], "items": ["MUG-BLUE"]}


FED = {
    "waits": "IN_QUEUE",
    "status": "DONE",
    "listed": True,
    "summary": {
        "errors": 1,
        "warnings": 0,
        "messagesProcessed": 2,
        "messagesAccepted": 1,
        "messagesInvalid": 1,
    },
    "messages": [2],
}


@pytest.mark.parametrize("program", ["feed_with_python_amazon_sp_api.py", "feed_with_amzn_sp_api.py"])
def test_an_unchanged_program_in_python_sends_a_feed_and_reads_what_became_of_it(home: Path, program: str) -> None:
    assert run(home, sys.executable, str(HERE / "programs" / program)) == FED


@in_node
def test_an_unchanged_program_in_javascript_sends_a_feed_and_reads_what_became_of_it(home: Path) -> None:
    assert run(home, "node", str(HERE / "node" / "feed.cjs")) == FED


SENT = {
    "operations": [
        [name, "SUCCESS"]
        for name in (
            "createInboundPlan",
            "generatePackingOptions",
            "confirmPackingOption",
            "setPackingInformation",
            "generatePlacementOptions",
            "confirmPlacementOption",
            "generateTransportationOptions",
            "confirmTransportationOptions",
        )
    ],
    "labels": "%PDF-",
    "first": "READY_TO_SHIP",
    "last": "CLOSED",
    "steps": True,
    "received": 40,
    "on the shelf": True,
    "order": ["Received", "Complete"],
    "tracked": [True, "DELIVERED"],
    "left": -3,
}


@pytest.fixture
def shelf(home: Path, market: TestMarket) -> None:
    """A book that the seller lists and has Amazon fulfill; none of it is at Amazon."""
    Forwarder(market).sells("ATLAS")
    given = {"sent": "ATLAS", "now": f"{market.now:%Y-%m-%dT%H:%M:%SZ}"}
    (home / "given.json").write_text(json.dumps(given))


@pytest.mark.usefixtures("shelf")
def test_an_unchanged_program_in_python_sends_units_in_and_has_them_shipped_out(home: Path) -> None:
    program = "sends_with_python_amazon_sp_api.py"
    assert run(home, sys.executable, str(HERE / "programs" / program)) == SENT


@in_node
@pytest.mark.usefixtures("shelf")
def test_an_unchanged_program_in_javascript_sends_units_in_and_has_them_shipped_out(home: Path) -> None:
    assert run(home, "node", str(HERE / "node" / "sending.cjs")) == SENT


SERVED = {
    "found": ["PENDING_SCHEDULE", True],
    "slots": [True, [1, 1]],
    "again": ["InvalidInput", "Job already has an active appointmentId."],
    "sent": 200,
    "done": ["COMPLETED", ["CANCELLED", "COMPLETED"]],
    "proof": "POA_RECEIPT",
}


@pytest.mark.parametrize(
    "program", ["programs/services_with_python_amazon_sp_api.py", pytest.param("node/services.cjs", marks=in_node)]
)
def test_an_unchanged_program_has_a_service_done(home: Path, market: TestMarket, program: str) -> None:
    seller = Serviceman(market, minutes=15)
    seller.works("2026-11-02T09:15:00+00:00", "2026-11-02T09:45:00+00:00")
    order_id = market.buys(MOUNTING)
    given = {"order": order_id, "asin": seller.asin, "store": STORE, "technician": ANN}
    given |= {"from": "2026-11-02T09:15:00Z", "until": "2026-11-02T09:45:00Z", "done": "2026-11-02T09:44:00Z"}
    (home / "given.json").write_text(json.dumps(given))

    assert run(home, sys.executable if program.endswith(".py") else "node", str(HERE / program)) == SERVED
    market.advance(days=30)
    assert [one.order_id for one in market.facts("OrderShipped")] == [order_id]  # type: ignore[attr-defined] # its field


@pytest.mark.skipif(which("javac") is None, reason="there is no JDK")
def test_a_program_in_java_comes_from_its_token_to_its_marketplaces(home: Path) -> None:
    said = run(home, "java", str(HERE / "java" / "Participations.java"))

    assert [one["marketplace"]["id"] for one in said["payload"]] == [US]


HAS_PHP = (
    which("php") is not None
    and "curl" in subprocess.run(["php", "-m"], capture_output=True, text=True, check=False).stdout
)


@pytest.mark.skipif(not HAS_PHP, reason="there is no PHP with curl")
def test_a_program_in_php_comes_from_its_token_to_its_marketplaces(home: Path) -> None:
    said = run(home, "php", str(HERE / "php" / "participations.php"))

    assert [one["marketplace"]["id"] for one in said["payload"]] == [US]


@pytest.mark.skipif(which("ruby") is None, reason="there is no Ruby")
def test_a_program_in_ruby_comes_from_its_token_to_its_marketplaces(home: Path) -> None:
    said = run(home, "ruby", str(HERE / "ruby" / "participations.rb"))

    assert [one["marketplace"]["id"] for one in said["payload"]] == [US]


@pytest.mark.skipif(which("go") is None, reason="there is no Go")
def test_a_program_in_go_comes_from_its_token_to_its_marketplaces(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOCACHE", str(home / "cache"))
    monkeypatch.setenv("GO111MODULE", "off")

    said = run(home, "go", "run", str(HERE / "go" / "participations.go"))

    assert [one["marketplace"]["id"] for one in said["payload"]] == [US]


HAS_MONO = all(map(which, ("mcs", "mono", "cert-sync")))


@pytest.mark.skipif(not HAS_MONO, reason="there is no Mono")
def test_a_program_in_csharp_comes_from_its_token_to_its_marketplaces(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, built = HERE / "csharp" / "Participations.cs", home / "participations.exe"
    made = subprocess.run(
        ["mcs", "-r:System.Net.Http.dll", f"-out:{built}", str(program)], capture_output=True, text=True, check=False
    )
    if "could not be found" in made.stdout + made.stderr:
        pytest.skip("Mono has no System.Net.Http here")
    monkeypatch.setenv("HOME", str(home))  # where Mono keeps whom a user trusts

    trusting = f"cert-sync --quiet --user .spapi/tls/ca.pem >/dev/null && exec mono {built}"
    said = run(home, "sh", "-c", trusting)

    assert [one["marketplace"]["id"] for one in said["payload"]] == [US]


@pytest.fixture
def brazil(tmp_path: Path) -> Iterator[tuple[Path, TestMarket]]:
    """The same of a market of Brazil, whose seller writes its invoices: one lies there for an order that waits."""
    market = shop_in_brazil()
    order_id = market.buys(LAMP, 2)
    content = invoice_of(order_in(market, order_id))
    given = {
        "shipment": f"{order_id}-1",
        "content": b64encode(content).decode(),
        "md5": md5(content, usedforsecurity=False).hexdigest(),
    }
    (tmp_path / "given.json").write_text(json.dumps(given))
    with on_a_socket(market.server) as url:
        ready_credentials(market.market, tmp_path / ".spapi/credentials.env", url)
        yield tmp_path, market
    market.close()


@pytest.mark.parametrize(
    "program",
    [
        "programs/invoices_with_python_amazon_sp_api.py",
        "programs/invoices_with_amzn_sp_api.py",
        pytest.param("node/invoicing.cjs", marks=in_node),
    ],
)
def test_an_unchanged_program_hands_an_invoice_in_and_the_order_leaves(
    brazil: tuple[Path, TestMarket], program: str
) -> None:
    home, market = brazil
    order_id = json.loads((home / "given.json").read_text())["shipment"].removesuffix("-1")

    seen = run(home, sys.executable if program.endswith(".py") else "node", str(HERE / program))

    assert seen == {
        "before": "NotFound",
        "order": order_id,
        "handed in": "Processing",
        "after": "Accepted",
        "listed": ["AUTHORIZED"],
    }
    market.advance(days=1)
    assert order_in(market, order_id).status == "Shipped"


@pytest.fixture
def packing(market: TestMarket, tmp_path: Path) -> Iterator[Path]:
    """The same, with an order that waits for its label and a parcel that was sold elsewhere."""
    given = {
        "rates": ordered(market),
        "service": "UPS_PTP_GND",
        "carrier": "UPS",
        "reference": PACKAGE["packageClientReferenceId"],
        "purchase": {
            "requestedDocumentSpecification": PRINTED,
            "requestedValueAddedServices": [{"id": "NO_CONFIRMATION"}],
        },
        "one click": sold_elsewhere()
        | {"labelSpecifications": PRINTED, "serviceSelection": {"serviceId": ["std-us-swa-mfn"]}},
    }
    (tmp_path / "given.json").write_text(json.dumps(given))
    with on_a_socket(market.server) as url:
        ready_credentials(market.market, tmp_path / ".spapi/credentials.env", url)
        yield tmp_path


@pytest.mark.parametrize(
    "program",
    [
        "programs/ships_with_python_amazon_sp_api.py",
        "programs/ships_with_amzn_sp_api.py",
        pytest.param("node/shipping.cjs", marks=in_node),
    ],
)
def test_an_unchanged_program_buys_labels_follows_one_and_gives_another_back(
    packing: Path, market: TestMarket, program: str
) -> None:
    order_id = json.loads((packing / "given.json").read_text())["rates"]["channelDetails"]["amazonOrderDetails"]

    seen = run(packing, sys.executable if program.endswith(".py") else "node", str(HERE / program))

    assert seen == {
        "offered": True,
        "again": 400,
        "same label": True,
        "begins": "PreTransit",
        "ends": "Delivered",
        "canceled": True,
    }
    assert status_of(market.seller, order_id["orderId"]) == "Shipped"
