"""What can be wrong with a listing: Amazon's code for it, what follows, and a sentence in the reader's language."""

from __future__ import annotations

from functools import cache

import msgspec

from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.words import ENGLISH, chain_of

_LONGEST_ECHO = 60


class Fault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is wrong, as an issue of a listing tells it."""

    code: str
    message: str
    severity: str = "ERROR"
    attribute_names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    """What is done until it is put right; what exempts from it is in `exemption`."""
    exemption: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether a submission with it is refused."""
        return self.severity == "ERROR"


class Nature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all faults of one kind have in common.

    Assumed: categories and enforcements of codes for which no answer of Amazon's is known follow those of their kin.
    """

    code: str
    severity: str = "ERROR"
    categories: tuple[str, ...] = ("INVALID_ATTRIBUTE",)
    actions: tuple[str, ...] = ()
    exemption: str = "NOT_EXEMPT"


class Sentences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of faults in one language."""

    faults: dict[str, str]
    kinds: dict[str, str]


@cache
def natures() -> dict[str, Nature]:
    """All kinds of faults."""
    return library.read("faults.toml", dict[str, Nature])


@cache
def sentences(locale: str) -> Sentences:
    """The sentences of a locale that has its own."""
    return library.read(f"messages/{locale}.toml", Sentences)


def sentences_for(locale: str) -> Sentences:
    """The sentences for whoever reads a locale: those of its language, or else English ones."""
    spoken = library.message_locales()
    return sentences(next((one for one in chain_of(locale) if one in spoken), ENGLISH))


def fault(kind: str, locale: str, attribute_names: tuple[str, ...] = (), **said: object) -> Fault:
    """A fault of a kind, told in the locale; `said` fills the sentence's gaps."""
    nature = natures()[kind]
    shown = {name: _shown(value) for name, value in said.items()}
    return Fault(
        code=nature.code,
        message=sentences_for(locale).faults[kind].format(**shown),
        severity=nature.severity,
        attribute_names=attribute_names,
        categories=nature.categories,
        actions=nature.actions,
        exemption=nature.exemption if nature.actions else None,
    )


def _shown(value: object) -> str:
    """What was sent, no longer than a reader wants it."""
    text = str(value)
    return text if len(text) <= _LONGEST_ECHO * 4 else f"{text[:_LONGEST_ECHO]}..."
