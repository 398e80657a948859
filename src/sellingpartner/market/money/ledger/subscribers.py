"""What the ledger does when something happens elsewhere, or later: importing this brings its tables and all of it."""

from __future__ import annotations

from sellingpartner.market.money.ledger import tables
from sellingpartner.market.money.ledger.balances import closing, debts, holding, paying_out
from sellingpartner.market.money.ledger.reimbursing import cases
from sellingpartner.market.money.ledger.reimbursing import units as reimbursing
from sellingpartner.market.money.ledger.selling import bases, lost_parcels, refunds, sales
from sellingpartner.market.money.ledger.services import charges as services
from sellingpartner.market.money.ledger.services import (
    distributing,
    inbound_charges,
    labels,
    liquidating,
    multi_channel,
    removing,
    returned_units,
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
