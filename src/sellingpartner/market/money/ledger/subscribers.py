"""What the ledger does when something happens elsewhere, or later: importing this brings its tables and all of it."""

from __future__ import annotations

from sellingpartner.market.money.ledger import (
    bases,
    cases,
    closing,
    debts,
    distributing,
    holding,
    inbound_charges,
    labels,
    liquidating,
    lost_parcels,
    multi_channel,
    paying_out,
    refunds,
    reimbursing,
    removing,
    returned_units,
    sales,
    services,
    tables,
)

LISTENING = (
    tables,
    bases,
    cases,
    sales,
    refunds,
    reimbursing,
    labels,
    lost_parcels,
    inbound_charges,
    multi_channel,
    removing,
    liquidating,
    returned_units,
    services,
    distributing,
    holding,
    closing,
    debts,
    paying_out,
)
