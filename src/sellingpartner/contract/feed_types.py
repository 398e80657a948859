"""The feed types: what each is sent as, which scope and roles it takes, how its result is written.

A feed does what other operations do in bulk, so its scope is theirs and not one of the Feeds API: to confirm shipments
by a feed takes `sellingpartnerapi::orders`, to change listings `sellingpartnerapi::products`.
"""

from __future__ import annotations

from typing import NamedTuple

from sellingpartner.contract.scopes import FINANCE, INVENTORY, ORDERS, PRODUCTS, SHIPPING

JSON = "application/json; charset=UTF-8"
XML = "text/xml; charset=UTF-8"
TSV = "text/tab-separated-values; charset=UTF-8"
TEXT = "text/plain; charset=UTF-8"
PDF = "application/pdf"
UNKNOWN = ""
"""Nobody has written down in what form this one travels."""

_DIRECT = "Direct-to-Consumer Shipping (Restricted)"
_FULFILLMENT = "Amazon Fulfillment"
_INVOICING = "Tax Invoicing (Restricted)"
_LISTING = "Product Listing"
_PRICING = "Pricing"
_TRACKING = "Inventory and Order Tracking"
_OF_LISTINGS = (_TRACKING, _LISTING)
_OF_ORDERS = (_DIRECT, _TRACKING)
_REMOVED = True


class FeedType(NamedTuple):
    """What is known of one feed type."""

    name: str
    content_type: str
    """What `createFeedDocument` is told, and the document is uploaded as."""
    scope: str
    roles: tuple[str, ...]
    """Any one of these will do."""
    result: str
    """The content type of the processing report."""
    is_removed: bool = False
    """Whether Amazon takes no more feeds of this type."""


