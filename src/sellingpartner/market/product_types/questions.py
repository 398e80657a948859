"""What others may ask of product types."""

from __future__ import annotations

from sellingpartner.market.product_types.conditions import attributes_of_theme
from sellingpartner.market.product_types.elements import channels_of
from sellingpartner.market.product_types.examples import example_of
from sellingpartner.market.product_types.faults import Fault, Nature, fault, natures
from sellingpartner.market.product_types.library import (
    GENERIC,
    attributes,
    groups,
    languages_of,
    needs_prescription,
    product_type,
    type_names,
    version,
)
from sellingpartner.market.product_types.model import Ask, Attribute, Parentage, ProductType, Requirements
from sellingpartner.market.product_types.schema import Document, attributes_of, document, meta_document
from sellingpartner.market.product_types.searching import types_for_item, types_in, types_with
from sellingpartner.market.product_types.validation import MOST_FAULTS, faults_of
from sellingpartner.market.product_types.words import locale_of, words_of

__all__ = [
    "GENERIC",
    "MOST_FAULTS",
    "Ask",
    "Attribute",
    "Document",
    "Fault",
    "Nature",
    "Parentage",
    "ProductType",
    "Requirements",
    "attributes",
    "attributes_of",
    "attributes_of_theme",
    "channels_of",
    "document",
    "example_of",
    "fault",
    "faults_of",
    "groups",
    "languages_of",
    "locale_of",
    "meta_document",
    "natures",
    "needs_prescription",
    "product_type",
    "type_names",
    "types_for_item",
    "types_in",
    "types_with",
    "version",
    "words_of",
]
