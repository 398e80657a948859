"""Which carrier takes what: one for each kind of destination, or none for a market that sends nothing."""

from __future__ import annotations

from collections.abc import Sequence

from sellingpartner.market.notifications.addresses import LISTENER
from sellingpartner.market.notifications.model import Delivery, Lane
from sellingpartner.market.notifications.types import DestinationKind
from sellingpartner.server.process.carriers.aws import Aws
from sellingpartner.server.process.carriers.event_bridge import EventBuses
from sellingpartner.server.process.carriers.outcome import Carrier, Keeping, Outcome
from sellingpartner.server.process.carriers.sqs import Queues
from sellingpartner.server.process.carriers.webhooks import Webhooks

AT_AWS, NOWHERE = "aws", "none"
"""What a market's queues may be besides an endpoint's URL."""


_KEEPING = Keeping()


class Post:
    """Takes each message to its kind of destination."""

    def __init__(self, carriers: dict[DestinationKind, Carrier]) -> None:
        self._carriers = carriers

    def carry(self, lane: Lane, leaving: Sequence[Delivery]) -> list[Outcome]:
        """Send messages, in order; one outcome each. Raises `NotSent` if none of them arrived."""
        return self._carrier_of(lane).carry(lane, leaving)

    def look(self, lane: Lane) -> None:
        """See whether messages could be sent there; raises `NotSent`."""
        self._carrier_of(lane).look(lane)

    def _carrier_of(self, lane: Lane) -> Carrier:
        return _KEEPING if lane.address == LISTENER else self._carriers[lane.kind]


def keep_everything() -> Post:
    """The post of a sandbox: nothing leaves it, by whatever way."""
    return Post({kind: Keeping() for kind in DestinationKind})


def post_to(queues: str = AT_AWS, *, may_reach_own_network: bool = False) -> Post:
    """The post of a market whose queues are at AWS, at an endpoint, or nowhere."""
    webhooks = Webhooks(may_reach_own_network=may_reach_own_network)
    if queues == NOWHERE:
        return Post(
            {DestinationKind.SQS: Keeping(), DestinationKind.EVENT_BRIDGE: Keeping(), DestinationKind.WEBHOOK: webhooks}
        )
    aws = Aws(None if queues == AT_AWS else queues)
    return Post(
        {
            DestinationKind.SQS: Queues(aws),
            DestinationKind.EVENT_BRIDGE: EventBuses(aws),
            DestinationKind.WEBHOOK: webhooks,
        }
    )
