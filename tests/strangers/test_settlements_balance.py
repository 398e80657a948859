"""A bookkeeper's program, with python-amazon-sp-api over a real socket: settlement files against financial events.

It knows the files as they are documented (`settlement_reader`) and the SDK, and nothing else of the market.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import pytest
from busy_shop import BusyShop
from event_reader import worth
from settlement_reader import Read, read_v2
from upset_shop import lives

from sellingpartner.env_file import read_env
from sellingpartner.market.money.ledger.commands import change_policy
from sellingpartner.server.process.credentials import ready_credentials
from sellingpartner.testing import TestMarket, on_a_socket
from sellingpartner.testing.world import START

V2 = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"
OF_ORDERS = ("ShipmentEventList", "RefundEventList", "GuaranteeClaimEventList", "ChargebackEventList")
Posted = dict[tuple[str, datetime], Decimal]
Json = dict[str, Any]

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


class Bookkeeper:
    """What the SDK fetches."""

    def __init__(self, said: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        url = said["SP_API_BASE_URL"]
        marketplace = import_module("sp_api.base").Marketplaces.US
        tokens = import_module("sp_api.auth.access_token_client")
        monkeypatch.setattr(marketplace, "endpoint", url)
        monkeypatch.setattr(tokens.AccessTokenClient, "scheme", "http://")
        monkeypatch.setattr(tokens.AccessTokenClient, "host", url.removeprefix("http://"))
        tokens.cache.clear()
        credentials = {
            "lwa_app_id": said["SP_API_CLIENT_ID"],
            "lwa_client_secret": said["SP_API_CLIENT_SECRET"],
            "refresh_token": said["SP_API_REFRESH_TOKEN"],
        }
        apis = import_module("sp_api.api")
        self.reports = apis.Reports(credentials=credentials, marketplace=marketplace)
        self.finances = apis.Finances(credentials=credentials, marketplace=marketplace)

    def settlements(self) -> list[Read]:
        """The settlement files, read."""
        found, token = [], None
        while True:
            asked = {"nextToken": token} if token else {"reportTypes": [V2], "pageSize": 2}
            answer = self.reports.get_reports(**asked)
            found += answer.payload["reports"]
            token = answer.next_token
            if not token:
                break
        return [read_v2(self._document(one["reportDocumentId"])) for one in found]

    def _document(self, document_id: str) -> str:
        return str(self.reports.get_report_document(document_id, download=True).payload["document"])

    def groups(self) -> list[Json]:
        """The settlement periods that are closed."""
        asked = {"FinancialEventGroupStartedAfter": f"{START:%Y-%m-%dT%H:%M:%SZ}"}
        groups: list[Json] = self.finances.list_financial_event_groups(**asked).payload["FinancialEventGroupList"]
        return [one for one in groups if one["ProcessingStatus"] == "Closed"]

    def events(self, after: datetime, before: datetime) -> Iterator[tuple[str, Json]]:
        """Financial events of some time, page by page, with the names of their lists."""
        asked = {
            "PostedAfter": f"{after:%Y-%m-%dT%H:%M:%SZ}",
            "PostedBefore": f"{before:%Y-%m-%dT%H:%M:%SZ}",
            "MaxResultsPerPage": 20,
        }
        more: Json = {}
        while True:
            payload = self.finances.list_financial_events(**asked, **more).payload
            yield from ((name, one) for name, of in payload["FinancialEvents"].items() for one in of)
            if not payload.get("NextToken"):
                return
            more = {"NextToken": payload["NextToken"]}


@pytest.fixture(autouse=True)
def _sockets_left_open() -> Iterator[None]:
    """Connections that an SDK never closes end here without a warning."""
    yield
    gc.collect()


@pytest.fixture
def lived() -> Iterator[TestMarket]:
    """A market some settlement periods after an eventful shop opened; nothing of its money is kept in reserve."""
    with TestMarket(limits="off") as market:
        shop = BusyShop(market, "US")
        shop.luck = Random("a bookkeeper's")
        with market.market.write(market.seller_account.seller_id) as unit:
            change_policy(unit, "USD", deferral_days=2)
        for _ in lives(shop, 45):
            pass
        market.advance(days=30)
        yield market


@pytest.fixture
def bookkeeper(lived: TestMarket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bookkeeper]:
    with on_a_socket(lived.server) as url:
        ready_credentials(lived.market, tmp_path / "credentials.env", url)
        yield Bookkeeper(read_env(tmp_path / "credentials.env"), monkeypatch)


def posted(bookkeeper: Bookkeeper, until: datetime) -> tuple[Posted, int]:
    """What the events of orders come to, by order and second; and how many events were listed."""
    found: defaultdict[tuple[str, datetime], Decimal] = defaultdict(Decimal)
    count = 0
    for name, event in bookkeeper.events(START - timedelta(seconds=1), until):
        count += 1
        if name in OF_ORDERS:
            found[event["AmazonOrderId"], datetime.fromisoformat(event["PostedDate"])] += worth(event)
    return dict(found), count


def in_files(settlements: list[Read]) -> Posted:
    """The same of the rows of all files; no order's second stands in two of them."""
    found: Posted = {}
    for one in settlements:
        assert not found.keys() & one.of_orders.keys()
        found |= one.of_orders
    return found


def test_a_bookkeeper_balances_settlement_files_against_financial_events(bookkeeper: Bookkeeper) -> None:
    settlements = bookkeeper.settlements()
    until = max(one.ended for one in settlements)

    events, count = posted(bookkeeper, until)

    assert len(settlements) >= 3
    assert count > 20  # more than a page
    assert in_files(settlements) == {key: worth for key, worth in events.items() if key[1] <= until}
    assert len(events) > 15
    for one in settlements:
        assert one.rows_sum == one.total


def test_each_file_comes_to_what_its_group_was_paid(bookkeeper: Bookkeeper) -> None:
    totals = {one.began: one.total for one in bookkeeper.settlements()}

    paid = {
        datetime.fromisoformat(one["FinancialEventGroupStart"]): Decimal(str(one["OriginalTotal"]["CurrencyAmount"]))
        for one in bookkeeper.groups()
    }

    assert {began: total for began, total in paid.items() if began in totals} == totals


def test_a_row_that_was_left_out_of_a_file_is_found(bookkeeper: Bookkeeper) -> None:
    settlements = bookkeeper.settlements()
    events, _ = posted(bookkeeper, max(one.ended for one in settlements))

    broken = next(one for one in settlements if one.of_orders)

    del broken.of_orders[next(iter(broken.of_orders))]

    assert in_files(settlements) != events
    assert broken.rows_sum != broken.total
