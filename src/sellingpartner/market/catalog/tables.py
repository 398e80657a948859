"""The tables of the catalog. Items belong to the marketplace, not to a seller: they are keyed by ASIN alone."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, String, Table, Text

from sellingpartner.market.catalog.model import VendorDetails
from sellingpartner.market.catalog.words import COLUMNS
from sellingpartner.storage.columns import Instant, Json, exact_text, metadata
from sellingpartner.storage.fulltext import WordIndex

ASIN_LENGTH = 10
CODE_LENGTH = 14

items = Table(
    "catalog_items",
    metadata,
    Column("asin", exact_text(ASIN_LENGTH), primary_key=True),
    Column("number", BigInteger, nullable=False),  # running: what the index of words calls the item
    Column("product_type", Text, nullable=False),
    Column("brand", Text, nullable=False),
    Column("marketplaces", Json(tuple[str, ...]), nullable=False),
    Column("parent_asin", exact_text(ASIN_LENGTH)),
    Column("variation_theme", Text),
    Column("classification_id", String(20)),
    Column("item_classification", String(20), nullable=False),
    Column("vendor", Json(VendorDetails)),
    Column("added_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("attributes", LargeBinary, nullable=False),  # one document (market.attributes), long, so last
    Index("catalog_items_by_number", "number", unique=True),
    Index("catalog_items_by_parent", "parent_asin", "asin"),
)

# The numbers by which makers and publishers know an item, in one form whatever kind of number it was: see identifiers.
identifiers = Table(
    "catalog_identifiers",
    metadata,
    Column("code", exact_text(CODE_LENGTH), primary_key=True),
    Column("asin", exact_text(ASIN_LENGTH), primary_key=True),
)

# What each item has sold in each of its marketplaces, the older the less: see ranks. An item has a row in every
# marketplace that it is in.
ranks = Table(
    "catalog_ranks",
    metadata,
    Column("asin", exact_text(ASIN_LENGTH), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("display_group", String(60), nullable=False),  # empty: the item is ranked nowhere
    Column("classification_id", String(20), nullable=False),  # empty: it has no place in the tree
    Column("score", Float(53), nullable=False),
    # In how many conditions an offer of it is featured there, so that buyers can order it.
    Column("featured", Integer, nullable=False),
    Index("catalog_ranks_by_group", "display_group", "marketplace_id", "score"),
    Index("catalog_ranks_by_classification", "classification_id", "marketplace_id", "score"),
)

# What a search reads of every item that matches, and no more: a row of `catalog_items` is fifty times as long.
entries = Table(
    "catalog_entries",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("asin", exact_text(ASIN_LENGTH), nullable=False),
    Column("brand", Text, nullable=False),
    Column("classification_id", String(20), nullable=False),  # empty: it has no place in the tree
    Index("catalog_entries_by_asin", "asin", unique=True),
)

words = WordIndex("catalog_words", entries.c.number, COLUMNS)
