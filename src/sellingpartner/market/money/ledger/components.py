"""The one table of what the ledger posts and what each part is called by whom, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.market.money.ledger.model import Account, EntryKind

TAX = ".Tax"
"""What follows a fee's name in the name of the tax on it."""

_CHARGED = frozenset({Account.FEES, Account.SERVICES})


class KindNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a kind of entry is called; by whom it is not shown, it is not called anything."""

    transaction: str = ""
    description: str = ""
    list: str = ""
    settled_as: str = ""


class Component(msgspec.Struct, frozen=True, kw_only=True):
    """A part of entries: whose account it is posted to, and its names."""

    key: str
    account: Account
    place: str
    """Where in an event of v0 it stands: charge, fee, withheld, promotion, points, adjustment and the like."""
    name: str
    path: tuple[str, ...]
    settlement: tuple[str, ...]
    """amount-type and amount-description."""
    transaction: str
    description: str
    list: str
    settled_as: str
    tax_of: str | None = None
    """The fee that it is the tax on: v0 adds it to the fee, and the breakdowns show it beside the fee's base."""


class _Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    account: Account
    place: str = ""
    name: str = ""
    path: tuple[str, ...] = ()
    settlement: tuple[str, ...] = ()
    transaction: str = ""
    description: str = ""
    list: str = ""
    settled_as: str = ""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kinds: dict[EntryKind, KindNames]
    components: dict[str, _Said]


@cache
def _table() -> _Table:
    place = files("sellingpartner.market.money.ledger") / "components.toml"
    return msgspec.toml.decode(place.read_bytes(), type=_Table)


@cache
def components() -> Mapping[str, Component]:
    """Every component by its key; of each fee the tax on it is one too (`Commission.Tax`)."""
    found = {key: _component(key, said) for key, said in _table().components.items()}
    taxes = [_tax_on(one) for one in found.values() if one.account in _CHARGED and one.place == "fee"]
    return found | {one.key: one for one in taxes}


@cache
def kind_names(kind: str) -> KindNames:
    """What a kind of entry is called."""
    return _table().kinds[EntryKind(kind)]


def _component(key: str, said: _Said) -> Component:
    values = msgspec.structs.asdict(said) | {"name": said.name or key}
    return Component(key=key, **values)


def _tax_on(fee: Component) -> Component:
    return msgspec.structs.replace(fee, key=fee.key + TAX, path=(*fee.path, "Tax"), tax_of=fee.key)
