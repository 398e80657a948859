"""Uploads: a file is laid down by a link, and goes to the buyer with a message."""

from __future__ import annotations

from base64 import b64encode
from hashlib import md5
from urllib.parse import urlsplit

from sellingpartner import SellingPartner
from sellingpartner.contract.messaging_v1 import Attachment
from sellingpartner.market.events.messaging import MessageSent
from sellingpartner.testing import TestMarket

MANUAL = b"%PDF-1.7 how to water it"


def test_a_file_goes_to_the_buyer_with_a_message(market: TestMarket, client: SellingPartner) -> None:
    order_id, here = market.buys(), [market.marketplace_id]
    resource = f"messaging/v1/orders/{order_id}/messages/legalDisclosure"

    digest = b64encode(md5(MANUAL, usedforsecurity=False).digest()).decode()
    place = client.uploads.create_upload_destination_for_resource(
        resource=resource, marketplace_ids=here, content_md5=digest, content_type="application/pdf"
    ).payload
    link = urlsplit(place.url or "")
    headers = {name: str(value) for name, value in (place.headers or {}).items()}
    assert market.anybody().call("PUT", f"{link.path}?{link.query}", headers=headers, body=MANUAL).status == 200
    client.messaging.create_legal_disclosure(
        amazon_order_id=order_id,
        marketplace_ids=here,
        attachments=[Attachment(upload_destination_id=place.upload_destination_id or "", file_name="manual.pdf")],
    )

    [sent] = market.facts(MessageSent)
    assert sent.order_id == order_id
