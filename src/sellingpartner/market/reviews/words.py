"""What reviews speak of, as data: `topics.toml`.

Assumed: the topics; Amazon finds them in what buyers write, and does not say which there are.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from sellingpartner.contract.errors import InvalidInput


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How buyers speak of a part of a topic, well and ill."""

    good: tuple[str, ...]
    ill: tuple[str, ...]


class Topics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Topics, by their parts; and what reasons of returns are called."""

    topics: dict[str, dict[str, Words]]
    returns: dict[str, str]


class TopicUnknown(InvalidInput):
    """Nobody speaks of it."""

    def __init__(self, topic: str) -> None:
        super().__init__(f"{topic[:60]!r} is no topic of reviews; these are: {', '.join(topics())}.")


@cache
def _known() -> Topics:
    path = files("sellingpartner.market.reviews") / "topics.toml"
    return msgspec.toml.decode(path.read_bytes(), type=Topics)


def topics() -> dict[str, dict[str, Words]]:
    """What there is to speak of."""
    return _known().topics


def parts_of(topic: str) -> dict[str, Words]:
    """The parts of a topic; raises `TopicUnknown`."""
    try:
        return topics()[topic]
    except KeyError:
        raise TopicUnknown(topic) from None


def topic_of_return(reason: str) -> str:
    """What a reason of a return is called; a reason of somebody's own is called as it is."""
    return _known().returns.get(reason, reason)
