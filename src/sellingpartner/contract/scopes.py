"""What an application may be granted: the Permissions document's scopes, and login scopes that need no seller."""

from __future__ import annotations

ORDERS = "sellingpartnerapi::orders"
INVENTORY = "sellingpartnerapi::inventory"
PRODUCTS = "sellingpartnerapi::products"
REPORTS = "sellingpartnerapi::reports"
SHIPPING = "sellingpartnerapi::shipping"
FINANCE = "sellingpartnerapi::finance"
NOTIFICATIONS = "sellingpartnerapi::notifications"

SCOPES = (ORDERS, INVENTORY, PRODUCTS, REPORTS, SHIPPING, FINANCE, NOTIFICATIONS)
"""What a seller grants to an application."""

ANY = "any"
"""An operation that any grant may call, whatever its scope."""
NONE = "none"
"""An operation that no seller's grant is about."""

CREDENTIAL_ROTATION = "sellingpartnerapi::client_credential:rotation"
SHIPMENTS_TRACK = "sellingpartnerapi::shipments:track"
MIGRATION = "sellingpartnerapi::migration"

GRANTLESS_SCOPES = (NOTIFICATIONS, CREDENTIAL_ROTATION, SHIPMENTS_TRACK, MIGRATION)
"""What an application asks a token for by itself, without a seller."""
