"""What shipping does when something happens elsewhere, or later: importing this brings its tables and all of it."""

from __future__ import annotations

from sellingpartner.market.shipping import tables, tracking, voiding

LISTENING = (tables, tracking, voiding)
