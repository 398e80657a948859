"""Amazon's roles, the finer layer below the scopes, and the scopes that each maps onto.

Amazon gives an application roles when it is registered, and an operation lists those of which one is enough. A role
maps onto the scopes of the operations that list it. An application may be registered by roles, by scopes, or by both;
where it has roles, each of its scopes must follow from one, but for notifications: few of their operations ask for any.
"""

from __future__ import annotations

from collections.abc import Iterable

from sellingpartner.contract.scopes import (
    FINANCE,
    INVENTORY,
    NOTIFICATIONS,
    ORDERS,
    PRODUCTS,
    REPORTS,
    SCOPES,
    SHIPPING,
)

ROLES: dict[str, tuple[str, ...]] = {
    "Account Information Service Provider": (FINANCE,),
    "Amazon Fulfillment": (ORDERS, INVENTORY, PRODUCTS, REPORTS, SHIPPING, FINANCE),
    "Amazon Logistics": (SHIPPING,),
    "Amazon Warehousing and Distribution": (INVENTORY,),
    "Brand Analytics": (PRODUCTS, REPORTS),
    "Buyer Communication": (ORDERS, PRODUCTS, SHIPPING),
    "Buyer Solicitation": (ORDERS, PRODUCTS),
    "Direct-to-Consumer Shipping (Restricted)": (ORDERS, INVENTORY, PRODUCTS, REPORTS, SHIPPING, FINANCE),
    "Finance and Accounting": (ORDERS, PRODUCTS, REPORTS, FINANCE),
    "Inventory and Order Tracking": (ORDERS, INVENTORY, PRODUCTS, REPORTS, SHIPPING, FINANCE),
    "Notifications in Seller Central": (NOTIFICATIONS,),
    "Payment Initiation Service Provider": (FINANCE,),
    "Pricing": (ORDERS, PRODUCTS, REPORTS),
    "Product Listing": (ORDERS, INVENTORY, PRODUCTS, REPORTS, SHIPPING),
    "Professional Services (Restricted)": (ORDERS,),
    "Selling Partner Insights": (ORDERS, PRODUCTS, REPORTS, SHIPPING),
    "Tax Invoicing (Restricted)": (ORDERS, PRODUCTS, REPORTS, FINANCE),
    "Tax Remittance (Restricted)": (ORDERS, PRODUCTS, REPORTS),
}
"""Each role with its scopes, in the order of `SCOPES`."""

_FAR_EAST_ONLY = " (FE)"


def role_named(listed: str) -> str:
    """The role that an operation lists; some are listed for the Far East alone, with an ending that says so."""
    return listed.removesuffix(_FAR_EAST_ONLY)


def scopes_of_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """The scopes that some roles map onto together."""
    found = {scope for role in roles for scope in ROLES[role]}
    return tuple(scope for scope in SCOPES if scope in found)
