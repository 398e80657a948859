"""Sends to SQS: the one place of the server that knows boto3, which only a market with queues must have.

Credentials, regions and AWS_ENDPOINT_URL are boto3's own affair. A queue that is not at AWS is reached where its URL
says.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.notifications.addresses import QueueAddress, queue_address
from sellingpartner.server.logging import without_secrets

_ANY_REGION = "us-east-1"
"""Requests have to be signed for one, where the queue is at home in none."""
_CONNECT_SECONDS = 3
_READ_SECONDS = 5
_CODE = re.compile(r"[A-Za-z0-9.]{1,60}")


class NotSent(Exception):
    """A message could not be sent; the text says why and, if it lies with the market, what to do."""


class Queues:
    """Sends messages; a client is kept for each place. For one thread."""

    def __init__(self) -> None:
        self._clients: dict[tuple[str | None, str | None], Any] = {}

    def send(self, address: str, body: str) -> None:
        """Put a message into a queue; raises `NotSent`."""
        try:
            boto3, botocore = import_module("boto3"), import_module("botocore.exceptions")
        except ImportError:
            raise NotSent("To send to a queue takes boto3: pip install 'sellingpartner[aws]'") from None
        try:
            queue = queue_address(address)
            client = self._client(boto3, queue)
            client.send_message(QueueUrl=queue.url or _url_of(client, queue), MessageBody=body)
        except InvalidInput as reason:
            raise NotSent(reason.message) from None
        except botocore.ClientError as refused:
            self._clients.clear()
            raise NotSent(f"SQS did not take it: {_said(refused, queue)}") from None
        except (botocore.BotoCoreError, ValueError) as reason:  # ValueError: an odd endpoint
            self._clients.clear()  # credentials that were not there, or were others, are looked for anew
            raise NotSent(f"SQS did not take it: {_on_one_line(reason)}") from None

    def _client(self, boto3: Any, queue: QueueAddress) -> Any:  # noqa: ANN401 - boto3 has no types
        endpoint = None
        if queue.url is not None and queue.region is None:
            parts = urlsplit(queue.url)
            endpoint = f"{parts.scheme}://{parts.netloc}"
        place = (queue.region, endpoint)
        if place not in self._clients:
            session = boto3.session.Session()
            config = import_module("botocore.config").Config(
                connect_timeout=_CONNECT_SECONDS,
                read_timeout=_READ_SECONDS,
                retries={"total_max_attempts": 1},  # the courier has its own patience
            )
            region = queue.region or session.region_name or _ANY_REGION
            self._clients[place] = session.client("sqs", config=config, region_name=region, endpoint_url=endpoint)
        return self._clients[place]


def _said(refused: Any, queue: QueueAddress) -> str:  # noqa: ANN401 - boto3 has no types
    """Why a queue did not take it.

    The developer reads this, and wrote the address: what a server that is not Amazon's answers stays here, or the
    market could be had to read what it alone can reach.
    """
    if queue.region is not None:
        return _on_one_line(refused)
    code = str(refused.response.get("Error", {}).get("Code", ""))
    status = refused.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    return f"{code} ({status})" if _CODE.fullmatch(code) else f"it answered {status}"


def _on_one_line(reason: Exception) -> str:
    return without_secrets(" ".join(str(reason).split()))


def _url_of(client: Any, queue: QueueAddress) -> str:  # noqa: ANN401 - boto3 has no types
    found: str = client.get_queue_url(QueueName=queue.name, QueueOwnerAWSAccountId=queue.account)["QueueUrl"]
    return found
