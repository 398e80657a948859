"""Secrets travel in a body or a header, never in an address, and no other site's script gets to read an answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

Desk = Any  # tests/server/authorization/conftest.py

PARTICIPATIONS = "/sellers/v1/marketplaceParticipations"


@pytest.mark.parametrize("left_out", ["client_secret", "refresh_token", "client_id"])
def test_what_proves_something_is_not_taken_from_the_address(desk: Desk, left_out: str) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": desk.refresh_token, **desk.credentials}
    address = f"/auth/o2/token?{urlencode({left_out: form[left_out]})}"
    rest = {name: value for name, value in form.items() if name != left_out}

    reply = desk.post(urlencode(rest).encode(), path=address)

    assert (reply.status, reply.json()["error"]) == (400, "invalid_request")
    assert desk.post(urlencode(form).encode()).status == 200
    assert form[left_out] not in repr(desk.last_call())


@pytest.mark.parametrize("name", ["access_token", "x-amz-access-token", "X-Amz-Access-Token"])
def test_an_access_token_is_not_taken_from_the_address(desk: Desk, name: str) -> None:
    token = desk.refresh().json()["access_token"]

    reply = desk.market.anybody().call("GET", f"{PARTICIPATIONS}?{urlencode({name: token})}")

    assert reply.status == 403
    assert desk.calls_with(token).status == 200
    assert token not in repr(desk.last_call())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/auth/o2/token"),
        ("OPTIONS", "/auth/o2/token"),
        ("GET", PARTICIPATIONS),
        ("OPTIONS", PARTICIPATIONS),
        ("GET", "/apps/authorize/consent"),
        ("OPTIONS", "/apps/authorize/consent"),
        ("GET", "/console/sign-in"),
    ],
)
def test_no_other_origins_script_may_read_an_answer(desk: Desk, method: str, path: str) -> None:
    headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}

    reply = desk.market.anybody().call(method, path, headers=headers)

    assert reply.status >= 200
    assert [name for name in reply.headers if name.startswith("access-control-")] == []
