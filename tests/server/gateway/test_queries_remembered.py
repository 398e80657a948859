from __future__ import annotations

from sellingpartner.contract.catalog_items_2022_04_01 import SearchCatalogItems
from sellingpartner.server.gateway.decode import Decoder
from sellingpartner.server.gateway.wsgi import WsgiRequest


def asked(query: str) -> WsgiRequest:
    return WsgiRequest({"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": query})


def test_what_is_done_to_a_request_does_not_reach_the_next_with_the_same_query() -> None:
    decoder = Decoder(SearchCatalogItems)
    query = "marketplaceIds=US&keywords=a,b"

    first = decoder.decode(asked(query), [])
    assert isinstance(first, SearchCatalogItems)
    (first.keywords or []).append("c")
    second = decoder.decode(asked(query), [])

    assert isinstance(second, SearchCatalogItems)
    assert (second.keywords, second.marketplace_ids) == (["a", "b"], ["US"])


def test_every_query_is_read_as_what_it_says_however_many_there_were() -> None:
    decoder = Decoder(SearchCatalogItems)

    for number in range(500):
        for _ in range(2):
            request = decoder.decode(asked(f"marketplaceIds=US&keywords={number}"), [])
            assert isinstance(request, SearchCatalogItems)
            assert request.keywords == [str(number)]
