"""The meta-schema that every schema of a product type follows: JSON Schema 2019-09 and Amazon's vocabulary.

The URIs are names; the document itself is served by a link of this market.
"""

from __future__ import annotations

from sellingpartner.market.attributes import JsonValue

META_SCHEMA = "https://schemas.amazon.com/selling-partners/definitions/product-types/meta-schema/v1"
VOCABULARY = "https://schemas.amazon.com/selling-partners/definitions/product-types/vocabulary/v1"
DRAFT = "https://json-schema.org/draft/2019-09"
_STANDARD = ("core", "applicator", "validation", "meta-data", "format", "content")

_COUNT: dict[str, JsonValue] = {"type": "integer", "minimum": 0}
_FLAG: dict[str, JsonValue] = {"type": "boolean", "default": True}
_NAMES: dict[str, JsonValue] = {"type": "array", "items": {"type": "string"}}
_POINTERS: dict[str, JsonValue] = {"type": "array", "items": {"type": "string", "format": "relative-json-pointer"}}

KEYWORDS: dict[str, dict[str, JsonValue]] = {
    "editable": _FLAG | {"description": "No: the value stays as it was first given."},
    "hidden": _FLAG | {"default": False, "description": "Yes: a form need not show it."},
    "enumNames": _NAMES | {"description": "What the values of enum are called, in the same order."},
    "enumDeprecated": {"type": "array", "description": "Values of enum that will go.", "items": True},
    "selectors": _NAMES | {"description": "The fields that tell the entries of a list apart.", "uniqueItems": True},
    "maxUniqueItems": _COUNT | {"description": "How many entries may have the same selectors, at most."},
    "minUniqueItems": _COUNT | {"description": "How many entries must have the same selectors, at least."},
    "maxUtf8ByteLength": _COUNT | {"description": "The most bytes that a text has in UTF-8."},
    "minUtf8ByteLength": _COUNT | {"description": "The fewest bytes that a text has in UTF-8."},
    "$lifecycle": {"type": "object", "description": "Whether it is on its way out."},
    "replaces": _POINTERS | {"description": "What it stands in for."},
    "replacedBy": _POINTERS | {"description": "What stands in for it."},
}


def meta_schema() -> dict[str, JsonValue]:
    """The document."""
    vocabularies: dict[str, JsonValue] = {f"{DRAFT}/vocab/{name}": name != "format" for name in _STANDARD}
    return {
        "$schema": f"{DRAFT}/schema",
        "$id": META_SCHEMA,
        "$vocabulary": vocabularies | {VOCABULARY: True},
        "$recursiveAnchor": True,
        "title": "Product type definitions",
        "description": "JSON Schema 2019-09, and the words in which attributes of listings are described besides.",
        "allOf": [{"$ref": f"{DRAFT}/meta/{name}"} for name in _STANDARD],
        "type": ["object", "boolean"],
        "properties": {**KEYWORDS},
    }
