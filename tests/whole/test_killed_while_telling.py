"""A process that is killed between the commit and the message, or between the message and the word that it arrived."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from nursery import python
from post_office import ByHand

from sellingpartner.market.notifications.deliveries import AT_ONCE, CLAIMED_FOR
from sellingpartner.market.notifications.model import State
from sellingpartner.market.notifications.questions import all_deliveries
from sellingpartner.server.process.courier import Courier
from sellingpartner.testing import TestMarket
from sellingpartner.testing.mailbox import bodies
from soak import TIMES

ORDERS = 12

# Sends to a file, and is killed when it has sent so many: what it claimed beside them is nobody's then.
DYING = """
import os, signal, sys
from pathlib import Path
from sellingpartner.market.market import Market
from sellingpartner.server.process.courier import Courier
from post_office import ByHand

left = int(sys.argv[3])
came = Path(sys.argv[2])

def take(_address, body):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    with came.open("a") as file:
        file.write(body + "\\n")

Courier(Market.open(sys.argv[1]), ByHand(take)).deliver()
"""


@pytest.mark.parametrize("sent", [0, 1, 7, 11] if TIMES == 1 else range(ORDERS))
def test_nothing_that_was_written_is_lost(tmp_path: Path, sent: int) -> None:
    url, came = f"sqlite:///{tmp_path / 'market.db'}", tmp_path / "came"
    came.touch()
    market = TestMarket(url)
    market.subscribe("FBA_INVENTORY_AVAILABILITY_CHANGES")
    for _ in range(ORDERS):
        market.buys("LAMP-OAK", paid=False)

    for count in (sent, sent % AT_ONCE):  # what was claimed and sent before what it died of is not due again
        assert python(DYING, url, str(came), str(count)).wait() == -signal.SIGKILL
        market.advance(seconds=CLAIMED_FOR.total_seconds())
    last: list[str] = []
    Courier(market.market, ByHand(lambda _, body: last.append(body))).deliver()

    arrived = [*came.read_text().splitlines(), *last]
    with market.market.read() as unit:
        assert set(bodies(unit)) == set(arrived)  # some of them twice, all of them once at least
        assert {one.state for one in all_deliveries(unit)} == {State.SENT}
        assert len(all_deliveries(unit)) == ORDERS
    market.close()
