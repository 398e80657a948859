"""What an application may be granted: the Permissions document's scopes, and login scopes that need no seller."""

from __future__ import annotations

from typing import NamedTuple

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


class ScopeDescription(NamedTuple):
    """A scope in plain words, for whoever is asked to grant it."""

    title: str
    summary: str
    allows: tuple[str, ...]
    does_not_allow: tuple[str, ...]


DESCRIPTIONS: dict[str, ScopeDescription] = {
    ORDERS: ScopeDescription(
        title="Orders",
        summary="See your orders and work on them.",
        allows=(
            "See what was ordered, when, at what price and in what state",
            "See who bought and where it goes, where a restricted operation or a role opens that",
            "Confirm shipments, verify regulated items, and manage service appointments",
            "Write to buyers about an order and ask them for a review, with Amazon's messages",
            "See your sales figures",
        ),
        does_not_allow=(
            "Buy postage or send goods from Amazon's fulfillment centers",
            "See what Amazon pays out to you",
        ),
    ),
    INVENTORY: ScopeDescription(
        title="Inventory",
        summary="See your stock at Amazon and plan what you send there.",
        allows=(
            "See how much of each item is in fulfillment centers and warehouses",
            "Plan, change and cancel shipments to them, with their labels and transport",
        ),
        does_not_allow=(
            "Change what you offer or at what price",
            "Send anything to a buyer",
        ),
    ),
    PRODUCTS: ScopeDescription(
        title="Products and prices",
        summary="See and change what you sell, and look up the catalog.",
        allows=(
            "Create, change and delete your listings, their prices and their quantities",
            "Look up catalog items, competitors' prices, fees and what customers say of products",
            "Upload feeds of listings, and edit A+ content",
        ),
        does_not_allow=(
            "See your orders or buyers",
            "See what Amazon pays out to you",
        ),
    ),
    REPORTS: ScopeDescription(
        title="Reports",
        summary="Have reports made about your business, and download them.",
        allows=(
            "Request, schedule, download and cancel reports and data queries",
            "See figures on traffic, sales and subscriptions",
        ),
        does_not_allow=(
            "Download reports that show buyers' personal data without a restricted data token",
            "Change anything in your listings, orders or stock",
        ),
    ),
    SHIPPING: ScopeDescription(
        title="Shipping and fulfillment",
        summary="Buy postage and have goods sent, at your cost.",
        allows=(
            "Compare rates, buy and cancel labels, and arrange pick-ups",
            "Have goods sent from Amazon's fulfillment centers, and follow parcels",
            "Manage where you ship from and your accounts with carriers",
            "See the names and addresses that parcels go to",
        ),
        does_not_allow=(
            "Read your orders beyond what a parcel needs",
            "Change what you offer or at what price",
        ),
    ),
    FINANCE: ScopeDescription(
        title="Finances",
        summary="See your money at Amazon, move it, and handle invoices.",
        allows=(
            "See transactions, fees, balances, payouts and settlements",
            "Start payouts and transfers from your seller wallet",
            "See invoices, and submit those for your shipments",
        ),
        does_not_allow=(
            "Change the bank account that you are paid to",
            "Change orders, listings or stock",
        ),
    ),
    NOTIFICATIONS: ScopeDescription(
        title="Notifications",
        summary="Be told at once when something changes in your account.",
        allows=(
            "Subscribe to news of orders, offers, listings, stock, reports and fees",
            "Show you notices from the application in your account",
        ),
        does_not_allow=(
            "Look anything up or change anything: news comes, questions need their own permission",
            "Send you or your buyers email",
        ),
    ),
}
"""What a seller is told of each scope. Which operations it opens is what the contract says (`Operation.scope`)."""
