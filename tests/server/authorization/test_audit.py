"""Refused tokens and replayed codes are in the audit: who, from where, why, and no secret."""

from __future__ import annotations

from typing import Any

from sellingpartner.market.accounts.model import Actor, ActorKind

Desk = Any  # tests/server/authorization/conftest.py


def desk_itself(desk: Desk) -> Actor:
    return Actor(ActorKind.APPLICATION, desk.application.application_id, "127.0.0.1")


def test_a_refusal_is_entered_with_who_was_refused_from_where_and_why(desk: Desk) -> None:
    desk.refresh(client_secret="guess-1")

    [entry] = desk.audited("token.refused")
    assert (entry.by, entry.application_id, entry.seller_id) == (desk_itself(desk), desk.application.application_id, "")
    assert entry.details == {"error": "invalid_client", "reason": "Wharf Desk never had this client secret."}


def test_a_refusal_for_a_seller_names_the_seller(desk: Desk) -> None:
    desk.revoke()
    desk.refresh()

    [entry] = desk.audited("token.refused")
    assert entry.seller_id == desk.last_call().seller_id == desk.seller_id
    assert entry.details["error"] == "invalid_grant"
    assert entry.details["reason"] == "The seller revoked this grant at 2026-11-02T09:00:00Z."


def test_a_replayed_code_is_entered_and_so_is_what_it_took_back(desk: Desk) -> None:
    code = desk.code()
    desk.exchange(code)
    desk.exchange(code)

    [replayed], [revoked] = desk.audited("code.replayed"), desk.audited("grant.revoked")
    assert replayed.by == revoked.by == desk_itself(desk)
    assert replayed.seller_id == desk.seller_id
    assert replayed.details == {"grant": str(revoked.details["grant"])}
    assert desk.audited("token.refused")[-1].details["reason"] == (
        "The code was used before; the grant that it gave is revoked."
    )


def test_strangers_fill_no_audit(desk: Desk) -> None:
    desk.refresh(client_id="amzn1.application-oa2-client.0")
    desk.ask(grant_type="password", client_id="x")

    assert desk.audited("token.refused") == []


def test_tokens_that_are_given_are_no_news(desk: Desk) -> None:
    before = len(desk.audited("token.refused"))
    desk.refresh()
    desk.exchange(desk.code())

    assert len(desk.audited("token.refused")) == before


def test_no_secret_is_in_it(desk: Desk) -> None:
    code = desk.code()
    secrets = {"client_secret": "guess-secret", "refresh_token": "Atzr|guess-token"}
    desk.refresh(**secrets)
    desk.refresh(refresh_token=secrets["refresh_token"])
    given = desk.exchange(code).json()
    desk.exchange(code, code_verifier="guess-verifier" * 4)

    said = repr([desk.audited(what) for what in ("token.refused", "code.replayed", "grant.given", "grant.revoked")])
    assert "invalid_grant" in said
    for secret in (*secrets.values(), code, "guess-verifier", given["access_token"], given["refresh_token"]):
        assert secret not in said
