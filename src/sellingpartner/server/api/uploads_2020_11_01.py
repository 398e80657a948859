"""Uploads, 2020-11-01: a destination for a file that another operation then refers to."""

from __future__ import annotations

from sellingpartner.contract import uploads_2020_11_01 as api
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.accounts.questions import participations_of
from sellingpartner.market.documents.uploads import create_upload
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.gateway.links import LinkFor, signed
from sellingpartner.server.uploads import PREFIX
from sellingpartner.storage.unit import UnitOfWork


@handles(api.CreateUploadDestinationForResource)
def create_upload_destination_for_resource(
    unit: UnitOfWork, request: api.CreateUploadDestinationForResource, caller: Caller, origin: Origin
) -> api.CreateUploadDestinationResponse:
    """A link that takes one file by PUT, with the headers that are to be sent along."""
    if len(request.marketplace_ids) != 1:
        message = "marketplaceIds must be one marketplace."
        raise InvalidInput(message)
    (marketplace_id,) = request.marketplace_ids
    participations_of(unit, caller.seller_id, including=[marketplace_id])
    upload = create_upload(unit, request.resource, marketplace_id, request.content_md5, request.content_type)
    path = f"{PREFIX}{upload.upload_destination_id}"
    holder = LinkFor(caller.seller_id, caller.grant_id)
    headers = {"Content-MD5": upload.content_md5}
    if upload.content_type is not None:
        headers["Content-Type"] = upload.content_type
    return api.CreateUploadDestinationResponse(
        payload=api.UploadDestination(
            upload_destination_id=upload.upload_destination_id,
            url=origin + signed(unit, path, {"of": caller.seller_id}, holder=holder, until=upload.expires_at),
            headers=headers,
        )
    )
