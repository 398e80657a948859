"""The handlers, a module for each API version: translate, call a context, translate back."""

from __future__ import annotations

from sellingpartner.server.api import (
    application_management_2023_11_30,
    catalog_items_2020_12_01,
    catalog_items_2022_04_01,
    catalog_items_v0,
    fba_inbound_eligibility_v1,
    fba_inventory_v1,
    listings_items_2020_09_01,
    listings_items_2021_08_01,
    listings_restrictions_2021_08_01,
    notifications_v1,
    orders_2026_01_01,
    orders_v0,
    product_fees_v0,
    product_pricing_2022_05_01,
    product_pricing_v0,
    product_type_definitions_2020_09_01,
    sales_v1,
    sellers_v1,
    supply_sources_2020_07_01,
    tokens_2021_03_01,
)

BUILT = (
    application_management_2023_11_30,
    catalog_items_2020_12_01,
    catalog_items_2022_04_01,
    catalog_items_v0,
    fba_inbound_eligibility_v1,
    fba_inventory_v1,
    listings_items_2020_09_01,
    listings_items_2021_08_01,
    listings_restrictions_2021_08_01,
    notifications_v1,
    orders_2026_01_01,
    orders_v0,
    product_fees_v0,
    product_pricing_2022_05_01,
    product_pricing_v0,
    product_type_definitions_2020_09_01,
    sales_v1,
    sellers_v1,
    supply_sources_2020_07_01,
    tokens_2021_03_01,
)
"""Every API with handlers: importing them registers these."""
