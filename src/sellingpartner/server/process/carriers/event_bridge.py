"""Puts events on the event bus of an AWS account, as its partner event source."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.market.notifications.addresses import partner_event_source
from sellingpartner.market.notifications.model import Delivery, Lane
from sellingpartner.server.process.carriers.aws import Aws, on_one_line, refusals, said
from sellingpartner.server.process.carriers.outcome import ARRIVED, Fate, NotSent, Outcome

_AT_ONCE = 10


class EventBuses:
    """Takes messages to the event bus that an account has associated with its source, which has the source's name.

    Differs: Amazon puts events as a partner of AWS (PutPartnerEvents). The market is none, and puts them as an account
    does (PutEvents), on a bus with the source's name; servers that speak like AWS take that.
    """

    def __init__(self, aws: Aws) -> None:
        self._aws = aws

    def carry(self, lane: Lane, leaving: Sequence[Delivery]) -> list[Outcome]:
        """Put messages on a bus."""
        source = partner_event_source(lane.address, lane.application_id)
        outcomes: list[Outcome] = []
        for start in range(0, len(leaving), _AT_ONCE):
            entries = [
                {
                    "Source": source,
                    "EventBusName": source,
                    "DetailType": each.notification_type,
                    "Detail": each.body,
                    "Time": each.created_at,
                }
                for each in leaving[start : start + _AT_ONCE]
            ]
            try:
                outcomes += self._put(lane.region, entries)
            except NotSent as reason:
                if not outcomes:
                    raise
                outcomes += [Outcome(Fate.FAILED, str(reason))] * (len(leaving) - start)
                break
        return outcomes

    def look(self, lane: Lane) -> None:
        """Nothing can be seen from outside: whether an account has associated the source is its own affair."""

    def _put(self, region: str, entries: list[dict[str, object]]) -> list[Outcome]:
        client = self._aws.client("events", region)
        refusal, absence = refusals()
        try:
            answer = client.put_events(Entries=entries)
        except refusal as refused:
            self._aws.forget()
            raise NotSent(f"EventBridge did not take it: {said(refused, is_at_amazon=True)}") from None
        except (absence, ValueError) as reason:
            self._aws.forget()
            raise NotSent(f"EventBridge did not take it: {on_one_line(reason)}") from None
        return [
            Outcome(Fate.FAILED, f"EventBridge: {each['ErrorCode']}") if each.get("ErrorCode") else ARRIVED
            for each in answer["Entries"]
        ]
