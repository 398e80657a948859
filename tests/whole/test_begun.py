"""A market in a process of its own begins as it is told: with credentials of a file, the environment, or a world."""

from __future__ import annotations

import json
import socket
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from nursery import Start, cold, forked, opened

from sellingpartner.env_file import read_env
from sellingpartner.market.worlds.saving import save
from sellingpartner.market.worlds.world import Access
from sellingpartner.testing import TestMarket

ID, SECRET, TOKEN = "amzn1.application-oa2-client.fixed", "amzn1.oa2-cs.v1.fixed-beforehand", "Atzr|fixed-beforehand"
SCENARIO = f"""
about = "Everything is known beforehand."
limits = "off"

[application]
client_id = "{ID}"
client_secret = "{SECRET}"
refresh_token = "{TOKEN}"

[[sellers]]
name = "Known Beforehand"
"""
CHOSEN = {"SPAPI_CLIENT_ID": ID, "SPAPI_CLIENT_SECRET": SECRET, "SPAPI_REFRESH_TOKEN": TOKEN}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(
    folder: Path, *arguments: str, environ: Mapping[str, str] | None = None, start: Start = forked
) -> Iterator[str]:
    """Serve a market until the block ends; gives its address. Nothing is written but into the folder."""
    port = free_port()
    environ = {"XDG_CACHE_HOME": str(folder / "cache"), **(environ or {})}
    with opened("--port", str(port), *arguments, folder=folder, environ=environ, start=start):
        url = f"http://127.0.0.1:{port}"
        with httpx2.Client(transport=httpx2.HTTPTransport(retries=8)) as http:  # it is told of a little earlier
            assert http.get(f"{url}/health", timeout=40).is_success
        yield url


def participations(url: str, *, client_id: str = ID, secret: str = SECRET, token: str = TOKEN) -> list[str]:
    """Where the seller sells whom these credentials are about, asked for by a program that knows nothing else."""
    form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": client_id, "client_secret": secret}
    with urllib.request.urlopen(f"{url}/auth/o2/token", urllib.parse.urlencode(form).encode()) as answer:
        access = json.load(answer)["access_token"]
    asked = urllib.request.Request(
        f"{url}/sellers/v1/marketplaceParticipations", headers={"x-amz-access-token": access}
    )
    with urllib.request.urlopen(asked) as answer:
        return [one["marketplace"]["countryCode"] for one in json.load(answer)["payload"]]


@pytest.mark.parametrize("how", ["scenario", "environment"])
def test_credentials_that_are_fixed_beforehand_open_the_market(how: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(SCENARIO)
    if how == "scenario":
        begun, environ = ["--scenario", "./mine.toml"], {}
    else:
        begun, environ = ["--no-demo", "--limits", "off"], CHOSEN
    where = ["--database", f"sqlite:///{tmp_path}/market.db", *begun]

    for start in (cold, forked):  # a market that has begun goes on with them
        with served(tmp_path, *where, environ=environ, start=start) as url:
            assert participations(url) == ["US"]

    assert read_env(tmp_path / ".spapi/credentials.env")["SP_API_REFRESH_TOKEN"] == TOKEN
    assert not (tmp_path / "cache").exists()


def test_a_market_begins_with_a_world_and_goes_on_from_it(tmp_path: Path) -> None:
    with TestMarket() as market:
        order_id, access = market.buys("MUG-BLUE"), market.seller.access
        kept = Access(
            client_id=access.client_id, client_secret=access.client_secret, refresh_token=access.refresh_token
        )
        save(market.market, tmp_path / ".spapi/worlds/with-an-order.world", credentials=kept)
    where = ["--database", f"sqlite:///{tmp_path}/market.db", "--world", "with-an-order", "--limits", "off"]

    for _ in range(2):
        with served(tmp_path, *where) as url:
            found = participations(url, client_id=kept.client_id, secret=kept.client_secret, token=kept.refresh_token)
            with urllib.request.urlopen(f"{url}/market/v1/orders/{order_id}") as answer:
                assert json.load(answer)["orderId"] == order_id
            assert found == ["US"]

    another = ["--world", "another", "--port", str(free_port())]
    assert forked("serve", *where[:2], *another, folder=tmp_path, out=tmp_path / "refused.txt").wait() != 0
    assert "has begun otherwise" in (tmp_path / "refused.txt").read_text()


@pytest.mark.parametrize("how", ["a world with a document", "a place for documents"])
def test_documents_are_kept_whatever_the_market_did_with_them_before_it_was_served(how: str, tmp_path: Path) -> None:
    with TestMarket() as market:
        market.lists("MUG-BLUE")
        market.report("GET_FLAT_FILE_OPEN_LISTINGS_DATA")
        save(market.market, tmp_path / ".spapi/worlds/with-a-document.world")
    begun = (
        ["--world", "with-a-document"]
        if how == "a world with a document"
        else ["--no-demo", "--documents", f"{tmp_path}/documents"]
    )
    place = tmp_path / ("market.documents" if how == "a world with a document" else "documents")

    with served(tmp_path, "--database", f"sqlite:///{tmp_path}/market.db", *begun) as url:
        load = urllib.request.Request(f"{url}/market/v1/worlds/with-a-document/load", method="POST")
        with urllib.request.urlopen(load, timeout=30) as answer:
            assert json.load(answer)["name"] == "with-a-document"
        assert len([found for found in place.rglob("*") if found.is_file()]) == 1
