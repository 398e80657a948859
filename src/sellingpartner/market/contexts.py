"""Every context of the market, listed: importing this brings all tables, subscribers and due actions.

An explicit list, so that nothing depends on what happened to be imported.
"""

from __future__ import annotations

from sellingpartner.market.accounts import calls
from sellingpartner.market.accounts import tables as accounts
from sellingpartner.market.appointments import commands as appointments
from sellingpartner.market.catalog import subscribers as catalog
from sellingpartner.market.content import commands as content
from sellingpartner.market.data_kiosk import commands as data_kiosk
from sellingpartner.market.distribution import commands as distribution
from sellingpartner.market.documents import documents, uploads
from sellingpartner.market.external import commands as external
from sellingpartner.market.faults import jobs as faults
from sellingpartner.market.feedback import tables as feedback
from sellingpartner.market.feeds import commands as feeds
from sellingpartner.market.inbound import commands as inbound
from sellingpartner.market.integrations import commands as integrations
from sellingpartner.market.inventory import commands as inventory
from sellingpartner.market.invoicing import commands as invoicing
from sellingpartner.market.listings import subscribers as listings
from sellingpartner.market.messaging import tables as messaging
from sellingpartner.market.money.invoices import vat_invoices
from sellingpartner.market.money.ledger import subscribers as ledger
from sellingpartner.market.money.wallet import commands as wallets
from sellingpartner.market.notifications import commands as notifications
from sellingpartner.market.offers import subscribers as offers
from sellingpartner.market.orders import commands as orders
from sellingpartner.market.orders.fulfilling import overdue
from sellingpartner.market.outbound import commands as outbound
from sellingpartner.market.promotions import tables as promotions
from sellingpartner.market.removals import processing as removals
from sellingpartner.market.reports import commands as reports
from sellingpartner.market.reviews import commands as reviews
from sellingpartner.market.shipping import subscribers as shipping
from sellingpartner.market.simulation import buyers, competition, ratings, staff, warehouse
from sellingpartner.market.subscriptions import commands as subscriptions
from sellingpartner.market.supply import commands as supply
from sellingpartner.market.traffic import commands as traffic

CONTEXTS = (
    faults,
    accounts,
    calls,
    uploads,
    documents,
    catalog,
    inventory,
    supply,
    listings,
    content,
    offers,
    promotions,
    orders,
    overdue,
    appointments,
    feedback,
    reviews,
    integrations,
    messaging,
    subscriptions,
    shipping,
    inbound,
    external,
    outbound,
    removals,
    distribution,
    invoicing,
    ledger,
    wallets,
    vat_invoices,
    traffic,
    reports,
    data_kiosk,
    feeds,
    notifications,
    buyers,
    competition,
    ratings,
    staff,
    warehouse,
)
