"""The table of errors in docs/migrating.md: a server fails in one way, and four packages say what it was."""

from __future__ import annotations

import gc
import json
import re
import socket
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from four_packages import TOKEN_PATH

from sellingpartner import SellingPartner
from sellingpartner.contract.errors import InternalFailure
from sellingpartner.market.accounts.tokens import REVOKED
from sellingpartner.server.authorization.refusals import REVOKED_REFRESH_TOKEN
from sellingpartner.testing import on_a_socket

PAGE = Path(__file__).parents[2] / "docs" / "migrating.md"
ROWS = {
    found[0].strip(): found[1:]
    for found in re.findall(
        r"^\| ([^|]+) " + r"\| (?:`(\w+)`|nothing: [^|]+) " * 4 + r"\|$", PAGE.read_text(), re.MULTILINE
    )
}
"""What happened, and the class that each package raises; empty where it raises nothing."""

ORDER = "902-3159896-1390916"
APPLICATION: dict[str, Any] = {
    "client_id": "amzn1.application-oa2-client.1",
    "client_secret": "5ec2e7",
    "refresh_token": "Atzr|1",
}

pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),  # not all of them close what they open
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Failing:
    """A server that gives every call the same answer, and every login the same."""

    def __init__(self) -> None:
        self.login = (200, {"access_token": "Atza|1", "token_type": "bearer", "expires_in": 3600})
        self.answer: tuple[int, Any] = (200, {})
        self.calls = 0
        self.url = ""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        at_login = environ["PATH_INFO"] == TOKEN_PATH
        self.calls += not at_login
        status, body = self.login if at_login else self.answer
        kind = "text/html" if isinstance(body, str) else "application/json"
        start_response(f"{status} So", [("Content-Type", kind)])
        return [body.encode() if isinstance(body, str) else json.dumps(body).encode()]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Failing]:
    server = Failing()
    at_once = SimpleNamespace(**vars(import_module("time")) | {"sleep": lambda _: None})
    monkeypatch.setattr(import_module("spapi.auth.lwa_request"), "time", at_once)
    monkeypatch.setattr(import_module("amzn_selling_partner.sdk._http"), "time", at_once)
    import_module("sp_api.auth.access_token_client").cache.clear()
    with on_a_socket(server) as url:
        server.url = url
        yield server


@pytest.fixture(scope="module", autouse=True)
def _collected() -> Iterator[None]:
    """What they did not close is closed while nobody minds."""
    yield
    gc.collect()


def python_amazon_sp_api(api: str, login: str) -> object:
    class Elsewhere:
        endpoint, marketplace_id, region = api, "ATVPDKIKX0DER", "us-east-1"

    class TokensElsewhere(import_module("sp_api.auth").AccessTokenClient):  # type: ignore[misc]
        scheme, host = f"{urlsplit(login).scheme}://", urlsplit(login).netloc

    named = {"lwa_app_id": "client_id", "lwa_client_secret": "client_secret", "refresh_token": "refresh_token"}
    credentials = {theirs: APPLICATION[ours] for theirs, ours in named.items()}
    orders = import_module("sp_api.api").Orders
    opened = orders(marketplace=Elsewhere, auth_token_client_class=TokensElsewhere, credentials=credentials)
    found: object = opened.get_order(ORDER)
    return found


def amzn_sp_api(api: str, login: str) -> object:
    spapi = import_module("spapi")
    client = spapi.SPAPIClient(spapi.SPAPIConfig(**APPLICATION), endpoint=api, oauth_endpoint=login + TOKEN_PATH)
    found: object = spapi.OrdersV0Api(client.api_client).get_order(ORDER)
    return found


def amzn_selling_partner(api: str, login: str) -> object:
    with opened_amzn_selling_partner(api, login, max_retries=0) as opened:
        found: object = opened.orders_v0.get_order(ORDER)
        return found


def opened_amzn_selling_partner(api: str, login: str, **options: Any) -> Any:  # noqa: ANN401 - its client
    region = SimpleNamespace(base_url=lambda **_: api)
    client = import_module("amzn_selling_partner").SellingPartner
    return client(region=region, token_url=login + TOKEN_PATH, **APPLICATION, **options)


