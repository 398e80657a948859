"""The keywords of Amazon's vocabulary that validate, for the JSON Schema library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

from sellingpartner.market.attributes import JsonValue, encode


class Unfit(ValueError):
    """What a keyword refuses; its text is the combination of selectors that it was about, or nothing."""


class _Keyword:
    """One keyword of one schema."""

    def __init__(self, schema: dict[str, Any], limit: int, _path: list[str | int]) -> None:
        self._limit = limit
        self._selectors: tuple[str, ...] | None = tuple(schema["selectors"]) if "selectors" in schema else None


class MostUtf8(_Keyword):
    """`maxUtf8ByteLength`: the most bytes that a text has in UTF-8."""

    def validate(self, value: JsonValue) -> None:
        """Refuse a text that is longer."""
        if isinstance(value, str) and len(value.encode()) > self._limit:
            raise Unfit


class FewestUtf8(_Keyword):
    """`minUtf8ByteLength`: the fewest bytes that a text has in UTF-8."""

    def validate(self, value: JsonValue) -> None:
        """Refuse a text that is shorter."""
        if isinstance(value, str) and len(value.encode()) < self._limit:
            raise Unfit


class _Counting(_Keyword):
    """What counts entries with the same selectors. Entries that leave a selector out have its default."""

    defaults: ClassVar[Mapping[str, JsonValue]] = {}

    def _counted(self, entries: JsonValue) -> Counter[bytes]:
        if not isinstance(entries, list):
            return Counter()
        return Counter(self._combination(entry) for entry in entries if isinstance(entry, dict))

    def _combination(self, entry: dict[str, JsonValue]) -> bytes:
        if self._selectors is None:
            return encode(entry)
        told = {**self.defaults, **entry}
        return encode({name: told[name] for name in self._selectors if name in told})


class MostAlike(_Counting):
    """`maxUniqueItems`: how many entries may have the same selectors."""

    def validate(self, entries: JsonValue) -> None:
        """Refuse more of them."""
        if isinstance(entries, list) and len(entries) > self._limit:
            for combination, count in self._counted(entries).items():
                if count > self._limit:
                    raise Unfit(combination.decode())


class FewestAlike(_Counting):
    """`minUniqueItems`: how many entries of each combination of selectors there must be."""

    def validate(self, entries: JsonValue) -> None:
        """Refuse fewer of them."""
        if self._limit > 1:
            for combination, count in self._counted(entries).items():
                if count < self._limit:
                    raise Unfit(combination.decode())


def keywords(defaults: Mapping[str, JsonValue]) -> dict[str, type[Any]]:
    """The keywords by name; `defaults` are what entries say that leave a selector out."""
    return {
        "maxUtf8ByteLength": MostUtf8,
        "minUtf8ByteLength": FewestUtf8,
        "maxUniqueItems": type("MostAlikeHere", (MostAlike,), {"defaults": defaults}),
        "minUniqueItems": type("FewestAlikeHere", (FewestAlike,), {"defaults": defaults}),
    }
