from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sellingpartner.cli.reach.caller import Caller, Waits
from sellingpartner.cli.reach.transport import through
from sellingpartner.client.events import Answered, Waiting
from sellingpartner.server.process.credentials import Credentials
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


def test_each_value_is_shown_with_its_source_and_secrets_are_masked(spapi: Spapi, ready: Credentials) -> None:
    told = spapi("auth", "show")
    machine = spapi("auth", "show", "--json")

    file = str(Path(".spapi/credentials.env").resolve())
    values = {value["name"]: value for value in machine.json()["values"]}
    assert told.code == 0
    assert values["client_id"] == {"name": "client_id", "value": ready.client_id, "source": f"{file} SP_API_CLIENT_ID"}
    assert values["client_secret"]["value"] == f"****{ready.client_secret[-4:]}"
    assert values["refresh_token"]["value"] == f"****{ready.refresh_token[-4:]}"
    assert machine.json()["addresses"]["api"] == "http://127.0.0.1:8000"
    for secret in (ready.client_secret, ready.refresh_token):
        assert secret not in told.out + machine.out
    assert f"****{ready.refresh_token[-4:]}" in told.out


def test_the_source_that_won_is_named(spapi: Spapi, ready: Credentials, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SP_API_REFRESH_TOKEN_ACME", "Atzr|another-one-of-acme")
    other = Path("other.env")
    other.write_text(f"SP_API_CLIENT_ID='{ready.client_id}'\nSP_API_SELLER_ID=A1\n")

    said = spapi(
        "auth", "show", "--account", "acme", "--credentials", "other.env", "--base-url", "http://127.0.0.1:9001",
        "--json",
    ).json()  # fmt: skip

    sources = {value["name"]: value["source"] for value in said["values"]}
    assert sources["base_url"] == "code"
    assert sources["client_id"] == "other.env SP_API_CLIENT_ID"
    assert sources["seller_id"] == "other.env SP_API_SELLER_ID"
    assert sources["refresh_token"] == "environment SP_API_REFRESH_TOKEN_ACME"
    assert said["addresses"] == {
        "api": "http://127.0.0.1:9001",
        "login": "http://127.0.0.1:9001/auth/o2/token",
        "consent": "http://127.0.0.1:9001/apps/authorize/consent",
        "isSandbox": False,
    }


def test_what_is_missing_is_said(spapi: Spapi, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = spapi("auth", "show")
    monkeypatch.setenv("SP_API_CLIENT_ID", "amzn1.application-oa2-client.1")
    monkeypatch.setenv("SP_API_CLIENT_SECRET", "amzn1.oa2-cs.v1.5ec2e75ec2e7")
    half = spapi("auth", "show")
    no_file = spapi("auth", "show", "--credentials", "none.env")

    assert (nothing.code, nothing.out) == (2, "")
    assert nothing.err.startswith("spapi: No client_id and no client_secret: looked in the code, the environment, ")
    assert half.code == 0
    assert "Missing: refresh_token (SP_API_REFRESH_TOKEN): " in half.out
    assert "Missing: the address: Which region? Name a region (NA, EU, FE), a marketplace, or a base_url." in half.out
    assert no_file.err == (
        "spapi: There is no file none.env; name one of NAME=value lines, such as .spapi/credentials.env.\n"
    )


def test_credentials_that_work_are_said_to(market: TestMarket, spapi: Spapi, ready: Credentials) -> None:
    said = spapi("auth", "check")
    machine = spapi("auth", "check", "--json").json()

    assert said.code == 0
    assert said.out.splitlines()[0] == "The credentials work at http://127.0.0.1:8000. The seller sells in:"
    assert said.out.splitlines()[2].split() == ["US", "ATVPDKIKX0DER", "Amazon.com", "yes", "no"]
    assert machine == market.seller.call("GET", "/sellers/v1/marketplaceParticipations").json()


def test_credentials_that_do_not_work_are_refused(
    spapi: Spapi, ready: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SP_API_CLIENT_ID", ready.client_id)
    monkeypatch.setenv("SP_API_CLIENT_SECRET", "amzn1.oa2-cs.v1.5ec2e7")

    said = spapi("auth", "check")

    assert (said.code, said.out) == (1, "")
    assert "401 invalid_client - Client authentication failed. The client id or secret is wrong" in said.err
    assert said.err.endswith("A market of your own renews its credentials when `spapi serve` is started again.\n")
    assert "5ec2e7" not in said.err


def test_an_address_where_nobody_answers_is_said_with_the_cure(
    spapi: Spapi, ready: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        message = "Connection refused"
        raise httpx2.ConnectError(message, request=request)

    monkeypatch.setattr("sellingpartner.client._exchange.retries.pause", lambda *_: 0.0)
    with through(httpx2.MockTransport(refuse)):
        said = spapi("auth", "check")

    assert (said.code, said.out) == (2, "")
    assert "ConnectionFailed" in said.err
    assert said.err.endswith("`spapi auth show` says which address was called.\n")


def test_a_call_that_has_no_time_is_not_made(spapi: Spapi, ready: Credentials) -> None:
    def busy(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/auth/o2/token":
            return httpx2.Response(200, json={"access_token": "Atza|1", "token_type": "bearer", "expires_in": 3600})
        return httpx2.Response(429, json={"errors": [{"code": "QuotaExceeded", "message": "Too many."}]})

    with through(httpx2.MockTransport(busy)):
        said = spapi("auth", "check", "--deadline", "5")

    assert (said.code, said.out) == (2, "")
    assert "DeadlineExceeded" in said.err
    assert said.err.endswith("A longer --deadline lets it wait.\n")


def test_a_wait_is_told_once_until_the_call_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    told = Waits()
    long = Waiting(operation="getOrders", seconds=4.2, reason="throttle")

    for event in (long, long, Waiting(operation="getOrders", seconds=0.2, reason="retry")):
        told(event)
    told(Answered(operation="getOrders", attempt=1, status=200, seconds=0.1))
    told(long)

    assert capsys.readouterr().err == "getOrders waits 5 s for its turn under the usage plan ...\n" * 2


def test_options_make_the_client(spapi: Spapi, ready: Credentials) -> None:
    caller = Caller(region="EU", sandbox=True, deadline=20, personal_data=("buyerInfo",))

    with caller.client() as client:
        assert (client.options.deadline, client.options.personal_data) == (20, ("buyerInfo",))
        assert (client.credentials.region, client.credentials.sandbox) == ("EU", True)
