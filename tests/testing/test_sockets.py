from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import httpx2

from sellingpartner.testing import TestMarket, on_a_socket


def test_a_market_on_a_socket_answers_there_and_knows_where_that_is(market: TestMarket) -> None:
    names: list[str] = []

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        names.append(f"http://{environ['SERVER_NAME']}:{environ['SERVER_PORT']}")
        return market.server(environ, start_response)

    with on_a_socket(app) as url:
        said = httpx2.get(f"{url}/", headers={"Host": "elsewhere.example"}, timeout=5)

    assert said.json() == {"timestamp": market.now.isoformat().replace("+00:00", "Z")}
    assert names == [url]
