"""Who a command calls for: options that make a `SellingPartner`, which speaks to Amazon or to a market alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Annotated, Literal

import httpx2
from cyclopts import Parameter

from sellingpartner.cli.asked.completing import region_words
from sellingpartner.cli.parameters import FLAG, SEVERAL
from sellingpartner.cli.reach import transport
from sellingpartner.cli.reach.as_sent import AsSent
from sellingpartner.cli.shown.writing import print_aside
from sellingpartner.cli.words.marketplace_names import Marketplace
from sellingpartner.client import Loaded, SellingPartner, load_credentials
from sellingpartner.client.events import Answered, ClientEvent, Waiting
from sellingpartner.client.options import PERSONAL_DATA

_WORTH_TELLING_SECONDS = 1.0
_WHY = {"throttle": "for its turn under the usage plan", "retry": "before it tries again", "token": "for a token"}

_SHOWN_ELSEWHERE = "processing"
"""That Amazon works on a report or a feed, a bar shows."""

PersonalData = Literal["buyerInfo", "shippingAddress", "buyerTaxInformation", "all"]


@Parameter(name="*", group="Caller")
@dataclass(frozen=True)
class Caller:
    """Whose credentials are used, and where; what is not said is looked for (`spapi auth show` says what is found)."""

    account: str | None = None
    "Which of several sellers: `SP_API_REFRESH_TOKEN_<ACCOUNT>` and the like."
    credentials: Path | None = None
    "A file of credentials, looked into before any other place."
    region: Annotated[str | None, Parameter(completer=region_words)] = None
    "NA, EU or FE."
    marketplace: Marketplace = None
    "A country (US, de) or a marketplace's id; operations that need one get it."
    base_url: str | None = None
    "Another address than Amazon's, such as a market's."
    sandbox: Annotated[bool, FLAG] = False
    "Call the sandbox: Amazon's, or the one beside a market."
    personal_data: Annotated[tuple[PersonalData, ...], SEVERAL] = ()
    "Personal data to ask for where the operation has it; repeat it for more."
    deadline: float | None = None
    "Seconds that a call may take, waits included; as long as it takes unless said."

    def load(self) -> Loaded:
        """The credentials and where each value was found; raises `NotConfigured` that says what is missing."""
        return load_credentials(
            account=self.account,
            file=self.credentials,
            region=self.region,
            marketplace=self.marketplace,
            base_url=self.base_url,
            sandbox=self.sandbox or None,
        )

    @contextmanager
    def client(self, as_sent: AsSent | None = None) -> Iterator[SellingPartner]:
        """A client until the block ends; it says on stderr when it waits. `as_sent` hears each answer."""
        credentials = self.load().credentials
        way = transport.chosen.get()
        hooks = {"response": [as_sent.hook]} if as_sent else None
        with httpx2.Client(transport=way, trust_env=way is None, event_hooks=hooks) as http:
            yield SellingPartner(
                credentials,
                http=http,
                hooks=(Waits(),),
                user_agent="spapi",
                deadline=self.deadline,
                personal_data=PERSONAL_DATA if "all" in self.personal_data else self.personal_data,
            )


def _is_long(event: Waiting) -> bool:
    return event.seconds >= _WORTH_TELLING_SECONDS


class Waits:
    """Says on stderr that a call waits and how long, once for each wait that lasts."""

    def __init__(self) -> None:
        self._told = ""

    def __call__(self, event: ClientEvent) -> None:
        """Hear what the client does."""
        if isinstance(event, Answered):
            self._told = ""
        elif isinstance(event, Waiting) and event.reason not in {self._told, _SHOWN_ELSEWHERE} and _is_long(event):
            self._told = event.reason
            why = _WHY.get(event.reason, f"({event.reason})")
            print_aside(f"{event.operation} waits {ceil(event.seconds)} s {why} ...")
