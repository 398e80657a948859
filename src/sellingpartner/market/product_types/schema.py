"""The JSON Schema of a product type: made for a marketplace, requirements and locale, the same bytes each time."""

from __future__ import annotations

from base64 import b64encode
from functools import cache, lru_cache
from hashlib import md5

import msgspec

from sellingpartner.contract.marketplaces import MARKETPLACES
from sellingpartner.market.attributes import JsonValue
from sellingpartner.market.product_types import library
from sellingpartner.market.product_types.conditions import (
    CHILD_OF,
    LEVEL,
    THEME,
    VARIATIONS,
    Schema,
    guarded_of,
    rules_of,
    schema_of,
)
from sellingpartner.market.product_types.elements import Maker
from sellingpartner.market.product_types.meta import META_SCHEMA, meta_schema
from sellingpartner.market.product_types.model import Ask, Attribute, Parentage, ProductType, Requirements, Scope
from sellingpartner.market.product_types.words import words_of

_ID = "https://schemas.amazon.com/selling-partners/definitions/product-types/schema/v1/"
_CACHED = 64


class Document(msgspec.Struct, frozen=True):
    """A schema as it is served: its bytes and the checksum of them."""

    body: bytes
    checksum: str


@lru_cache(maxsize=_CACHED)
def document(ask: Ask) -> Document:
    """The schema, as it is served."""
    return as_document(schema(ask))


@cache
def meta_document() -> Document:
    """The meta-schema, as it is served."""
    return as_document(meta_schema())


def as_document(said: Schema) -> Document:
    """JSON in its shortest form, and the base64 of its MD5."""
    body = msgspec.json.encode(said)
    return Document(body, b64encode(md5(body, usedforsecurity=False).digest()).decode())


def schema(ask: Ask) -> Schema:
    """The schema, as a value."""
    kind = library.product_type(ask.product_type)
    if kind is None:
        raise KeyError(ask.product_type)
    known = attributes_of(kind, ask.marketplace_id, ask.requirements, ask.parentage)
    words = words_of(ask.locale)
    maker = Maker(kind, ask, words)
    said: Schema = {
        "$schema": META_SCHEMA,
        "$id": f"{_ID}{kind.name}",
        "$comment": f"What a listing of {words.display_name(kind)} ({kind.name}) may and must say.",
        "$defs": {"marketplace_id": maker.marketplace(), "language_tag": maker.language()},
        "type": "object",
    }
    if ask.is_enforced:
        said["required"] = [*required_of(kind, ask.requirements, known, ask.parentage)]
    said["properties"] = {name: maker.attribute(attribute) for name, attribute in known.items()}
    conditions = _conditions(kind, ask, known)
    if conditions:
        said["allOf"] = conditions
    return said


def attributes_of(
    kind: ProductType,
    marketplace_id: str,
    requirements: Requirements = Requirements.LISTING,
    parentage: Parentage | None = None,
) -> dict[str, Attribute]:
    """The attributes that a product type has there, in the library's order."""
    country = MARKETPLACES[marketplace_id].country_code
    names = _named(kind)
    return {
        name: attribute
        for name, attribute in library.attributes().items()
        if attribute.stem in names
        and library.is_in(country, attribute.only)
        and requirements.covers(attribute.scope)
        and not _is_left_out(attribute, parentage)
    }


def _named(kind: ProductType) -> frozenset[str]:
    """The attributes that a product type names, itself or by its families."""
    if "*" in kind.attributes:
        return frozenset(attribute.stem for attribute in library.attributes().values())
    families = (library.families()[family].attributes for family in kind.families)
    return frozenset(kind.attributes).union(kind.required, *families)


def _is_left_out(attribute: Attribute, parentage: Parentage | None) -> bool:
    if parentage is Parentage.NONE:
        return attribute.name in VARIATIONS
    if parentage is Parentage.PARENT:
        return attribute.scope is Scope.OFFER or attribute.name == CHILD_OF
    return False


def required_of(
    kind: ProductType, requirements: Requirements, known: dict[str, Attribute], parentage: Parentage | None = None
) -> list[str]:
    """The attributes that every listing of the product type must have, whatever else it says."""
    if requirements is Requirements.OFFER_ONLY:
        return []
    guarded = guarded_of(kind)
    families = [name for family in kind.families for name in library.families()[family].required]
    wanted = [*families, *(name for name in kind.required if name not in guarded)]
    if parentage is Parentage.CHILD:
        wanted += VARIATIONS
    if parentage is Parentage.PARENT:
        wanted += (LEVEL, THEME)
    return [name for name in dict.fromkeys(wanted) if name in known]


def _conditions(kind: ProductType, ask: Ask, known: dict[str, Attribute]) -> list[JsonValue]:
    """The rules of the product type; without enforcement only those that refuse something."""
    made: list[JsonValue] = []
    for rule in rules_of(kind, ask.requirements):
        if not ask.is_enforced:
            rule = msgspec.structs.replace(rule, require=(), expect=())  # noqa: PLW2901 - the same rule, weaker
        said = schema_of(rule, known, ask.parentage)
        if said is not None:
            made.append(said)
    return made
