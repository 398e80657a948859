"""What shipping does when something happens elsewhere, or later: importing this brings its tables and all of it."""

from __future__ import annotations

from sellingpartner.market.shipping import tables
from sellingpartner.market.shipping.buying import voiding, weighing
from sellingpartner.market.shipping.claiming import claiming
from sellingpartner.market.shipping.collecting import tables as collecting
from sellingpartner.market.shipping.easy_ship import following
from sellingpartner.market.shipping.easy_ship import store as easy_ship
from sellingpartner.market.shipping.own_accounts import tables as own_accounts
from sellingpartner.market.shipping.parcels import tracking

LISTENING = (tables, tracking, voiding, weighing, easy_ship, following, own_accounts, collecting, claiming)
