"""Titles, descriptions and names of values, in the locale that is asked for as far as there are words of it.

A locale without words of its own takes those of its language; a language without any takes English.
"""

from __future__ import annotations

from functools import cache

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.model import Attribute, Field, Form, Group, Kind, ProductType

ENGLISH = "en_US"
_BRITISH = frozenset({"en_AE", "en_AU", "en_GB", "en_IE", "en_IN", "en_SG", "en_ZA"})
_OWN = {
    "de": ("de_DE",),
    "es": ("es_ES",),
    "fr": ("fr_FR",),
    "it": ("it_IT",),
    "ja": ("ja_JP",),
    "pt": ("pt_BR",),
}
_AMERICAN_SPANISH = ("es_MX", "es_ES")
_PHRASES = {
    Kind.NUMBER: "number",
    Kind.PRICE: "price",
    Kind.WHOLE: "whole",
    Kind.FLAG: "flag",
    Kind.MOMENT: "moment",
    Kind.URL: "url",
}


def chain_of(locale: str) -> tuple[str, ...]:
    """The locales whose words are taken, the nearest first; English is the last resort of all."""
    own: tuple[str, ...] = ("en_GB",) if locale in _BRITISH else _OWN.get(locale[:2], ())
    if locale in {"es_MX", "es_US"}:
        own = _AMERICAN_SPANISH
    return (*own, ENGLISH)


def locale_of(locale: str | None, marketplace_id: str) -> str:
    """The locale that is meant: by default the marketplace's own language."""
    return MARKETPLACES[marketplace_id].language if locale in {None, "", "DEFAULT"} else str(locale)


@cache
def words_of(locale: str) -> Words:
    """The words of a locale."""
    return Words(chain_of(locale))


class Words:
    """Says in one language what things are called."""

    def __init__(self, chain: tuple[str, ...]) -> None:
        self._chain = chain
        self._wordings = [library.wording(locale) for locale in chain]
        self._is_english = chain[0].startswith("en")

    def display_name(self, kind: ProductType) -> str:
        """What a product type is called."""
        return next(kind.display[locale] for locale in self._chain if locale in kind.display)

    def title(self, attribute: Attribute) -> str:
        """What an attribute is called."""
        found = self._find("attributes", attribute.stem) or attribute.title
        return f"{found} {attribute.number}" if attribute.number else found

    def description(self, attribute: Attribute) -> str:
        """What an attribute is for, or at least what form it has."""
        if self._is_english:
            return attribute.description
        return self.phrase(_phrase_of(attribute)).format(title=self.title(attribute), limit=_limit_of(attribute))

    def field(self, name: str) -> str:
        """What a field of an entry is called."""
        return self._find("fields", name) or name.replace("_", " ").title()

    def value(self, value: str) -> str:
        """What a value is called."""
        found = self._find("values", value)
        return found or (value.replace("_", " ").title() if value.islower() else value)

    def group(self, name: str) -> Group:
        """What a group of attributes is called."""
        for wording in self._wordings:
            if name in wording.groups:
                return wording.groups[name]
        return library.groups()[name]

    def phrase(self, name: str) -> str:
        """A sentence with gaps."""
        return self._find("phrases", name) or name

    def _find(self, table: str, name: str) -> str | None:
        for wording in self._wordings:
            found: str | None = getattr(wording, table).get(name)
            if found is not None:
                return found
        return None


def _phrase_of(attribute: Attribute) -> str:
    if attribute.form in {Form.MEASURE, Form.DIMENSIONS, Form.IMAGE}:
        return attribute.form.value
    value = attribute.fields.get("value")
    if attribute.form is Form.CUSTOM or value is None:
        return "several"
    if value.values is not None and not value.open:
        return "choice"
    if value.kind in _PHRASES:
        return _PHRASES[value.kind]
    return "limited" if _limit(value) else "text"


def _limit_of(attribute: Attribute) -> int:
    value = attribute.fields.get("value")
    return _limit(value) if value is not None else 0


def _limit(field: Field) -> int:
    return field.max_length or field.max_bytes or 0
