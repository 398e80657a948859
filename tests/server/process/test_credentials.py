from __future__ import annotations

import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from sellingpartner.env_file import read_env, write_env
from sellingpartner.market.accounts.grants import revoke_grant
from sellingpartner.market.accounts.model import ApplicationStatus, Distribution
from sellingpartner.market.accounts.passwords import COST_NAME
from sellingpartner.market.accounts.questions import all_applications, all_sellers, application_by, grants_of
from sellingpartner.market.accounts.signing_in import password_check
from sellingpartner.market.accounts.users import user_by_email
from sellingpartner.market.market import Market
from sellingpartner.server.process.credentials import Credentials, ready_credentials
from sellingpartner.server.process.settings import CannotServe, Chosen
from sellingpartner.testing import TestMarket
from sellingpartner.testing.founding import CHEAP

URL = "http://127.0.0.1:8000"


@pytest.fixture
def empty() -> Iterator[Market]:
    made = Market.open()
    made.remember(COST_NAME, CHEAP.told())
    yield made
    made.close()


def ready(market: Market, tmp_path: Path, url: str = URL) -> Credentials:
    return ready_credentials(market, tmp_path / "own" / "credentials.env", url)


def test_an_empty_market_gets_a_seller_and_an_application(empty: Market, tmp_path: Path) -> None:
    made = ready(empty, tmp_path)

    with empty.read() as unit:
        assert [one.seller_id for one in all_sellers(unit)] == [made.seller_id]
        assert [one.client_id for one in all_applications(unit)] == [made.client_id]
    path = tmp_path / "own" / "credentials.env"
    assert read_env(path) == {
        "SP_API_CLIENT_ID": made.client_id,
        "SP_API_CLIENT_SECRET": made.client_secret,
        "SP_API_REFRESH_TOKEN": made.refresh_token,
        "SP_API_REGION": "NA",
        "SP_API_BASE_URL": URL,
        "SP_API_OAUTH_URL": f"{URL}/auth/o2/token",
        "SP_API_SELLER_ID": made.seller_id,
        "SP_API_MARKETPLACE_ID": "ATVPDKIKX0DER",
        "SP_API_APPLICATION_ID": made.application_id,
        "SPAPI_SELLER_EMAIL": "seller@market.example",
        "SPAPI_SELLER_PASSWORD": made.people.seller_password,
        "SPAPI_DEVELOPER_EMAIL": "developer@market.example",
        "SPAPI_DEVELOPER_PASSWORD": made.people.developer_password,
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (tmp_path / "own" / ".gitignore").read_text() == "*\n"


def test_a_market_with_accounts_lends_its_own(market: TestMarket, tmp_path: Path) -> None:
    made = ready(market.market, tmp_path)

    assert (made.seller_id, made.client_id) == (market.seller_account.seller_id, market.application.client_id)


def test_credentials_that_still_work_are_kept(market: TestMarket, tmp_path: Path) -> None:
    first = ready(market.market, tmp_path)

    assert ready(market.market, tmp_path) == first
    with market.market.read() as unit:
        assert len(grants_of(unit)) == 2


def signs_in(market: Market, email: str, password: str) -> bool:
    with market.read() as unit:
        check = password_check(unit, email, "127.0.0.1")
    return check.verify(password)


def test_somebody_signs_in_for_the_seller_and_somebody_for_the_developer(market: TestMarket, tmp_path: Path) -> None:
    people = ready(market.market, tmp_path).people

    with market.market.read() as unit:
        seller, developer = user_by_email(unit, people.seller_email), user_by_email(unit, people.developer_email)
    assert seller is not None
    assert developer is not None
    assert (seller.seller_id, seller.developer_id) == (market.seller_account.seller_id, None)
    assert (developer.seller_id, developer.developer_id) == (None, market.application.developer_id)
    assert signs_in(market.market, people.seller_email, people.seller_password)
    assert signs_in(market.market, people.developer_email, people.developer_password)
    assert people.seller_password != people.developer_password


def test_people_without_a_known_password_get_another_and_the_rest_stays(market: TestMarket, tmp_path: Path) -> None:
    first = ready(market.market, tmp_path)
    path = tmp_path / "own" / "credentials.env"
    old = {name: value for name, value in read_env(path).items() if name != "SPAPI_SELLER_PASSWORD"}
    write_env(path, old, "for a test")

    second = ready(market.market, tmp_path)

    assert (second.refresh_token, second.client_secret) == (first.refresh_token, first.client_secret)
    assert second.people.developer_password == first.people.developer_password
    assert not signs_in(market.market, first.people.seller_email, first.people.seller_password)
    assert signs_in(market.market, second.people.seller_email, second.people.seller_password)


def test_the_ready_application_can_be_let_in(empty: Market, tmp_path: Path) -> None:
    made = ready(empty, tmp_path)

    with empty.read() as unit:
        application = application_by(unit, application_id=made.application_id)
    assert (application.status, application.distribution) == (ApplicationStatus.PUBLISHED, Distribution.PRIVATE)
    assert application.redirect_uris == ("http://127.0.0.1:8080/callback",)
    assert application.login_uri == "http://127.0.0.1:8080/login"


def test_another_port_changes_the_addresses_alone(market: TestMarket, tmp_path: Path) -> None:
    first = ready(market.market, tmp_path)

    moved = ready(market.market, tmp_path, "http://127.0.0.1:9000")

    assert (moved.client_secret, moved.refresh_token) == (first.client_secret, first.refresh_token)
    assert read_env(tmp_path / "own" / "credentials.env")["SP_API_OAUTH_URL"] == "http://127.0.0.1:9000/auth/o2/token"


@pytest.mark.parametrize(
    "name", ["CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN", "SELLER_ID", "MARKETPLACE_ID", "APPLICATION_ID"]
)
def test_credentials_that_work_no_more_are_made_anew(market: TestMarket, tmp_path: Path, name: str) -> None:
    first = ready(market.market, tmp_path)
    path = tmp_path / "own" / "credentials.env"
    write_env(path, read_env(path) | {f"SP_API_{name}": "spoiled"}, "for a test")

    second = ready(market.market, tmp_path)

    assert second.refresh_token != first.refresh_token
    assert ready(market.market, tmp_path) == second


def test_a_revoked_grant_an_ended_secret_and_a_broken_file_are_replaced(market: TestMarket, tmp_path: Path) -> None:
    first = ready(market.market, tmp_path)
    with market.market.write(first.seller_id) as unit:
        for grant in grants_of(unit):
            revoke_grant(unit, grant.seller_id, grant.grant_id)

    second = ready(market.market, tmp_path)
    market.advance(days=200)
    third = ready(market.market, tmp_path)
    (tmp_path / "own" / "credentials.env").write_text("SP_API_CLIENT_ID=x\n")
    fourth = ready(market.market, tmp_path)

    assert len({one.client_secret for one in (first, second, third, fourth)}) == 4


def test_a_file_that_cannot_be_written_is_said_in_one_line(market: TestMarket, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(CannotServe, match="cannot be made") as refusal:
        ready_credentials(market.market, tmp_path / "file" / "credentials.env", URL)

    assert "\n" not in str(refusal.value)


def test_a_proxy_that_listens_where_the_market_was_public_keeps_nobody_from_the_file(
    empty: Market, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        first = ready(empty, tmp_path, f"https://127.0.0.1:{proxy.getsockname()[1]}")
        second = ready(empty, tmp_path, URL)

    assert (second.base_url, second.client_secret) == (URL, first.client_secret)


def test_credentials_of_a_market_that_is_open_elsewhere_are_left_alone(empty: Market, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        first = ready(empty, tmp_path, f"http://127.0.0.1:{other.getsockname()[1]}")

        with pytest.raises(CannotServe, match="--credentials"):
            ready(empty, tmp_path, "http://127.0.0.1:1")

    assert read_env(tmp_path / "own" / "credentials.env")["SP_API_BASE_URL"] == first.base_url


CHOSEN = Chosen(
    client_id="my-own-client", client_secret="my own secret".replace(" ", "-"), refresh_token="my-own-token"
)


def test_credentials_that_were_chosen_are_those_of_the_market(empty: Market, tmp_path: Path) -> None:
    path = tmp_path / "own" / "credentials.env"
    made = ready_credentials(empty, path, URL, CHOSEN)
    again = ready_credentials(empty, path, URL, CHOSEN)
    path.unlink()
    without_the_file = ready_credentials(empty, path, URL, CHOSEN)

    assert (made.client_id, made.client_secret, made.refresh_token) == (
        "my-own-client",
        "my-own-secret",
        "my-own-token",
    )
    assert again == made
    assert without_the_file.refresh_token == "my-own-token"
    with empty.read() as unit:
        assert [one.client_id for one in all_applications(unit)] == ["my-own-client"]
        assert len(grants_of(unit)) == 1


def test_a_chosen_token_that_was_revoked_is_not_given_again(empty: Market, tmp_path: Path) -> None:
    path = tmp_path / "own" / "credentials.env"
    made = ready_credentials(empty, path, URL, CHOSEN)
    with empty.write(made.seller_id) as unit:
        revoke_grant(unit, made.seller_id, grants_of(unit)[0].grant_id)

    with pytest.raises(CannotServe, match="SPAPI_REFRESH_TOKEN was revoked in this market"):
        ready_credentials(empty, path, URL, CHOSEN)


@pytest.mark.parametrize("value", ["", "short", "with a space in it", "ümlaut-ümlaut", "x" * 3000])
@pytest.mark.parametrize("name", ["client_id", "client_secret", "refresh_token"])
def test_what_no_credential_can_be_is_said_without_showing_it(name: str, value: str) -> None:
    with pytest.raises(CannotServe, match=f"^SPAPI_{name.upper()} cannot be used: it must have 8 to ") as refused:
        Chosen(**{name: value}).check()

    assert not value or value not in str(refused.value)
