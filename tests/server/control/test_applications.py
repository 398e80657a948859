from __future__ import annotations

from collections.abc import Callable

import pytest

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import InvalidInput, NotFound
from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, PRODUCTS, REPORTS, SCOPES
from sellingpartner.testing import Caller, TestMarket
from sellingpartner.testing.caller import Reply

Post = Callable[[str, dict[str, object]], Reply]
CALLBACK = "https://tide.example/callback"


def test_an_application_is_registered_and_its_secret_shown_once(operator: Caller) -> None:
    made = operator.send(
        v1.CreateApplication(name="Tide Desk", scopes=[ORDERS], redirect_uris=["https://tide.example"])
    )

    assert made.client_secret.startswith("amzn1.oa2-cs.v1.")
    assert (made.name, made.scopes, made.redirect_uris) == ("Tide Desk", [ORDERS], ["https://tide.example"])
    listed = operator.call("GET", "/market/v1/applications")
    assert [one["name"] for one in listed.json()["applications"]] == ["Harbor Desk", "Tide Desk"]
    assert b"clientSecret" not in listed.body
    assert made.client_secret.encode() not in listed.body


def test_an_application_asks_for_all_scopes_unless_said(operator: Caller) -> None:
    assert operator.send(v1.CreateApplication(name="Tide Desk")).scopes == list(SCOPES)


def test_an_application_is_a_private_draft_unless_said(operator: Caller) -> None:
    made = operator.send(v1.CreateApplication(name="Tide Desk"))

    assert (made.status, made.distribution) == (v1.ApplicationStatus.DRAFT, v1.Distribution.PRIVATE)
    assert (made.optional_scopes, made.roles, made.login_uri) == ([], None, None)
    assert made.secret_ends_at is not None


def test_an_application_is_registered_in_full(market: TestMarket, operator: Caller) -> None:
    made = operator.send(
        v1.CreateApplication(
            name="Tide Desk",
            scopes=[ORDERS, REPORTS],
            optional_scopes=[REPORTS],
            roles=["Pricing"],
            redirect_uris=[CALLBACK],
            login_uri="https://tide.example/login",
            status=v1.ApplicationStatus.PUBLISHED,
            distribution=v1.Distribution.LISTED,
            developer_id=market.application.developer_id,
        )
    )

    shown = operator.send(v1.GetApplication(application_id=made.application_id))
    assert (shown.scopes, shown.optional_scopes, shown.roles) == ([ORDERS, REPORTS], [REPORTS], ["Pricing"])
    assert (shown.redirect_uris, shown.login_uri) == ([CALLBACK], "https://tide.example/login")
    assert (shown.status, shown.distribution) == (v1.ApplicationStatus.PUBLISHED, v1.Distribution.LISTED)
    assert shown.developer_id == market.application.developer_id


def test_roles_alone_bring_their_scopes(operator: Caller) -> None:
    made = operator.send(v1.CreateApplication(name="Tide Desk", roles=["Brand Analytics"]))

    assert (made.scopes, made.roles) == ([PRODUCTS, REPORTS], ["Brand Analytics"])


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"redirectUris": ["http://tide.example"]}, "tide.example takes https"),
        ({"optionalScopes": [FINANCE], "scopes": [ORDERS]}, "cannot be optional"),
        ({"roles": ["Emperor"]}, "Emperor is not a role"),
        ({"scopes": ["orders"]}, "orders is not a scope"),
        ({"status": "retired"}, "status"),
        ({"distribution": "secret"}, "distribution"),
        ({"loginUri": "nowhere"}, "must be absolute"),
    ],
)
def test_what_cannot_be_is_refused_and_not_registered(
    operator: Caller, post: Post, said: dict[str, object], why: str
) -> None:
    refused = post("/market/v1/applications", {"name": "Tide Desk"} | said)

    assert refused.status == 400
    assert why in refused.json()["errors"][0]["message"]
    assert [one.name for one in operator.send(v1.ListApplications()).applications] == ["Harbor Desk"]


def test_a_developer_that_is_not_there_registers_nothing(operator: Caller) -> None:
    with pytest.raises(NotFound, match="There is no developer 1"):
        operator.send(v1.CreateApplication(name="Tide Desk", developer_id="1"))


def test_what_is_said_is_changed_and_the_rest_stays(operator: Caller) -> None:
    made = operator.send(v1.CreateApplication(name="Tide Desk", scopes=[ORDERS], redirect_uris=[CALLBACK]))

    changed = operator.send(
        v1.ChangeApplication(
            application_id=made.application_id,
            status=v1.ApplicationStatus.PUBLISHED,
            scopes=[ORDERS, INVENTORY],
            login_uri="https://tide.example/login",
        )
    )

    assert (changed.status, changed.scopes) == (v1.ApplicationStatus.PUBLISHED, [ORDERS, INVENTORY])
    assert (changed.name, changed.redirect_uris) == ("Tide Desk", [CALLBACK])
    renamed = operator.send(v1.ChangeApplication(application_id=made.application_id, name="Tide"))
    assert (renamed.name, renamed.login_uri) == ("Tide", "https://tide.example/login")


def test_something_empty_takes_roles_and_login_uri_away(operator: Caller) -> None:
    made = operator.send(
        v1.CreateApplication(name="Tide Desk", roles=["Pricing"], login_uri="https://tide.example/login")
    )

    changed = operator.send(v1.ChangeApplication(application_id=made.application_id, roles=[], login_uri=""))

    assert (changed.roles, changed.login_uri, changed.scopes) == (None, None, made.scopes)


def test_an_application_that_nobody_registered_is_not_found(operator: Caller) -> None:
    for request in (v1.GetApplication(application_id="x"), v1.ChangeApplication(application_id="x", name="Tide")):
        with pytest.raises(NotFound, match="There is no application x"):
            operator.send(request)


def test_a_change_that_cannot_be_changes_nothing(operator: Caller) -> None:
    made = operator.send(v1.CreateApplication(name="Tide Desk", scopes=[ORDERS]))

    with pytest.raises(InvalidInput, match="has a wildcard"):
        operator.send(
            v1.ChangeApplication(
                application_id=made.application_id, name="Tide", redirect_uris=["https://*.tide.example"]
            )
        )

    assert operator.send(v1.GetApplication(application_id=made.application_id)).name == "Tide Desk"
