"""amzn-selling-partner: its region is any object with a `base_url`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from amzn_selling_partner import SellingPartner

from benchmarks.clients.access import LONG_AGO, PAGE, TOKEN_PATH, Access


class Elsewhere:
    """A region that is not Amazon's."""

    def __init__(self, url: str) -> None:
        self._url = url

    def base_url(self, *, sandbox: bool) -> str:  # noqa: ARG002 - as it is called
        """The address of the API."""
        return self._url


class AmznSellingPartner:
    """Typed answers; its throttle goes by the published rates alone."""

    def __init__(self, access: Access, *, throttled: bool) -> None:
        region: Any = Elsewhere(access.url)
        self._client = SellingPartner(
            region=region,
            token_url=access.url + TOKEN_PATH,
            client_id=access.client_id,
            client_secret=access.client_secret,
            refresh_token=access.refresh_token,
            throttle=throttled,
        )
        self._marketplace_ids = access.marketplace_ids

    def get_order(self, order_id: str) -> str:
        """See `Blocking`."""
        order = cast("Any", self._client.orders_v0.get_order(order_id).payload)
        found: str = order.amazon_order_id
        return found

    def page(self) -> int:
        """See `Blocking`."""
        page = cast(
            "Any",
            self._client.orders_v0.list_orders(
                self._marketplace_ids, created_after=LONG_AGO, max_results_per_page=PAGE
            ).payload,
        )
        return len(page.orders)

    def everything(self) -> tuple[int, int]:
        """See `Blocking`. Its own way from page to page leaves out what the market asks for with every page."""
        orders = items = 0
        for order in self._orders():
            orders += 1
            items += sum(1 for _ in self._client.orders_v0.iter_list_order_order_items(order.amazon_order_id))
        return orders, items

    def _orders(self) -> Iterator[Any]:
        token: str | None = None
        while True:
            page = cast(
                "Any",
                self._client.orders_v0.list_orders(
                    self._marketplace_ids, created_after=LONG_AGO, max_results_per_page=PAGE, next_token=token
                ).payload,
            )
            yield from page.orders
            token = page.next_token
            if token is None:
                return


def connect(access: Access, *, throttled: bool) -> AmznSellingPartner:
    """Make the client."""
    return AmznSellingPartner(access, throttled=throttled)