def sellingpartner(api: str, login: str) -> object:
    with SellingPartner(base_url=api, oauth_url=login, retries=0, **APPLICATION) as opened:
        return opened.orders_v0.get_order(order_id=ORDER)


CALLS = (python_amazon_sp_api, amzn_sp_api, amzn_selling_partner, sellingpartner)


def raised(api: str, login: str) -> tuple[str, ...]:
    """What each package raises when it asks for an order, in the order of the page's columns."""
    return tuple(_raised_by(call, api, login) for call in CALLS)


def _raised_by(call: Callable[[str, str], Any], api: str, login: str) -> str:
    try:
        call(api, login)
    except Exception as failure:  # noqa: BLE001 - four packages, four roots of errors
        return type(failure).__name__
    return ""


def refused(code: str, details: str = "") -> dict[str, Any]:
    return {"errors": [{"code": code, "message": "no", "details": details}]}


@pytest.mark.parametrize("status", [row for row in ROWS if row.isdigit()])
def test_a_refusal_is_raised_as_the_page_says(failing: Failing, status: str) -> None:
    failing.answer = (int(status), refused("Amazons"))

    assert raised(failing.url, failing.url) == ROWS[status]


def test_a_grant_that_was_taken_back_is_told_at_the_login(failing: Failing) -> None:
    failing.login = (400, {"error": "invalid_grant", "error_description": REVOKED_REFRESH_TOKEN})

    assert raised(failing.url, failing.url) == ROWS["the grant was taken back, and the login says so"]


def test_a_grant_that_was_taken_back_is_told_by_the_api(failing: Failing) -> None:
    failing.answer = (403, refused("Unauthorized", REVOKED))

    assert raised(failing.url, failing.url) == ROWS["the grant was taken back, and the API says so"]


def test_a_scope_that_is_missing_is_told(failing: Failing) -> None:
    failing.answer = (403, refused("Unauthorized", "getOrder needs the scope sellingpartnerapi::orders."))

    assert raised(failing.url, failing.url) == ROWS["a scope was not granted"]


def test_a_secret_that_is_wrong_is_told_at_the_login(failing: Failing) -> None:
    failing.login = (401, {"error": "invalid_client", "error_description": "Client authentication failed"})

    assert raised(failing.url, failing.url) == ROWS["no token for another reason"]


def test_an_address_where_nobody_is_at_home(failing: Failing) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    assert raised(f"http://127.0.0.1:{port}", failing.url) == ROWS["no connection"]


def test_a_page_of_a_proxy_is_no_order(failing: Failing) -> None:
    failing.answer = (502, "<html>Bad Gateway</html>")

    assert raised(failing.url, failing.url) == ROWS["a proxy's page with 502"]


def test_a_value_that_nobody_knew_of(failing: Failing) -> None:
    order = {"AmazonOrderId": ORDER, "OrderStatus": "Teleported"}
    failing.answer = (
        200,
        {"payload": order | {"PurchaseDate": "2026-11-02T09:00:00Z", "LastUpdateDate": "2026-11-02T09:00:00Z"}},
    )

    assert raised(failing.url, failing.url) == ROWS["an unknown enumeration value"]


def test_a_feed_that_may_have_been_taken_is_sent_again_by_one_of_them(failing: Failing) -> None:
    failing.answer = (500, refused("InternalFailure"))

    with SellingPartner(base_url=failing.url, **APPLICATION) as ours, pytest.raises(InternalFailure):
        ours.feeds.create_feed(feed_type="POST_INVENTORY", marketplace_ids=["x"], input_feed_document_id="d")
    sent_by_us, failing.calls = failing.calls, 0
    with opened_amzn_selling_partner(failing.url, failing.url) as theirs, pytest.raises(Exception, match="HTTP 500"):
        theirs.feeds.create_feed({"feedType": "POST_INVENTORY", "marketplaceIds": ["x"], "inputFeedDocumentId": "d"})

    assert (sent_by_us, failing.calls) == (1, 3)


def test_every_row_of_the_table_is_tried() -> None:
    told = Path(__file__).read_text()

    assert len(ROWS) == 17
    assert all(row.isdigit() or f'ROWS["{row}"]' in told for row in ROWS)
