"""A code that was asked for with a challenge is exchanged for its verifier, and for nothing else (RFC 7636)."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

import pytest

from sellingpartner.market.events.accounts import GrantGiven

Desk = Any  # tests/server/authorization/conftest.py

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
"""The pair of RFC 7636's appendix B."""
INVALID_VERIFIER = {
    "status": 400,
    "error": "invalid_grant",
    "error_description": "The request has an invalid grant parameter : code_verifier",
}


def challenge_of(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def test_the_verifier_of_the_standards_own_example_opens_its_challenge(desk: Desk) -> None:
    reply = desk.exchange(desk.code(challenge=CHALLENGE), code_verifier=VERIFIER)

    assert reply.status == 200
    assert desk.calls_with(reply.json()["access_token"]).status == 200


@pytest.mark.parametrize("verifier", ["a" * 43, "~" * 128, "Az09-._~" * 8])
def test_verifiers_are_43_to_128_unreserved_characters(desk: Desk, verifier: str) -> None:
    assert desk.exchange(desk.code(challenge=challenge_of(verifier)), code_verifier=verifier).status == 200


@pytest.mark.parametrize("verifier", ["a" * 42, "a" * 129, "a" * 42 + "+", "a" * 42 + "é", "a" * 43 + "\n"])
def test_what_can_be_no_verifier_is_an_invalid_request(desk: Desk, verifier: str) -> None:
    code = desk.code(challenge=challenge_of(verifier))

    assert desk.refusal(desk.exchange(code, code_verifier=verifier)) == {
        "status": 400,
        "error": "invalid_request",
        "error_description": "The request has an invalid parameter : code_verifier",
    }
    assert "43 to 128" in desk.last_call().reason


def test_another_verifier_is_refused_and_leaves_the_code_to_its_owner(desk: Desk) -> None:
    code, given = desk.code(challenge=CHALLENGE), len(desk.market.facts(GrantGiven))

    assert desk.refusal(desk.exchange(code, code_verifier="b" * 43)) == INVALID_VERIFIER

    assert desk.last_call().reason == "The code_verifier is not the one that the challenge was made of."
    assert len(desk.market.facts(GrantGiven)) == given
    assert desk.exchange(code, code_verifier=VERIFIER).status == 200


def test_the_challenge_itself_is_no_verifier(desk: Desk) -> None:
    """The method `plain`, which takes it, is not offered."""
    code = desk.code(challenge=CHALLENGE)

    assert desk.refusal(desk.exchange(code, code_verifier=CHALLENGE)) == INVALID_VERIFIER
    assert desk.refusal(desk.exchange(code, code_verifier=CHALLENGE, code_challenge_method="plain")) == INVALID_VERIFIER


def test_a_challenge_without_a_verifier_is_refused(desk: Desk) -> None:
    code = desk.code(challenge=CHALLENGE)

    assert desk.refusal(desk.exchange(code)) == {
        "status": 400,
        "error": "invalid_request",
        "error_description": "The request is missing a required parameter : code_verifier",
    }
    assert desk.exchange(code, code_verifier=VERIFIER).status == 200


def test_a_verifier_without_a_challenge_is_refused_as_somebody_may_have_taken_it_out(desk: Desk) -> None:
    code = desk.code()

    assert desk.refusal(desk.exchange(code, code_verifier=VERIFIER)) == INVALID_VERIFIER
    assert "without a code_challenge" in desk.last_call().reason


def test_a_code_with_a_challenge_is_single_use_too(desk: Desk) -> None:
    code = desk.code(challenge=CHALLENGE)
    given = desk.exchange(code, code_verifier=VERIFIER).json()

    again = desk.exchange(code, code_verifier=VERIFIER)

    assert again.json()["error_description"] == "The request has an invalid grant parameter : code"
    assert desk.calls_with(given["access_token"]).status == 403


def test_the_verifier_is_in_no_log(desk: Desk) -> None:
    desk.exchange(desk.code(challenge=CHALLENGE), code_verifier="b" * 43)

    assert "b" * 43 not in f"{desk.last_call()!r} {desk.audited('token.refused')!r}"


def test_a_refresh_takes_no_notice_of_it(desk: Desk) -> None:
    assert desk.refresh(code_verifier=VERIFIER).status == 200