_TYPES = (
    FeedType("JSON_LISTINGS_FEED", JSON, PRODUCTS, _OF_LISTINGS, JSON),
    FeedType("POST_ORDER_ACKNOWLEDGEMENT_DATA", XML, ORDERS, _OF_ORDERS, XML),
    FeedType("POST_PAYMENT_ADJUSTMENT_DATA", XML, ORDERS, _OF_ORDERS, XML),
    FeedType("POST_ORDER_FULFILLMENT_DATA", XML, ORDERS, _OF_ORDERS, XML),
    FeedType("POST_INVOICE_CONFIRMATION_DATA", XML, ORDERS, _OF_ORDERS, XML),
    FeedType("POST_EXPECTED_SHIP_DATE_SOD", XML, ORDERS, _OF_ORDERS, XML),
    FeedType("POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA", TSV, ORDERS, _OF_ORDERS, TSV),
    FeedType("POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA", TSV, ORDERS, _OF_ORDERS, TSV),
    FeedType("POST_FLAT_FILE_FULFILLMENT_DATA", TSV, ORDERS, _OF_ORDERS, TSV),
    FeedType("POST_EXPECTED_SHIP_DATE_SOD_FLAT_FILE", TSV, ORDERS, _OF_ORDERS, TSV),
    FeedType("POST_FLAT_FILE_IL_SNAPSHOT_FEED", TSV, ORDERS, (_TRACKING,), TSV),
    FeedType("POST_FLAT_FILE_IL_ALLOCATION_REQUESTS_CONFIRMATION_FEED", TSV, ORDERS, (_TRACKING,), TSV),
    FeedType("POST_FULFILLMENT_ORDER_REQUEST_DATA", XML, SHIPPING, (_FULFILLMENT,), XML),
    FeedType("POST_FULFILLMENT_ORDER_CANCELLATION_REQUEST_DATA", XML, SHIPPING, (_FULFILLMENT,), XML),
    FeedType("POST_FBA_INBOUND_CARTON_CONTENTS", XML, INVENTORY, (_FULFILLMENT,), XML),
    FeedType("POST_FLAT_FILE_FBA_CREATE_REMOVAL", TSV, INVENTORY, (_FULFILLMENT,), TSV),
    FeedType("POST_FLAT_FILE_FULFILLMENT_ORDER_REQUEST_DATA", TSV, SHIPPING, (_FULFILLMENT,), TSV),
    FeedType("POST_FLAT_FILE_FULFILLMENT_ORDER_CANCELLATION_REQUEST_DATA", TSV, SHIPPING, (_FULFILLMENT,), TSV),
    FeedType("UPLOAD_VAT_INVOICE", PDF, FINANCE, (_INVOICING,), TSV),
    FeedType("POST_EASYSHIP_DOCUMENTS", XML, SHIPPING, (_DIRECT, _TRACKING, _INVOICING), XML),
    FeedType("POST_PRODUCT_DATA", XML, PRODUCTS, _OF_LISTINGS, XML, _REMOVED),
    FeedType("POST_INVENTORY_AVAILABILITY_DATA", XML, PRODUCTS, _OF_LISTINGS, XML, _REMOVED),
    FeedType("POST_PRODUCT_OVERRIDES_DATA", XML, PRODUCTS, _OF_LISTINGS, XML, _REMOVED),
    FeedType("POST_PRODUCT_PRICING_DATA", XML, PRODUCTS, _OF_LISTINGS, XML, _REMOVED),
    FeedType("POST_PRODUCT_IMAGE_DATA", XML, PRODUCTS, _OF_LISTINGS, XML, _REMOVED),
    FeedType("POST_PRODUCT_RELATIONSHIP_DATA", XML, PRODUCTS, _OF_LISTINGS, XML, _REMOVED),
    FeedType("POST_FLAT_FILE_INVLOADER_DATA", TSV, PRODUCTS, _OF_LISTINGS, TSV, _REMOVED),
    FeedType("POST_FLAT_FILE_LISTINGS_DATA", TSV, PRODUCTS, (_LISTING,), TSV, _REMOVED),
    FeedType("POST_FLAT_FILE_BOOKLOADER_DATA", TSV, PRODUCTS, _OF_LISTINGS, TSV, _REMOVED),
    FeedType("POST_FLAT_FILE_CONVERGENCE_LISTINGS_DATA", TSV, PRODUCTS, _OF_LISTINGS, TSV, _REMOVED),
    FeedType("POST_FLAT_FILE_PRICEANDQUANTITYONLY_UPDATE_DATA", TSV, PRODUCTS, _OF_LISTINGS, TSV, _REMOVED),
    FeedType("POST_UIEE_BOOKLOADER_DATA", TEXT, PRODUCTS, _OF_LISTINGS, TSV, _REMOVED),
    FeedType("POST_STD_ACES_DATA", XML, PRODUCTS, _OF_LISTINGS, XML),
    FeedType("POST_FLAT_FILE_FBA_CREATE_INBOUND_PLAN", TSV, INVENTORY, (_FULFILLMENT,), TSV, _REMOVED),
    FeedType("POST_FLAT_FILE_FBA_UPDATE_INBOUND_PLAN", TSV, INVENTORY, (_FULFILLMENT,), TSV, _REMOVED),
    FeedType("POST_FLAT_FILE_FROM_EXCEL_FBA_CREATE_CARTON_INFO", TSV, INVENTORY, (_FULFILLMENT,), TSV),
    FeedType("RFQ_UPLOAD_FEED", TSV, PRODUCTS, (_TRACKING, _PRICING), TSV, _REMOVED),
    FeedType("POST_ENHANCED_CONTENT_DATA", UNKNOWN, PRODUCTS, (_LISTING,), UNKNOWN),
    FeedType("POST_SHIPPING_OVERRIDE_DATA", UNKNOWN, PRODUCTS, (_LISTING,), UNKNOWN),
    FeedType("POST_SELLER_RATE_CARD_FEED", UNKNOWN, SHIPPING, (_TRACKING,), UNKNOWN),
    FeedType("POST_MYR_AUTO_AUTHORIZATION_LIST_DATA", UNKNOWN, ORDERS, (_TRACKING,), UNKNOWN),
)

FEED_TYPES = {each.name: each for each in _TYPES}
"""Every feed type by its name."""

FEED_SCOPES = frozenset(each.scope for each in _TYPES)
"""The scopes that some feed type needs: whoever holds one of them may prepare feeds and look after them."""
