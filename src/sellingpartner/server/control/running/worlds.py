"""Worlds: the market saved in a file, and put back. By names alone: who drives a market writes to one folder of it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from sellingpartner.contract import market_v1 as v1
from sellingpartner.contract.errors import NotFound
from sellingpartner.market.worlds.comparing import compare
from sellingpartner.market.worlds.loading import load, readable
from sellingpartner.market.worlds.saving import save
from sellingpartner.market.worlds.world import (
    ENDING,
    World,
    access_in,
    check_there,
    named,
    place_of,
    world_in,
    worlds_in,
)
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
    access = shelf.access() if request.credentials and not request.scrub else None
    return shown(save(desk.market, path, credentials=access, is_scrubbed=request.scrub), path)


def compare_worlds(desk: Desk, request: v1.CompareWorlds) -> v1.WorldDifferences:
    """Hold one of them against another, or against the market as it is."""
    first = _place(desk, request.name)
    if request.other is not None:
        return differences(first, _place(desk, request.other), few=request.limit)
    desk.journal.flush()
    with TemporaryDirectory(prefix="spapi-world-") as folder:
        present = Path(folder) / f"the-market{ENDING}"
        save(desk.market, present)
        return differences(first, present, few=request.limit)


def differences(first: Path, second: Path, *, few: int) -> v1.WorldDifferences:
    """What differs between two worlds, as it is told."""
    with readable(first) as one, readable(second) as other:
        found = compare(one, other, few=few)
    return v1.WorldDifferences(
        first=shown(world_in(first), first),
        second=shown(world_in(second), second),
        contexts=[
            v1.DifferentContext(
                context=part.context,
                first=part.first,
                second=part.second,
                changed=part.changed,
                things=[v1.WorldDifference(what=one.what, where=one.where, told=one.told) for one in part.things],
            )
            for part in found
        ],
    )


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
