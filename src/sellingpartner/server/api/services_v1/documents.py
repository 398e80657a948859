"""Where documents of appointments are uploaded to, and what they are encrypted with."""

from __future__ import annotations

from sellingpartner.contract import services_v1 as v1
from sellingpartner.market.accounts.model import Caller
from sellingpartner.market.appointments import commands
from sellingpartner.market.appointments.proofs import in_base64
from sellingpartner.market.appointments.refusals import InvalidParameters
from sellingpartner.server.gateway.handlers import Origin, handles
from sellingpartner.server.gateway.links import LinkFor, signed
from sellingpartner.server.uploads import PREFIX
from sellingpartner.storage.unit import UnitOfWork


@handles(v1.CreateServiceDocumentUploadDestination)
def create_service_document_upload_destination(
    unit: UnitOfWork, request: v1.CreateServiceDocumentUploadDestination, caller: Caller, origin: Origin
) -> v1.CreateServiceDocumentUploadDestinationModel:
    """A link that takes one file by PUT: one that was encrypted as the answer says."""
    length = int(request.content_length)
    if length != request.content_length:
        why = f"contentLength is {request.content_length}; it must be a whole number of bytes."
        raise InvalidParameters("contentLength", is_missing=True, why=why)
    made = commands.create_destination(unit, request.content_type.value, length, request.content_md5)
    upload = made.upload
    path = f"{PREFIX}{upload.upload_destination_id}"
    holder = LinkFor(caller.seller_id, caller.grant_id)
    return v1.CreateServiceDocumentUploadDestinationModel(
        payload=v1.ServiceDocumentUploadDestination(
            upload_destination_id=upload.upload_destination_id,
            url=origin + signed(unit, path, {"of": caller.seller_id}, holder=holder, until=upload.expires_at),
            encryption_details=v1.EncryptionDetails(
                standard=v1.Standard.AES,
                initialization_vector=in_base64(made.initialization_vector),
                key=in_base64(made.key),
            ),
        )
    )
