"""What each carrier asks for when a seller links an account with it: `data/carrier_accounts.toml`.

Assumed: which carriers take part, and what each asks for, is made up in the form of Amazon's example; Amazon shows the
number of an account with its lengths, and says that some values are held against a pattern.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import msgspec


class Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One value that a carrier asks for."""

    name: str
    label: str
    group: str = "ACCOUNT"
    is_mandatory: bool = True
    is_confidential: bool = False
    is_masked: bool = False
    min_length: int = 1
    max_length: int
    pattern: str | None = None
    form: str = ""
    """The pattern in plain words."""

    def fault_of(self, value: str) -> str | None:
        """What is wrong with a value; None if nothing is."""
        if not self.min_length <= len(value) <= self.max_length:
            return f"{self.name} has {self.min_length} to {self.max_length} characters"
        if self.pattern is not None and re.fullmatch(self.pattern, value, re.ASCII) is None:
            return f"{self.name} is {self.form}"
        return None


class AccountKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of account that can be linked, and what for that is asked."""

    account_type: str
    inputs: tuple[Input, ...]


class Linkable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A carrier whose accounts can be linked, in some countries."""

    carrier_id: str
    countries: tuple[str, ...]
    kinds: tuple[AccountKind, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    carriers: tuple[Linkable, ...]


NUMBER = "ACCOUNT_NUMBER"
"""What every carrier asks for: by it an account is known."""


@cache
def _all() -> tuple[Linkable, ...]:
    path = files("sellingpartner.market.shipping") / "data" / "carrier_accounts.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_File).carriers


def linkable_in(country: str) -> tuple[Linkable, ...]:
    """The carriers of a country whose accounts can be linked."""
    return tuple(one for one in _all() if country in one.countries)
