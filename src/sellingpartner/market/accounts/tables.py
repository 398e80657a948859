"""The tables of accounts. Tokens and secrets are stored as hashes: a stolen database opens nothing."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Table, Text

from sellingpartner.market.accounts.model import Profile, Resource
from sellingpartner.storage.columns import Instant, Json, metadata

sellers = Table(
    "sellers",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("name", Text, nullable=False),
    Column("region", String(2), nullable=False),
    Column("profile", Json(Profile), nullable=False),
    Column("joined_at", Instant, nullable=False),
)

participations = Table(
    "participations",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("marketplace_id", String(20), primary_key=True),
    Column("store_name", Text, nullable=False),
    Column("is_participating", Boolean, nullable=False),
    Column("has_suspended_listings", Boolean, nullable=False),
)

developers = Table(
    "developers",
    metadata,
    Column("developer_id", String(20), primary_key=True),
    Column("name", Text, nullable=False),
    Column("registered_at", Instant, nullable=False),
)

applications = Table(
    "applications",
    metadata,
    Column("application_id", String(80), primary_key=True),
    Column("developer_id", ForeignKey("developers.developer_id"), nullable=False),
    Column("client_id", String(80), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("scopes", Json(tuple[str, ...]), nullable=False),
    Column("redirect_uris", Json(tuple[str, ...]), nullable=False),
    Column("registered_at", Instant, nullable=False),
)

secrets = Table(
    "client_secrets",
    metadata,
    Column("application_id", ForeignKey("applications.application_id"), primary_key=True),
    Column("secret_hash", String(64), primary_key=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

grants = Table(
    "grants",
    metadata,
    Column("seller_id", ForeignKey("sellers.seller_id"), primary_key=True),
    Column("grant_id", BigInteger, primary_key=True, autoincrement=False),
    Column("application_id", ForeignKey("applications.application_id"), nullable=False),
    Column("scopes", Json(tuple[str, ...]), nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Index("grants_by_application", "application_id", "seller_id"),
)

# Tokens are looked up by what the caller shows, before any seller is known: they are keyed by hash, not by seller.
tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("application_id", ForeignKey("applications.application_id"), nullable=False),
    Column("seller_id", String(20), nullable=False),
    Column("grant_id", BigInteger),
    Column("scopes", Json(tuple[str, ...]), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("resources", Json(tuple[Resource, ...])),
    Index("tokens_by_expiry", "expires_at"),
)

codes = Table(
    "authorization_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("application_id", ForeignKey("applications.application_id"), nullable=False),
    Column("seller_id", String(20), nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("scopes", Json(tuple[str, ...]), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("grant_id", BigInteger),
    Index("authorization_codes_by_expiry", "expires_at"),
)
