"""Product type definitions change when a market is opened by a version of the package that has others."""

from __future__ import annotations

import msgspec

from sellingpartner.market.events.catalog import ProductTypesReleased
from sellingpartner.market.product_types.library import type_names, version
from sellingpartner.storage.remembered import remember, replace
from sellingpartner.storage.unit import UnitOfWork

RELEASE = "product types"
"""By which name a market remembers it."""


class Release(msgspec.Struct, frozen=True):
    """The definitions that a market was opened with: their version, and which product types there were."""

    version: str
    product_types: tuple[str, ...]


def notice_release(unit: UnitOfWork) -> None:
    """Tell of it if the definitions are others than when the market was open last; a new market has had none."""
    present = Release(version(), type_names())
    kept = remember(unit.connection, RELEASE, _written(present))
    before = msgspec.json.decode(kept, type=Release)
    if before.version == present.version:
        return
    replace(unit.connection, RELEASE, _written(present))
    new = set(present.product_types).difference(before.product_types)
    unit.emit(ProductTypesReleased(version=present.version, new_product_types=tuple(sorted(new))))


def _written(release: Release) -> str:
    return msgspec.json.encode(release).decode()
