"""Scopes as people name them."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.contract.scopes import SCOPES

_BY_SHORT_NAME = {scope.rpartition("::")[2]: scope for scope in SCOPES}


def scopes_of(names: Sequence[str]) -> list[str] | None:
    """The scopes that are named short (`orders`) or whole; None if none is named. The market says which it knows."""
    return [_BY_SHORT_NAME.get(name, name) for name in names] or None


def short(scopes: Sequence[str]) -> list[str]:
    """Scopes without what they have in common, to be read by people."""
    return [scope.rpartition("::")[2] for scope in scopes]
