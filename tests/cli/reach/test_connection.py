from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sellingpartner import cli
from sellingpartner.cli import installed
from sellingpartner.cli.reach.connection import Connection
from sellingpartner.cli.reach.transport import through
from sellingpartner.server.process.credentials import ready_credentials
from sellingpartner.testing import TestMarket

Spapi = Callable[..., Any]


def test_the_address_is_the_one_said_or_set_or_kept_or_the_usual(spapi: Spapi, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Connection().address == "http://127.0.0.1:8000"

    Path(".spapi").mkdir()
    Path(".spapi/credentials.env").write_text("SP_API_BASE_URL=http://127.0.0.1:9001\n")
    assert Connection().address == "http://127.0.0.1:9001"

    monkeypatch.setenv("SP_API_BASE_URL", "http://market.localhost:9002/")
    assert Connection().address == "http://market.localhost:9002"
    monkeypatch.setenv("SPAPI_MARKET", "http://127.0.0.1:9004")  # the program was started by `spapi run`
    assert Connection().address == "http://127.0.0.1:9004"
    assert Connection(url="http://localhost:9003").address == "http://localhost:9003"


def test_the_control_key_is_sent(market: TestMarket, spapi: Spapi, monkeypatch: pytest.MonkeyPatch) -> None:
    with through(httpx2.WSGITransport(app=market.server, remote_addr="192.168.1.20")):
        monkeypatch.delenv("SPAPI_CONTROL_KEY")
        refused = spapi("status")
        monkeypatch.setenv("SPAPI_CONTROL_KEY", "the-key")
        let_in = spapi("status")

    assert (refused.code, let_in.code) == (1, 0)
    assert "The market has a control key" in refused.err


def test_a_market_that_is_not_there_is_said_with_the_cure(spapi: Spapi) -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        message = "Connection refused"
        raise httpx2.ConnectError(message, request=request)

    with through(httpx2.MockTransport(refuse)):
        said = spapi("status")

    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "spapi: No market answers at http://127.0.0.1:8000; start one with `spapi serve`, or name it with --url.\n"
    )


def test_a_market_that_breaks_off_is_said(spapi: Spapi) -> None:
    def break_off(request: httpx2.Request) -> httpx2.Response:
        message = "Server disconnected"
        raise httpx2.RemoteProtocolError(message, request=request)

    with through(httpx2.MockTransport(break_off)):
        said = spapi("status")

    assert (said.code, said.err) == (2, "spapi: The market broke off: Server disconnected.\n")


def test_whoever_is_no_market_is_told_from_one(spapi: Spapi) -> None:
    with through(httpx2.MockTransport(lambda _: httpx2.Response(502, text="<html>Bad gateway</html>"))):
        said = spapi("status")

    assert said.code == 2
    assert said.err == (
        "spapi: What answers at http://127.0.0.1:8000 is no market that this version knows; name one with --url."
        " The answer was 502 with <html>Bad gateway</html>.\n"
    )


def test_a_path_behind_the_address_is_no_market(spapi: Spapi) -> None:
    said = spapi("status", "--url", "http://127.0.0.1:8000/x")

    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "spapi: What answers at http://127.0.0.1:8000/x is no market that this version knows; name one with --url."
        " Missing Authentication Token.\n"
    )


@pytest.mark.parametrize("status", [200, 501])
def test_whoever_gives_no_tokens_is_no_market(market: TestMarket, spapi: Spapi, status: int) -> None:
    ready_credentials(market.market, Path(".spapi/credentials.env"), "http://127.0.0.1:8000")

    with through(httpx2.MockTransport(lambda _: httpx2.Response(status, text="<html>"))):
        said = spapi("token")

    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "spapi: What answers at http://127.0.0.1:8000 is no market that this version knows; name one with --url."
        f" It answered {status} where tokens are.\n"
    )


def test_a_token_is_printed_whole_and_works(market: TestMarket, spapi: Spapi) -> None:
    ready_credentials(market.market, Path(".spapi/credentials.env"), "http://127.0.0.1:8000")

    said = spapi("token")

    token = said.out.removesuffix("\n")
    assert said.code == 0
    assert token.startswith("Atza|")
    assert "\n" not in token
    assert market.anybody().with_token(token).call("GET", "/sellers/v1/marketplaceParticipations").status == 200


def test_credentials_that_the_market_does_not_take_are_refused(
    market: TestMarket, spapi: Spapi, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready_credentials(market.market, Path(".spapi/credentials.env"), "http://127.0.0.1:8000")
    monkeypatch.setenv("SP_API_CLIENT_SECRET", "wrong")

    said = spapi("token")

    assert said.code == 1
    assert said.err == (
        "spapi: invalid_client: Client authentication failed (`spapi requests --refused` says why;"
        " the environment's SP_API_CLIENT_SECRET is not that of .spapi/credentials.env:"
        " set -a; . .spapi/credentials.env; set +a)\n"
    )


def test_a_file_of_credentials_that_the_market_does_not_take_is_to_be_renewed(market: TestMarket, spapi: Spapi) -> None:
    ready_credentials(market.market, Path(".spapi/credentials.env"), "http://127.0.0.1:8000")
    market.advance(days=365)

    said = spapi("token")

    assert said.code == 1
    assert said.err == (
        "spapi: invalid_client: Client authentication failed (`spapi requests --refused` says why;"
        " `spapi serve`, started again, renews .spapi/credentials.env)\n"
    )


def test_serve_without_the_server_says_what_to_install(spapi: Spapi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "find_spec", lambda name: None if name == "granian" else name)

    said = spapi("serve")

    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "spapi: `spapi serve` needs granian; install what is missing with: pip install 'sellingpartner[server]'\n"
    )


def test_a_client_s_install_says_what_the_command_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installed, "find_spec", lambda _name: None)

    with pytest.raises(SystemExit) as end:
        cli.main()

    assert end.value.code == 2
    assert capsys.readouterr().err == (
        "spapi needs cyclopts, rich; install what is missing with:"
        " pip install 'sellingpartner[cli]' (or [server], to serve a market)\n"
    )
