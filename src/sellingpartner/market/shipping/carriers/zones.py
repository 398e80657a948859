"""Zones: how far a parcel goes, as prices and days count it. What divides them is data: `data/zones.toml`.

Assumed: in the United States zones go by the distance between the middles of two states, not between postal codes.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from sellingpartner.market.centers.questions import kilometers, middle_of
from sellingpartner.market.shipping.carriers.services import Reach

_UNKNOWN_STATE = 5
_REMOTE_STATE = 9
_ABROAD_NEAR, _ABROAD_FAR = 1, 2
_SAME, _OTHER, _REMOTE = 1, 2, 3


class _UnitedStates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kilometers: tuple[float, ...]
    remote: frozenset[str]
    customs: frozenset[str]


class _Zones(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    us: _UnitedStates
    remote: dict[str, tuple[str, ...]]
    regions: dict[str, tuple[str, ...]]


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """What of an address decides how far it is."""

    country: str
    postal_code: str
    state: str = ""


@cache
def _zones() -> _Zones:
    path = files("sellingpartner.market.shipping") / "data" / "zones.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_Zones)


def reach_between(start: Spot, end: Spot) -> Reach:
    """What kind of service a way needs."""
    if start.country != end.country:
        return Reach.INTERNATIONAL
    return Reach.CUSTOMS if end.country == "US" and end.state in _zones().us.customs else Reach.DOMESTIC


def zone_between(start: Spot, end: Spot) -> int:
    """The zone of a way, from 1 on."""
    if start.country != end.country:
        regions = _zones().regions.values()
        is_near = any(start.country in region and end.country in region for region in regions)
        return _ABROAD_NEAR if is_near else _ABROAD_FAR
    if start.country == "US":
        return _by_distance(start.state, end.state)
    if end.postal_code.upper().startswith(_zones().remote.get(end.country, ())):
        return _REMOTE
    return _SAME if start.postal_code[:2].upper() == end.postal_code[:2].upper() else _OTHER


@lru_cache(maxsize=4096)
def _by_distance(start: str, end: str) -> int:
    states = _zones().us
    if {start, end} & states.remote:
        return _SAME if start == end else _REMOTE_STATE
    one, other = middle_of("US", start), middle_of("US", end)
    if one is None or other is None:
        return _UNKNOWN_STATE
    return 1 + sum(kilometers(one, other) > limit for limit in states.kilometers)
