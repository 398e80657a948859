"""Least privilege, in plain words: what an application asks sellers for and has never used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sellingpartner.contract.scopes import DESCRIPTIONS
from sellingpartner.counted import counted
from sellingpartner.market.accounts.model import Application, Grant
from sellingpartner.market.accounts.uses import ScopeUse

_ENOUGH = timedelta(days=1)
"""How long an application must have had a scope before it is said that it does not use it."""


def advice_for(application: Application, grants: Sequence[Grant], uses: Sequence[ScopeUse], now: datetime) -> list[str]:
    """What the application could do without, a sentence for each scope."""
    used = {use.scope for use in uses}
    told = []
    for scope in application.scopes:
        holders = [grant for grant in grants if scope in grant.scopes and grant.stands(now)]
        since = min((grant.given_at for grant in holders), default=now)
        if scope in used or now - since < _ENOUGH:
            continue
        sellers = len({grant.seller_id for grant in holders})
        gave = f"{counted(sellers, 'seller')} gave"
        advice = "Make it optional, or do not ask for it"
        if scope in application.optional_scopes:
            advice = "Do not ask for it before it is needed"
        told.append(
            f"It asks for {DESCRIPTIONS[scope].title.lower()} and never used it, though {gave} it, the first on "
            f"{since:%B} {since.day}, {since.year}. {advice}."
        )
    return told
