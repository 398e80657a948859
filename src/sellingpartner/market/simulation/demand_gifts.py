"""What people write on the card of a gift, in the language that they shop in."""

from __future__ import annotations

from functools import cache
from random import Random

from sellingpartner.market.simulation.reading import read


@cache
def messages() -> dict[str, tuple[str, ...]]:
    """Cards' texts by language."""
    return read("gifts.toml", dict[str, tuple[str, ...]])


def gift_message(chance: Random, language: str) -> str | None:
    """A card's text in a language like `de_DE`; one gift in five has no card."""
    if chance.random() < 0.2:  # noqa: PLR2004 - said above
        return None
    return chance.choice(messages().get(language[:2]) or messages()["en"])
