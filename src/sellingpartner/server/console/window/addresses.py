"""Where the pages of the market are, and which page answers."""

from __future__ import annotations

from collections.abc import Callable

from sellingpartner.server.console import places
from sellingpartner.server.console.visit import Visit
from sellingpartner.server.console.window import (
    clock,
    deeds,
    deliveries,
    documents,
    faults,
    money,
    order,
    orders,
    overview,
    product,
    product_deeds,
    products,
    requests,
)
from sellingpartner.server.console.window.looking import or_again
from sellingpartner.server.gateway.http import HttpAnswer

WINDOW: tuple[tuple[str, str, Callable[[Visit], HttpAnswer]], ...] = (
    ("GET", places.MARKET, overview.show),
    ("GET", places.ORDERS, or_again(orders.show_all, orders.show_all)),
    ("GET", f"{places.ORDERS}/{{order}}", or_again(order.show, orders.show_all)),
    ("POST", f"{places.ORDERS}/{{order}}/{{deed}}", or_again(deeds.do, order.show)),
    ("GET", places.PLACE_ORDER, orders.ask_to_place),
    ("POST", places.PLACE_ORDER, or_again(orders.place, orders.ask_to_place)),
    ("GET", places.PRODUCTS, products.show_all),
    ("GET", places.PRODUCT, or_again(product.show, products.show_all)),
    ("POST", f"{places.PRODUCT}/stock", or_again(product_deeds.change_stock, product.show)),
    ("POST", f"{places.PRODUCT}/price", or_again(product_deeds.change_price, product.show)),
    ("POST", f"{places.PRODUCT}/compete", or_again(product_deeds.compete, product.show)),
    ("GET", places.DELIVERIES, deliveries.show_all),
    ("POST", places.DELIVERIES, deliveries.retry),
    ("GET", places.CLOCK, clock.show),
    ("POST", f"{places.CLOCK}/{{deed}}", or_again(clock.move, clock.show)),
    ("GET", places.FAULTS, faults.show),
    ("POST", places.FAULTS, or_again(faults.add, faults.show)),
    ("POST", f"{places.FAULTS}/profile", or_again(faults.apply_profile, faults.show)),
    ("POST", f"{places.FAULTS}/remove", faults.remove),
    ("POST", f"{places.FAULTS}/clear", faults.clear),
    ("GET", places.REQUESTS, requests.show_all),
    ("GET", f"{places.REQUESTS}/{{call}}", or_again(requests.show, requests.show_all)),
    ("GET", places.MONEY, money.show),
    ("GET", places.DOCUMENTS, documents.show_all),
    ("GET", f"{places.DOCUMENTS}/{{kind}}/{{job}}", or_again(documents.show, documents.show_all)),
)
"""Method, address and page; a seller's people and the market's operator come here."""
