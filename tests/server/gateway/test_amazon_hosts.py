"""A market that is called by Amazon's names, as behind `spapi run`: its links stay among them."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from sellingpartner.contract.hosts import API_HOSTS, CONSENT_HOSTS, DOCUMENT_HOSTS, HOSTS, LOGIN_HOSTS, SANDBOX_HOSTS
from sellingpartner.contract.marketplaces import Region
from sellingpartner.server.gateway.amazon_hosts import origin_for
from sellingpartner.server.gateway.wsgi import WsgiRequest
from sellingpartner.testing import TestMarket

NA = API_HOSTS[Region.NA]
DOCUMENTS = f"https://{DOCUMENT_HOSTS[Region.NA]}"


def request(host: str, public_url: str | None = None, path: str = "/") -> WsgiRequest:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000"}
    return WsgiRequest(environ | {"HTTP_HOST": host}, public_url)


@pytest.mark.parametrize("region", Region)
def test_links_of_the_api_lead_to_the_documents_of_its_region(region: Region) -> None:
    expected = f"https://{DOCUMENT_HOSTS[region]}"

    assert origin_for(API_HOSTS[region]) == origin_for(SANDBOX_HOSTS[region]) == expected
    assert origin_for(f"{API_HOSTS[region].upper()}:443") == expected
    assert origin_for(f"{API_HOSTS[region]}:8443") == f"{expected}:8443"
    assert origin_for(DOCUMENT_HOSTS[region]) == expected


@pytest.mark.parametrize("host", sorted({*CONSENT_HOSTS, *LOGIN_HOSTS.values()}))
def test_pages_and_tokens_lead_to_where_they_were_asked_for(host: str) -> None:
    assert origin_for(host) == f"https://{host}"


@pytest.mark.parametrize(
    "host",
    [
        "",
        "localhost:8000",
        "www.amazon.com",
        f"evil.{NA}",
        f"{NA}.evil.example",
        f"{NA}:80@evil.example",
        f"{NA}:x",
        f"{NA}:123456",
        f"{NA}.",
        "ellingpartnerapi-na.amazon.com",  # as a client that cuts its Host header would say it
    ],
)
def test_no_other_host_header_says_where_links_lead(host: str) -> None:
    assert request(host).origin == "http://127.0.0.1:8000"


def test_a_public_address_goes_before_the_host_header() -> None:
    assert request(NA, "https://market.example").origin == "https://market.example"


def test_a_sandbox_keeps_its_base_path_in_links() -> None:
    asked = request(SANDBOX_HOSTS[Region.NA], path="/orders")

    assert asked.path == "/sandbox/orders"
    asked.enter("/sandbox")
    assert (asked.path, asked.origin) == ("/orders", f"{DOCUMENTS}/sandbox")


def test_a_seller_is_refused_at_the_host_of_another_region_as_at_amazon(market: TestMarket) -> None:
    path = "/sellers/v1/marketplaceParticipations"

    at_home = market.seller.call("GET", path, headers={"Host": NA})
    abroad = market.seller.call("GET", path, headers={"Host": f"{API_HOSTS[Region.EU]}:443"})
    by_address = market.seller.call("GET", path, headers={"Host": "127.0.0.1:8000"})

    assert (at_home.status, abroad.status, by_address.status) == (200, 403, 200)
    (error,) = abroad.json()["errors"]
    assert (error["code"], error["message"]) == ("Unauthorized", "Access to requested resource is denied.")
    assert error["details"] == ""
    (call,) = market.requests(refused=True)
    assert call.reason == (
        "sellingpartnerapi-eu.amazon.com is for EU; Harbor Goods sells in NA: call sellingpartnerapi-na.amazon.com."
    )


def test_a_european_seller_is_at_home_in_europe() -> None:
    with TestMarket(marketplaces=["DE"]) as market:
        path = "/sellers/v1/marketplaceParticipations"
        answers = [market.seller.call("GET", path, headers={"Host": API_HOSTS[region]}).status for region in Region]

    assert dict(zip(Region, answers, strict=True)) == {Region.NA: 403, Region.EU: 200, Region.FE: 403}


def test_every_host_is_a_plain_name_in_small_letters() -> None:
    assert {
        host for host in HOSTS if host != host.lower() or ":" in host or urlsplit(f"//{host}").hostname != host
    } == set()


def test_a_link_of_an_answer_stays_at_amazons_names_and_opens_there(market: TestMarket) -> None:
    asked = "/definitions/2020-09-01/productTypes/MUG?marketplaceIds=ATVPDKIKX0DER"

    reply = market.seller.call("GET", asked, headers={"Host": NA})
    link = urlsplit(reply.json()["schema"]["link"]["resource"])
    opened = market.seller.call("GET", f"{link.path}?{link.query}", headers={"Host": link.netloc})

    assert f"{link.scheme}://{link.netloc}" == DOCUMENTS
    assert (opened.status, opened.json()["$id"][:8]) == (200, "https://")
