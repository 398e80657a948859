"""What the ledger does when something happens elsewhere, or later: importing this brings its tables and all of it."""

from __future__ import annotations

from sellingpartner.market.money.ledger import (
    bases,
    cases,
    closing,
    debts,
    distributing,
    holding,
    labels,
    multi_channel,
    paying_out,
    refunds,
    reimbursing,
    removing,
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
    removing,
    labels,
    multi_channel,
    services,
    distributing,
    holding,
    closing,
    debts,
    paying_out,
)
