"""Puts events on the event bus of an AWS account, as its partner event source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from sellingpartner.batched import batched
from sellingpartner.market.notifications.addresses import partner_event_source
from sellingpartner.market.notifications.model import Delivery, Lane
from sellingpartner.server.process.carriers.aws import Aws, on_one_line, refusals, said
from sellingpartner.server.process.carriers.outcome import ARRIVED, Fate, NotSent, Outcome

_AT_ONCE = 10


class EventBuses:
    """Takes messages to the event bus that an account has associated with its source, which has the source's name.

    Differs: Amazon puts events as a partner of AWS does (PutPartnerEvents). The market is no partner, and puts them as
    an account does (PutEvents), on the bus that has the source's name; servers that speak like AWS take that.
    """

    def __init__(self, aws: Aws) -> None:
        self._aws = aws

    def carry(self, lane: Lane, leaving: Sequence[Delivery]) -> list[Outcome]:
        """Put messages on a bus."""
        source = partner_event_source(lane.address, lane.application_id)
        outcomes: list[Outcome] = []
        for some in batched(leaving, _AT_ONCE):
            entries = [
                {
                    "Source": source,
                    "EventBusName": source,
                    "DetailType": each.notification_type,
                    "Detail": each.body,
                }
                for each in some
            ]
            try:
                outcomes += self._put(lane.region, entries)
            except NotSent as reason:
                if not outcomes:
                    raise
                outcomes += [Outcome(Fate.FAILED, str(reason))] * (len(leaving) - len(outcomes))
                break
        return outcomes

    def look(self, lane: Lane) -> None:
        """Offer an account its source, which it may then associate with a bus: as Amazon does for a destination."""
        source = partner_event_source(lane.address, lane.application_id)
        self._asking(lane.region, lambda client: _offered(client, source, lane.address))

    def _put(self, region: str, entries: list[dict[str, str]]) -> list[Outcome]:
        answer = self._asking(region, lambda client: client.put_events(Entries=entries))
        return [
            Outcome(Fate.FAILED, f"EventBridge: {each['ErrorCode']}") if each.get("ErrorCode") else ARRIVED
            for each in answer["Entries"]
        ]

    def _asking(self, region: str, ask: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - boto3 has no types
        client = self._aws.client("events", region)
        refusal, absence = refusals()
        try:
            return ask(client)
        except refusal as refused:
            self._aws.forget()
            raise NotSent(f"EventBridge did not take it: {said(refused, is_at_amazon=True)}") from None
        except (absence, ValueError) as reason:  # ValueError: an odd endpoint
            self._aws.forget()
            raise NotSent(f"EventBridge did not take it: {on_one_line(reason)}") from None


def _offered(client: Any, source: str, account: str) -> None:  # noqa: ANN401 - boto3 has no types
    with suppress(client.exceptions.ResourceAlreadyExistsException):
        client.create_partner_event_source(Name=source, Account=account)
