"""Sends to SQS queues, ten messages at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from sellingpartner.batched import batched
from sellingpartner.contract.errors import InvalidInput
from sellingpartner.market.notifications.addresses import QueueAddress, queue_address
from sellingpartner.market.notifications.model import Delivery, Lane
from sellingpartner.server.process.carriers.aws import Aws, on_one_line, refusals, said
from sellingpartner.server.process.carriers.outcome import ARRIVED, Fate, NotSent, Outcome

_AT_ONCE = 10


class Queues:
    """Takes messages to queues. One that is not at AWS is reached where its URL says."""

    def __init__(self, aws: Aws | None = None) -> None:
        self._aws = Aws() if aws is None else aws
        self._urls: dict[str, str] = {}

    def carry(self, lane: Lane, leaving: Sequence[Delivery]) -> list[Outcome]:
        """Put messages into a queue."""
        return self.send(lane.address, [each.body for each in leaving])

    def look(self, lane: Lane) -> None:
        """See whether a queue is there and lets the market in, as Amazon asks of a queue's policy."""
        self._asking(
            lane.address, lambda client, url: client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        )

    def send(self, address: str, bodies: Sequence[str]) -> list[Outcome]:
        """Put texts into a queue; raises `NotSent` if none was taken."""
        outcomes: list[Outcome] = []
        for some in batched(bodies, _AT_ONCE):
            try:
                outcomes += self._send_some(address, some)
            except NotSent as reason:
                if not outcomes:
                    raise
                outcomes += [Outcome(Fate.FAILED, str(reason))] * (len(bodies) - len(outcomes))
                break
        return outcomes

    def _send_some(self, address: str, bodies: Sequence[str]) -> list[Outcome]:
        entries = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)]
        answer = self._asking(address, lambda client, url: client.send_message_batch(QueueUrl=url, Entries=entries))
        refused = {
            int(each["Id"]): Outcome(Fate.REFUSED if each.get("SenderFault") else Fate.FAILED, f"SQS: {each['Code']}")
            for each in answer.get("Failed", [])
        }
        return [refused.get(number, ARRIVED) for number in range(len(bodies))]

    def _asking(self, address: str, ask: Callable[[Any, str], Any]) -> Any:  # noqa: ANN401 - boto3 has no types
        try:
            queue = queue_address(address)
        except InvalidInput as reason:
            raise NotSent(reason.message) from None
        client = self._client(queue)
        refusal, absence = refusals()
        try:
            return ask(client, self._url_of(client, queue, address))
        except refusal as refused:
            self._forget(address)
            raise NotSent(f"SQS did not take it: {said(refused, is_at_amazon=queue.region is not None)}") from None
        except (absence, ValueError) as reason:  # ValueError: an odd endpoint
            self._forget(address)
            raise NotSent(f"SQS did not take it: {on_one_line(reason)}") from None

    def _client(self, queue: QueueAddress) -> Any:  # noqa: ANN401 - boto3 has no types
        endpoint = None
        if queue.url is not None and queue.region is None:
            parts = urlsplit(queue.url)
            endpoint = f"{parts.scheme}://{parts.netloc}"
        return self._aws.client("sqs", queue.region, endpoint)

    def _url_of(self, client: Any, queue: QueueAddress, address: str) -> str:  # noqa: ANN401 - boto3 has no types
        if queue.url is not None:
            return queue.url
        if address not in self._urls:
            found = client.get_queue_url(QueueName=queue.name, QueueOwnerAWSAccountId=queue.account)
            self._urls[address] = found["QueueUrl"]
        return self._urls[address]

    def _forget(self, address: str) -> None:
        """What was known may have changed: another queue of that name, other credentials."""
        self._urls.pop(address, None)
        self._aws.forget()
