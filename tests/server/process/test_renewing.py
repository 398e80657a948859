"""The ready credentials stay valid while market time goes on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.market.accounts.grants import revoke_application
from sellingpartner.market.accounts.model import Distribution
from sellingpartner.market.accounts.questions import secret_ends_at
from sellingpartner.market.accounts.tables import applications
from sellingpartner.market.accounts.tokens import caller_of
from sellingpartner.server.process import node
from sellingpartner.server.process.credentials import Credentials, ready_credentials
from sellingpartner.server.process.renewing import Renewing
from sellingpartner.server.process.settings import Chosen, Settings
from sellingpartner.testing import Caller, TestMarket

URL = "http://127.0.0.1:8000"
SECRET = "a-secret-that-was-chosen"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "credentials.env"


def kept(market: TestMarket, path: Path, chosen: Chosen = Chosen()) -> Credentials:  # noqa: B008 - frozen
    return ready_credentials(market.market, path, URL, chosen)


def check(market: TestMarket, credentials: Credentials, days: int) -> None:
    """Both are good for so many days at least."""
    with market.market.read() as unit:
        ends = secret_ends_at(unit, credentials.application_id, credentials.client_secret)
        assert ends is not None
        assert ends >= unit.now + timedelta(days=days)
        assert caller_of(unit, credentials.refresh_token).seller_id == credentials.seller_id


def test_a_secret_is_renewed_a_month_before_its_end_and_the_old_one_lives_on(market: TestMarket, path: Path) -> None:
    before = kept(market, path)
    renewing = Renewing(market.market, path)

    market.advance(days=149)
    early = renewing.look()
    market.advance(days=1)
    told = renewing.look()

    assert early is None
    assert told == f"The credentials in {path} were renewed: the client secret neared the end."
    after = kept(market, path)
    assert after.client_secret != before.client_secret
    assert after.refresh_token == before.refresh_token
    check(market, after, 180)
    check(market, before, 30)
    assert renewing.look() is None


def test_one_that_ended_on_a_long_way_is_renewed_too(market: TestMarket, path: Path) -> None:
    kept(market, path)

    market.advance(days=400)

    assert Renewing(market.market, path).look() is not None
    check(market, kept(market, path), 180)


def test_a_chosen_secret_stays_the_same_and_begins_anew(market: TestMarket, path: Path) -> None:
    chosen = Chosen(client_secret=SECRET)
    before = kept(market, path, chosen)
    market.advance(days=170)

    told = Renewing(market.market, path, chosen).look()

    assert told is not None
    assert kept(market, path, chosen) == before
    check(market, before, 180)


def test_a_grant_that_ends_is_given_anew(market: TestMarket, path: Path) -> None:
    with market.market.write() as unit:
        unit.execute(applications.update().values(distribution=Distribution.LISTED.value))
    before = kept(market, path)
    market.advance(days=340)

    told = Renewing(market.market, path).look()

    assert told == f"The credentials in {path} were renewed: the client secret and the grant neared the end."
    assert kept(market, path).refresh_token != before.refresh_token
    check(market, kept(market, path), 180)


def test_what_a_seller_took_back_stays_away(market: TestMarket, path: Path) -> None:
    made = kept(market, path)
    with market.market.write(made.seller_id) as unit:
        revoke_application(unit, made.seller_id, made.application_id)

    market.advance(days=20)

    assert Renewing(market.market, path).look() is None


def test_a_file_of_another_market_and_none_at_all_are_left_alone(market: TestMarket, path: Path) -> None:
    other = TestMarket()
    kept(other, path)
    said = path.read_bytes()
    other.close()
    market.advance(days=170)
    with market.market.write() as unit:
        unit.execute(applications.update().values(client_id="amzn1.application-oa2-client.other"))

    assert Renewing(market.market, path).look() is None
    assert Renewing(market.market, path.with_name("none.env")).look() is None
    assert path.read_bytes() == said


def test_whoever_moves_the_clock_of_a_served_market_is_told(tmp_path: Path, path: Path) -> None:
    market = TestMarket(f"sqlite:///{tmp_path / 'market.db'}")
    kept(market, path)
    served = node.Node(market.market, Settings(credentials=path, queues="none"))

    clock = operator_of(served).send(v1.AdvanceClock(by="P160D"))
    again = operator_of(served).send(v1.AdvanceClock(by="P1D"))
    served.stop()

    assert clock.renewed == f"The credentials in {path} were renewed: the client secret neared the end."
    assert again.renewed is None


def operator_of(served: node.Node) -> Caller:
    return Caller(served.server)
