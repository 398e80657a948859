"""Links to labels and bills of lading."""

from __future__ import annotations

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.contract.fulfillment_inbound_v0 import (
    BillOfLadingDownloadURL,
    GetBillOfLading,
    GetBillOfLadingResponse,
    GetLabels,
    GetLabelsResponse,
    LabelDownloadURL,
)
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.inbound.papers import lading, printing
from sellingpartner.market.inbound.papers.printing import Wanted
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.inbound_documents import link_to
from sellingpartner.storage.unit import UnitOfWork


@handles(GetLabels, reads=False)
def get_labels(unit: UnitOfWork, request: GetLabels, caller: Caller, origin: Origin) -> GetLabelsResponse:
    """A link to labels of boxes or pallets."""
    if request.page_start_index is not None and request.page_start_index < 0:
        raise InvalidInput(f"PageStartIndex must be 0 or more; it is {request.page_start_index}.")
    wanted = Wanted(
        confirmation_id=request.shipment_id,
        size=request.page_type.value,
        kind=request.label_type.value,
        box_ids=None if request.package_labels_to_print is None else tuple(request.package_labels_to_print),
        boxes=request.number_of_packages,
        pallets=request.number_of_pallets,
        page_size=request.page_size,
        first=request.page_start_index or 0,
    )
    kept = printing.order_labels(unit, wanted)
    link = origin + link_to(unit, kept, grant_id=caller.grant_id)
    return GetLabelsResponse(payload=LabelDownloadURL(download_url=link))


@handles(GetBillOfLading, reads=False)
def get_bill_of_lading(
    unit: UnitOfWork, request: GetBillOfLading, caller: Caller, origin: Origin
) -> GetBillOfLadingResponse:
    """A link to the bill of lading of what Amazon's partner carries on pallets."""
    kept = lading.order_lading(unit, request.shipment_id)
    link = origin + link_to(unit, kept, grant_id=caller.grant_id)
    return GetBillOfLadingResponse(payload=BillOfLadingDownloadURL(download_url=link))
