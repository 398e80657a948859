"""The market's control API, v1: who writes a seller's tax invoices in Brazil."""

from __future__ import annotations

from sellingpartner.contract.message import Message, OpenEnum
from sellingpartner.contract.operation import Request, get, put
from sellingpartner.contract.scopes import NONE

_READS = (200, 400, 403, 404, 500, 503)
_COMMANDS = (200, 400, 403, 404, 415, 500, 503)


class InvoiceBiller(OpenEnum):
    """Who writes invoices."""

    AMAZON = "AMAZON"
    SELLER = "SELLER"


class Invoicing(Message, rename="camel"):
    """Who writes a seller's invoices of what Amazon ships in Brazil."""

    seller_id: str
    biller: InvoiceBiller


class GetInvoicing(Request[Invoicing], rename="camel"):
    """See who writes a seller's invoices."""

    operation = get("/market/v1/invoicing", "getInvoicing", statuses=_READS, scope=NONE)

    seller_id: str | None = None
    """The market's first seller unless said."""


class SetInvoicingSpecification(Message, rename="camel", forbid_unknown_fields=True):
    """Who is to write them."""

    biller: InvoiceBiller
    seller_id: str | None = None


class SetInvoicing(Request[Invoicing], rename="camel"):
    """Say who writes a seller's invoices from now on; orders that are paid already stay as they are."""

    operation = put(
        "/market/v1/invoicing", "setInvoicing", statuses=_COMMANDS, body=SetInvoicingSpecification, scope=NONE
    )

    biller: InvoiceBiller
    seller_id: str | None = None
