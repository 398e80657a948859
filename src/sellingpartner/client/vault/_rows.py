"""What every place for grants can do: named texts, each changed only by who saw what it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sellingpartner.client.grants import GrantKey, SellerGrant


class Rows(Protocol):
    """Named texts in a file, a database, a service; threads and processes may use them at once."""

    def read(self, name: str) -> str | None:
        """The text of this name."""
        ...

    def all(self) -> Iterable[tuple[str, str]]:
        """Every name and text."""
        ...

    def add(self, name: str, text: str) -> bool:
        """Keep a text under a name that is free; whether it was."""
        ...

    def swap(self, name: str, old: str, new: str) -> bool:
        """Keep `new` if `old` is what is there; whether it was."""
        ...

    def remove(self, name: str) -> bool:
        """Remove a text; whether there was one."""
        ...


class Seal(Protocol):
    """How grants become names and texts, and back."""

    def name_of(self, key: GrantKey) -> str:
        """The name that a grant is kept under."""
        ...

    def close(self, name: str, grant: SellerGrant) -> str:
        """A grant as a text."""
        ...

    def open(self, name: str, text: str) -> SellerGrant:
        """The grant in a text; raises if it is not the one of this name."""
        ...


class KeptGrants:
    """A `GrantStore` over rows: it reads, decides, and swaps; whoever was overtaken looks again."""

    def __init__(self, rows: Rows, seal: Seal) -> None:
        self._rows = rows
        self._seal = seal

    def get(self, key: GrantKey) -> SellerGrant | None:
        """See `GrantStore`."""
        name = self._seal.name_of(key)
        text = self._rows.read(name)
        return None if text is None else self._seal.open(name, text)

    def all(self, client_id: str) -> list[SellerGrant]:
        """See `GrantStore`; a text that does not open is an error, for whoever's grant it was would be missed."""
        found = [self._seal.open(name, text) for name, text in self._grants()]
        return sorted((grant for grant in found if grant.client_id == client_id), key=lambda grant: grant.key)

    def put(self, grant: SellerGrant) -> None:
        """See `GrantStore`."""
        name = self._seal.name_of(grant.key)
        while True:
            text = self._rows.read(name)
            if text is None:
                if self._rows.add(name, self._seal.close(name, grant)):
                    return
            elif self._seal.open(name, text).given_at > grant.given_at or self._rows.swap(
                name, text, self._seal.close(name, grant)
            ):
                return

    def swap(self, old: SellerGrant, new: SellerGrant) -> bool:
        """See `GrantStore`."""
        name = self._seal.name_of(old.key)
        while True:
            text = self._rows.read(name)
            if text is None or self._seal.open(name, text) != old:
                return False
            if self._rows.swap(name, text, self._seal.close(name, new)):
                return True

    def forget(self, key: GrantKey) -> bool:
        """See `GrantStore`."""
        return self._rows.remove(self._seal.name_of(key))

    def _grants(self) -> Iterable[tuple[str, str]]:
        return self._rows.all()
