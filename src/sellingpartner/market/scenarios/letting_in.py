"""The applications of a scenario, and which sellers have let them in."""

from __future__ import annotations

import msgspec

from sellingpartner.contract.discretion import Discreet
from sellingpartner.market.accounts.applications import give_client_id, register_application, register_developer
from sellingpartner.market.accounts.grants import give_grant, revoke_grant
from sellingpartner.market.accounts.secrets import new_secret
from sellingpartner.market.demo import REGISTRATION
from sellingpartner.market.scenarios.model import ApplicationPart, Scenario, SellerPart
from sellingpartner.storage.unit import UnitOfWork


class Registered(Discreet, msgspec.Struct, frozen=True, kw_only=True):
    """An application, and its credentials."""

    application_id: str
    client_id: str
    client_secret: str


def register(unit: UnitOfWork, scenario: Scenario) -> dict[str, Registered]:
    """Register all applications; returns them by their names."""
    return {part.name: _registered(unit, part) for part in (scenario.application, *scenario.applications)}


def let_in(
    unit: UnitOfWork, seller: SellerPart, scenario: Scenario, applications: dict[str, Registered], *, is_first: bool
) -> str | None:
    """Let applications act for the unit's seller; returns the first application's refresh token, if it has one.

    Of the sellers who let the first application in, the first has the refresh token that was chosen.
    """
    token = None
    if seller.grant != "none":
        chosen = scenario.application.refresh_token if is_first else None
        first = applications[scenario.application.name]
        grant, token = give_grant(unit, unit.seller_id, first.application_id, refresh_token=chosen)
        if seller.grant == "revoked":
            revoke_grant(unit, unit.seller_id, grant.grant_id)
    for part in seller.grants:
        grant, _ = give_grant(
            unit,
            unit.seller_id,
            applications[part.application].application_id,
            scopes=part.scopes or None,
            refresh_token=part.refresh_token,
        )
        if part.state == "revoked":
            revoke_grant(unit, unit.seller_id, grant.grant_id)
    return token


def _registered(unit: UnitOfWork, part: ApplicationPart) -> Registered:
    developer_id = register_developer(unit, f"{part.name} Makers")
    said = REGISTRATION
    if part.scopes:
        optional = tuple(scope for scope in said.get("optional_scopes", ()) if scope in part.scopes)
        said = {**said, "scopes": part.scopes, "optional_scopes": optional}
    application, secret = register_application(unit, part.name, developer_id, **said)
    if part.client_id is not None:
        application = give_client_id(unit, application.application_id, part.client_id)
    if part.client_secret is not None:
        secret = new_secret(unit, application.application_id, secret=part.client_secret)
    return Registered(application_id=application.application_id, client_id=application.client_id, client_secret=secret)
