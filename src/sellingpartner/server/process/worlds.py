"""Where a served market keeps worlds, and how it is made ready when one was loaded."""

from __future__ import annotations

from pathlib import Path

import msgspec

from sellingpartner.contract.errors import Conflict, SellingPartnerError
from sellingpartner.market.market import Market
from sellingpartner.market.worlds.loading import load
from sellingpartner.market.worlds.world import BEGUN, FOLDER, Access, access_in, check_there, place_of
from sellingpartner.server.control.desk import Shelf
from sellingpartner.server.process.beginning import is_to_begin
from sellingpartner.server.process.credentials import read_credentials, ready_credentials
from sellingpartner.server.process.settings import CannotServe, Chosen, Settings


def shelf_of(market: Market, settings: Settings, folder: Path = FOLDER) -> Shelf:
    """The worlds beside a market that is served."""

    def make_ready(access: Access | None) -> None:
        chosen = chosen_with(settings.chosen, access)
        try:
            ready_credentials(market, settings.credentials, settings.base_url, chosen)
        except CannotServe as reason:
            message = f"The world was loaded; its credentials are not ready: {reason}"
            raise Conflict(message) from reason

    return Shelf(folder=folder, access=lambda: access_of(settings.credentials), make_ready=make_ready)


def begin_with(market: Market, world: str, settings: Settings) -> Chosen:
    """Put a world into a new market; one that has begun with it goes on. Returns the credentials to go on with.

    What was chosen for this server comes before what the world says.
    """
    if not is_to_begin(market, BEGUN, world, "--world"):
        return settings.chosen
    try:
        path = check_there(place_of(world))
        load(path, market)
        access = access_in(path)
    except SellingPartnerError as reason:
        raise CannotServe(str(reason)) from reason
    market.remember(BEGUN, world)
    return chosen_with(settings.chosen, access)


def access_of(path: Path) -> Access | None:
    """The ready credentials that a world is saved with."""
    kept = read_credentials(path)
    if kept is None:
        return None
    return Access(client_id=kept.client_id, client_secret=kept.client_secret, refresh_token=kept.refresh_token)


def chosen_with(chosen: Chosen, access: Access | None) -> Chosen:
    """What was chosen for this server, and for the rest what a world says."""
    if access is None:
        return chosen
    said = {name: getattr(chosen, name) or getattr(access, name) for name in chosen.__struct_fields__}
    return msgspec.structs.replace(chosen, **said)
