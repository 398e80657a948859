"""Patches of a listing's attributes: add, replace, merge and delete, by the values of each attribute's selectors.

An attribute's entries are told apart by its selectors (`marketplace_id`, `language_tag`, `currency`, ...); an entry
that leaves one out has its default. Entries with other selectors than those of a patch stay what they are.

    add, replace  entries with the same selectors go, and what is given stands in their place
    merge         of the one entry with these selectors the fields that are given change; null takes a field away
    delete        entries with these selectors go

Here is only what patches do: no rules of product types, no database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import msgspec

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.counted import counted
from sellingpartner.market.attributes import Attributes, Entry, JsonValue, encode

_PATH = re.compile(r"/attributes/([^/]+)")
_KEPT = {"purchasable_offer": ("discounted_price",)}
"""Fields that stay when an entry is replaced by one that does not name them, or names them with nothing in them.

Assumed: callers of Amazon report it of sale prices: an offer that is replaced without one kept the old one, and an
empty list was accepted without effect. A merge with null takes it away.
"""


class Op(StrEnum):
    """What a patch does."""

    ADD = "add"
    REPLACE = "replace"
    MERGE = "merge"
    DELETE = "delete"


class Patch(msgspec.Struct, frozen=True):
    """One operation on one attribute."""

    op: Op
    attribute: str
    value: tuple[Entry, ...]
    index: int = 0
    """Where in the request it stands, for its refusal."""


class InvalidPatch(InvalidInput):
    """A patch that cannot be carried out, in Amazon's words where they are known."""

    def __init__(self, what: str, index: int, reason: str) -> None:
        super().__init__(f"Invalid {what} provided in patch at index of {index}.", details=reason)
        self.because(f"Patch {index}: {reason}")


class Selectors(msgspec.Struct, frozen=True):
    """How the entries of an attribute are told apart; `names` is None where all that they say tells them apart."""

    names: tuple[str, ...] | None
    defaults: Mapping[str, JsonValue] = {}

    def key_of(self, entry: Entry) -> bytes:
        """The combination of selectors of an entry."""
        if self.names is None:
            return encode(entry)
        said = {**self.defaults, **entry}
        return encode({name: said[name] for name in self.names if name in said})

    def missing_in(self, entry: Entry) -> list[str]:
        """The selectors that an entry neither names nor has by default."""
        return [name for name in self.names or () if name not in entry and name not in self.defaults]


SelectorsOf = Callable[[str], Selectors]
"""How an attribute's entries are told apart."""


def patch_of(op: str, path: str, value: Sequence[Entry] | None, index: int) -> Patch:
    """A patch as it was sent; raises `InvalidPatch`."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise InvalidPatch("path", index, "A path is /attributes/ and the name of an attribute, and nothing deeper.")
    if not value:
        raise InvalidPatch("empty value", index, f"To {op} takes a list of the entries that are meant.")
    return Patch(Op(op), found[1], tuple(value), index)


def patched(attributes: Attributes, patches: Sequence[Patch], selectors_of: SelectorsOf) -> Attributes:
    """The attributes after all patches, in order; those given stay as they are. Raises `InvalidPatch`."""
    changed = dict(attributes)
    for patch in patches:
        selectors = selectors_of(patch.attribute)
        entries = _CARRY_OUT[patch.op](changed.get(patch.attribute, []), patch, selectors)
        if entries:
            changed[patch.attribute] = entries
        else:
            changed.pop(patch.attribute, None)
    return changed


def _replace(entries: list[Entry], patch: Patch, selectors: Selectors) -> list[Entry]:
    given: dict[bytes, list[Entry]] = {}
    for entry in patch.value:
        given.setdefault(selectors.key_of(entry), []).append(entry)
    kept = _KEPT.get(patch.attribute, ())
    left: list[Entry] = []
    for old in entries:
        key = selectors.key_of(old)
        if key not in given:
            left.append(old)
            continue
        left += [_keeping(entry, old, kept) for entry in given[key]]
        given[key] = []
    return left + [entry for added in given.values() for entry in added]


def _keeping(entry: Entry, old: Entry, kept: tuple[str, ...]) -> Entry:
    """A new entry with those fields of the old one that stay."""
    staying = {name: old[name] for name in kept if not entry.get(name) and name in old}
    return {**entry, **staying} if staying else entry


def _merge(entries: list[Entry], patch: Patch, selectors: Selectors) -> list[Entry]:
    """Assumed: an entry that is not there yet is added, as Amazon's documents leave it open."""
    merged = list(entries)
    for given in patch.value:
        if missing := selectors.missing_in(given):
            raise InvalidPatch("value", patch.index, f"To merge takes the selectors {', '.join(missing)} as well.")
        for name in selectors.names or ():
            if name in given and given[name] is None:
                raise InvalidPatch("value", patch.index, f"{name} says which entry is meant, and cannot be taken away.")
        key = selectors.key_of(given)
        places = [place for place, entry in enumerate(merged) if selectors.key_of(entry) == key]
        if len(places) > 1:
            have = counted(len(places), "entry has", "entries have")
            reason = f"{have} these selectors; to merge takes one that is told apart by them."
            raise InvalidPatch("value", patch.index, reason)
        before: Entry = merged[places[0]] if places else {}
        after: Entry = {name: value for name, value in {**before, **given}.items() if value is not None}
        if places:
            merged[places[0]] = after
        else:
            merged.append(after)
    return merged


def _delete(entries: list[Entry], patch: Patch, selectors: Selectors) -> list[Entry]:
    """Assumed: to delete what is not there is accepted and changes nothing, as it is with a whole listing."""
    for entry in patch.value:
        if missing := selectors.missing_in(entry):
            raise InvalidPatch("value", patch.index, f"To delete takes the selectors {', '.join(missing)} as well.")
    gone = {selectors.key_of(entry) for entry in patch.value}
    return [entry for entry in entries if selectors.key_of(entry) not in gone]


_CARRY_OUT: dict[Op, Callable[[list[Entry], Patch, Selectors], list[Entry]]] = {
    Op.ADD: _replace,
    Op.REPLACE: _replace,
    Op.MERGE: _merge,
    Op.DELETE: _delete,
}
