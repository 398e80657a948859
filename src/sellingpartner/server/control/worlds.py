"""Worlds: the market saved in a file, and put back. By names alone: who drives a market writes to one folder of it."""

from __future__ import annotations

from pathlib import Path

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.market.worlds.loading import load
from sellingpartner.market.worlds.saving import save
from sellingpartner.market.worlds.world import World, access_in, check_there, named, place_of, world_in, worlds_in
from sellingpartner.server.control.desk import Desk, Shelf
from sellingpartner.server.gateway.links import keep_a_key


def list_worlds(desk: Desk, _request: v1.ListWorlds) -> v1.SavedWorlds:
    """Those that lie beside the market."""
    return _listed(_shelf(desk))


def get_world(desk: Desk, request: v1.GetWorld) -> v1.SavedWorld:
    """One of them."""
    path = _place(desk, request.name)
    return shown(world_in(path), path)


def save_world(desk: Desk, request: v1.SaveWorld) -> v1.SavedWorld:
    """Save the market, with what its log has not written yet."""
    shelf, path = _shelf(desk), place_of(named(request.name), _shelf(desk).folder)
    desk.journal.flush()
    access = shelf.access() if request.credentials else None
    return shown(save(desk.market, path, credentials=access), path)


def load_world(desk: Desk, request: v1.LoadWorld) -> v1.SavedWorld:
    """Let the market be that world. What was in it goes; and what the server knew of it."""
    shelf, path = _shelf(desk), check_there(_place(desk, request.name))
    world = shown(world_in(path), path)
    desk.journal.flush()
    load(path, desk.market)
    keep_a_key(desk.market)
    if desk.throttle is not None:
        desk.throttle.clear()
    if desk.sandbox is not None:
        desk.sandbox.reset()
    shelf.make_ready(access_in(path))
    desk.wake()
    return world


def delete_world(desk: Desk, request: v1.DeleteWorld) -> v1.SavedWorlds:
    """Delete one."""
    check_there(_place(desk, request.name)).unlink()
    return _listed(_shelf(desk))


def shown(world: World, path: Path) -> v1.SavedWorld:
    """A world as it is told."""
    return v1.SavedWorld(
        name=world.name,
        at=world.at,
        saved_at=world.saved_at,
        seed=world.seed,
        version=world.version,
        has_credentials=world.has_credentials,
        bytes=path.stat().st_size,
    )


def _listed(shelf: Shelf) -> v1.SavedWorlds:
    found = worlds_in(shelf.folder)
    return v1.SavedWorlds(worlds=[shown(world, path) for path, world in found])


def _place(desk: Desk, name: str) -> Path:
    return place_of(named(name), _shelf(desk).folder)


def _shelf(desk: Desk) -> Shelf:
    if desk.worlds is None:
        message = "No worlds are kept beside this market: they are where `spapi serve` serves one, and not its sandbox."
        raise NotFound(message)
    return desk.worlds
