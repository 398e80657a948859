"""Which notification types there are to subscribe to: data, from `types.toml`."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec


class DestinationKind(StrEnum):
    """What takes notifications in, in the words of Amazon's refusals."""

    SQS = "AWS_SQS"
    EVENT_BRIDGE = "AWS_EVENT_BRIDGE"
    WEBHOOK = "WEBHOOK"


class Workflow(StrEnum):
    """By which of Amazon's two ways a type is delivered."""

    SQS = "SQS"
    EVENT_BRIDGE = "EVENT_BRIDGE"


class Subscribable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A notification type that applications subscribe to."""

    workflow: Workflow
    versions: tuple[str, ...]
    """Of its payload, the latest last."""
    filters: tuple[str, ...] = ()
    """What an event filter of the type's own may say; no event filter, if nothing."""
    needs_filter: bool = False
    """Whether a subscription must have an event filter, be it one that lets everything through."""
    takes_expression: bool = False
    """Whether a filter expression may stand in the place of an event filter."""
    sent_when: str = ""
    """What has it sent in this market; empty if nothing does."""
    never_because: str = ""
    """Why nothing does."""

    def takes(self, kind: DestinationKind) -> bool:
        """Whether it may be sent there.

        Differs: a webhook, which Amazon does not have, takes every type.
        """
        return kind is DestinationKind.WEBHOOK or DestinationKind[self.workflow.name] is kind


@cache
def subscribable_types() -> dict[str, Subscribable]:
    """Every type by its name."""
    # Differs: LISTINGS_ITEM_ISSUES_CHANGE 1.0, which Amazon ended in August 2026, may still be subscribed to.
    # Assumed: SHIPMENT_TRACKING_MILESTONE_CHANGED goes to SQS, and the types whose schema Amazon has not published
    # (BOPIS_CHECKIN_DETAILS, SHIPPING_CHARGE_NOTIFICATION) have the payload version 1.0.
    text = Path(__file__).with_name("types.toml").read_bytes()
    return msgspec.toml.decode(text, type=dict[str, Subscribable])
