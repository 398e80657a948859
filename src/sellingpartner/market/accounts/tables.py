"""The tables of accounts. Tokens and secrets are stored as hashes: a stolen database opens nothing."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from sellingpartner.market.accounts.model import Profile, Resource
from sellingpartner.storage.append_only import append_only
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
    Column("account_status", String(20), nullable=False),
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
    Column("status", String(20), nullable=False),
    Column("distribution", String(20), nullable=False),
    Column("scopes", Json(tuple[str, ...]), nullable=False),
    Column("optional_scopes", Json(tuple[str, ...]), nullable=False),
    Column("roles", Json(tuple[str, ...])),
    Column("redirect_uris", Json(tuple[str, ...]), nullable=False),
    Column("login_uri", Text),
    Column("registered_at", Instant, nullable=False),
    Column("secret_ends_at", Instant),
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
    Column("roles", Json(tuple[str, ...])),
    Column("given_at", Instant, nullable=False),
    Column("expires_at", Instant),
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
    Column("user_id", String(40)),
    Column("redirect_uri", Text, nullable=False),
    Column("scopes", Json(tuple[str, ...]), nullable=False),
    Column("challenge", String(128)),
    Column("issued_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("grant_id", BigInteger),
    Index("authorization_codes_by_expiry", "expires_at"),
)

users = Table(
    "users",
    metadata,
    Column("user_id", String(40), primary_key=True),
    Column("email", Text, nullable=False),
    Column("email_key", Text, nullable=False, unique=True),  # the address as it is compared: without case
    Column("name", Text, nullable=False),
    Column("seller_id", ForeignKey("sellers.seller_id"), index=True),
    Column("developer_id", ForeignKey("developers.developer_id")),
    Column("is_primary", Boolean, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("password_number", Integer, nullable=False),  # counts the passwords that the user has had
    Column("created_at", Instant, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("session_hash", String(64), primary_key=True),
    Column("user_id", ForeignKey("users.user_id"), nullable=False, index=True),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("address", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Index("sessions_by_end", "ends_at"),
)

# Failures count against a subject: an email address, whether or not anybody has it, or a network address. Both are
# kept as hashes: what strangers typed is nobody's to read.
sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("subject_hash", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("locked_until", Instant),
    Index("sign_in_failures_by_time", "last_at"),
)

audit = append_only(
    Table(
        "audit",
        metadata,
        Column("number", BigInteger, primary_key=True, autoincrement=False),
        Column("at", Instant, nullable=False),
        Column("what", String(40), nullable=False),
        Column("actor_kind", String(20), nullable=False),
        Column("actor_id", String(80), nullable=False),
        Column("actor_address", Text, nullable=False),
        Column("seller_id", String(20), nullable=False),
        Column("application_id", String(80), nullable=False),
        Column("details", Json(dict[str, str]), nullable=False),
        Index("audit_by_seller", "seller_id", "number"),
        Index("audit_by_application", "application_id", "number"),
    )
)

# A seller on the way from the appstore to an application's login page and back.
referrals = Table(
    "referrals",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("application_id", ForeignKey("applications.application_id"), nullable=False),
    Column("user_id", ForeignKey("users.user_id"), nullable=False),
    Column("scopes", Json(tuple[str, ...]), nullable=False),
    Column("approved", Json(tuple[str, ...]), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Index("referrals_by_expiry", "expires_at"),
)

scope_uses = Table(
    "scope_uses",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("application_id", String(80), primary_key=True),
    Column("scope", String(80), primary_key=True),
    Column("first_used_at", Instant, nullable=False),
    Column("last_used_at", Instant, nullable=False),
    Column("calls", BigInteger, nullable=False),
    Index("scope_uses_by_application", "application_id"),
)

operation_uses = Table(
    "operation_uses",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("application_id", String(80), primary_key=True),
    Column("operation", String(80), primary_key=True),
    Column("api", String(80), primary_key=True),
    Column("calls", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
    Column("last_at", Instant, nullable=False),
    Index("operation_uses_by_application", "application_id"),
)
