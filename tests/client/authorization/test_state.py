from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from consent import REDIRECT_URI, SESSION, Begin, back, parameters
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scripted import Script, answer

from sellingpartner.client.authorization import AuthorizationFlow, new_session
from sellingpartner.client.grants import MemoryGrants
from sellingpartner.client.vault import Keyring, SQLiteGrants
from sellingpartner.contract.errors import OtherBrowser, StateExpired, StateInvalid, StateReplayed

GIVEN = {"code": "the-code", "selling_partner_id": "A1HARBORGOODS"}
TOKENS = {"access_token": "Atza|1", "refresh_token": "Atzr|1", "expires_in": 3600}
FLOW = AuthorizationFlow(
    application_id="amzn1.sp.solution.1",
    client_id="amzn1.application-oa2-client.1",
    client_secret="amzn1.oa2-cs.v1.5ec2e7",
    redirect_uri=REDIRECT_URI,
    keyring=Keyring.generate(),
    base_url="http://127.0.0.1:9",  # nobody is there: a state that passes would fail at the login
)
URL = FLOW.url(session=SESSION, scopes=("sellingpartnerapi::orders",))


def test_a_state_works_once(begin: Begin, script: Script) -> None:
    script.logins.append(answer(TOKENS))
    flow = begin(script)
    url = flow.url(session=SESSION)
    flow.callback(back(url, **GIVEN))

    with pytest.raises(StateReplayed, match="used before"):
        flow.callback(back(url, code="another", selling_partner_id="A1HARBORGOODS"))

    assert len(script.login_requests) == 1


def test_a_state_that_was_used_in_one_process_is_used_in_all(begin: Begin, script: Script, tmp_path: Any) -> None:  # noqa: ANN401
    ring = Keyring.generate()
    script.logins.append(answer(TOKENS))
    one, other = (begin(script, keyring=ring, grants=SQLiteGrants(tmp_path / "grants.db", ring)) for _ in range(2))
    url = one.url(session=SESSION)
    other.callback(back(url, **GIVEN))

    with pytest.raises(StateReplayed):
        one.callback(back(url, **GIVEN))


def test_used_states_can_be_kept_apart_from_grants(begin: Begin, script: Script) -> None:
    used = MemoryGrants()
    script.logins.append(answer(TOKENS))
    one, other = (begin(script, used_states=used) for _ in range(2))
    url = one.url(session=SESSION)
    other.callback(back(url, **GIVEN))

    with pytest.raises(StateReplayed):
        one.callback(back(url, **GIVEN))


def test_a_state_lasts_ten_minutes(begin: Begin, script: Script) -> None:
    now = [1_800_000_000.0]
    script.logins.append(answer(TOKENS))
    flow = begin(script, clock=lambda: now[0])
    late, in_time = flow.url(session=SESSION), flow.url(session=SESSION)

    now[0] += 600
    assert flow.callback(back(in_time, **GIVEN)).seller_id == "A1HARBORGOODS"
    now[0] += 1
    with pytest.raises(StateExpired, match="601 seconds old and good for 600"):
        flow.callback(back(late, **GIVEN))


def test_a_state_of_the_future_is_refused(begin: Begin, script: Script) -> None:
    now = [1_800_000_000.0]
    flow = begin(script, clock=lambda: now[0])
    url = flow.url(session=SESSION)
    now[0] -= 120

    with pytest.raises(StateExpired):
        flow.callback(back(url, **GIVEN))


@pytest.mark.parametrize("session", [None, "", "another-session-that-nobody-can-guess-0123456"])
def test_a_state_of_another_browser_is_refused(begin: Begin, script: Script, session: str | None) -> None:
    flow = begin(script)

    with pytest.raises(OtherBrowser, match="another browser"):
        flow.callback(back(flow.url(session=SESSION), **GIVEN), session)

    assert script.login_requests == []


@pytest.mark.parametrize("query", ["", "?state=", "?code=x&selling_partner_id=A1"])
def test_who_comes_back_without_a_state_was_not_sent(begin: Begin, script: Script, query: str) -> None:
    with pytest.raises(StateInvalid, match="without a state"):
        begin(script).callback(REDIRECT_URI + query)


def test_a_state_of_another_keyring_says_that_processes_need_the_same(begin: Begin, script: Script) -> None:
    url = begin(script, keyring=Keyring.generate()).url(session=SESSION)

    with pytest.raises(StateInvalid, match="need the same keyring"):
        begin(script, keyring=Keyring.generate()).callback(back(url, **GIVEN))


def test_a_state_of_another_application_is_refused(begin: Begin, script: Script) -> None:
    url = begin(script, client_id="another").url(session=SESSION)

    with pytest.raises(StateInvalid, match="not one that this application made"):
        begin(script).callback(back(url, **GIVEN))


def test_what_a_store_has_sealed_is_no_state(begin: Begin, script: Script, keyring: Keyring) -> None:
    sealed = keyring.seal(b"\x99", "grant", "amzn1.application-oa2-client.1")

    with pytest.raises(StateInvalid):
        begin(script).callback(f"{REDIRECT_URI}?{urlencode({'state': sealed, **GIVEN})}")


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_changed_state_is_refused(data: st.DataObject) -> None:
    state = parameters(URL)["state"]
    at = data.draw(st.integers(0, len(state) - 1))
    other = data.draw(st.one_of(st.just(""), st.characters(codec="utf-8")).filter(lambda other: other != state[at]))
    changed = state[:at] + other + state[at + 1 :]

    with pytest.raises(StateInvalid):
        FLOW.callback(f"{REDIRECT_URI}?{urlencode({'state': changed, **GIVEN})}", session=SESSION)


@given(st.text(max_size=200))
def test_any_made_up_state_is_refused(state: str) -> None:
    with pytest.raises(StateInvalid):
        FLOW.callback(f"{REDIRECT_URI}?{urlencode({'state': state, **GIVEN}, errors='replace')}", session=SESSION)


@given(st.text(max_size=100))
def test_any_other_session_is_refused(session: str) -> None:
    fresh = FLOW.url(session=SESSION)  # not `URL`, which is as old as this run of the tests

    with pytest.raises(OtherBrowser):
        FLOW.callback(back(fresh, **GIVEN), session=session)


def test_a_state_tells_nobody_what_is_in_it() -> None:
    state = parameters(URL)["state"]

    assert len(state) < 400
    assert "orders" not in state
    assert SESSION not in URL
    assert parameters(FLOW.url(session=SESSION))["state"] != parameters(FLOW.url(session=SESSION))["state"]


def test_sessions_are_long_and_never_the_same() -> None:
    assert len({new_session() for _ in range(100)}) == 100
    assert {len(new_session()) for _ in range(100)} == {43}
