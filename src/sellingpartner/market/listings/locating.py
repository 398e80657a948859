"""Where a listing's units lie, as its seller says it: one entry of `fulfillment_availability` for each supply source.

A product type's schema knows the channels that everybody has. A seller's own sources are known to nobody else, so an
entry that names one is held to the schema as if it were the seller's default channel.
"""

from __future__ import annotations

from collections.abc import Collection

from sellingpartner.market import attributes as reading
from sellingpartner.market.attributes import Attributes, Entry, JsonValue

AVAILABILITY = "fulfillment_availability"
DEFAULT_CHANNEL = "DEFAULT"
_CODE = "fulfillment_channel_code"
_AMAZONS = "AMAZON_"


def is_amazons(code: str) -> bool:
    """Whether a channel is one of Amazon's network."""
    return code.startswith(_AMAZONS)


def source_code(entry: Entry) -> str | None:
    """The code of the source that an entry is about; None for the channels that everybody has."""
    code: JsonValue = entry.get(_CODE)
    return code if isinstance(code, str) and code != DEFAULT_CHANNEL and not is_amazons(code) else None


def source_codes(attributes: Attributes, marketplace_id: str) -> list[str]:
    """The codes that a listing names beside the channels that everybody has.

    None of what is no list of entries: a seller may send anything, and the schema refuses it.
    """
    sent: object = attributes.get(AVAILABILITY)
    if not isinstance(sent, list) or not all(isinstance(entry, dict) for entry in sent):
        return []
    codes = (source_code(entry) for entry in reading.entries(attributes, AVAILABILITY, marketplace_id))
    return list(dict.fromkeys(code for code in codes if code is not None))


def names_default(attributes: Attributes, marketplace_id: str) -> bool:
    """Whether a listing speaks of the seller's default channel."""
    entries = reading.entries(attributes, AVAILABILITY, marketplace_id)
    return any(entry.get(_CODE) == DEFAULT_CHANNEL for entry in entries)


def as_own_channel(attributes: Attributes, sources: Collection[str]) -> tuple[Attributes, list[tuple[int, Entry]]]:
    """Attributes as the schema can read them, and the entries left out of them with where they stood.

    The schema takes one entry a channel, so the first entry stands for them all; each of the others is to be looked at
    by itself.
    """
    if not sources or AVAILABILITY not in attributes:
        return attributes, []
    has_own = any(entry.get(_CODE) == DEFAULT_CHANNEL for entry in attributes[AVAILABILITY])
    kept: list[Entry] = []
    others: list[tuple[int, Entry]] = []
    for index, entry in enumerate(attributes[AVAILABILITY]):
        if source_code(entry) not in sources:
            kept.append(entry)
        elif has_own:
            others.append((index, {**entry, _CODE: DEFAULT_CHANNEL}))
        else:
            has_own = True
            kept.append({**entry, _CODE: DEFAULT_CHANNEL})
    return {**attributes, AVAILABILITY: kept}, others
