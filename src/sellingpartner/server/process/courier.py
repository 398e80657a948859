"""The threads that carry what the market has to say to where applications want to hear it.

One thread looks for lanes along which something is due, and has each worked by a thread of its own; so a destination
that hangs holds up nobody but itself. How many work at once is bounded, but one that has not come back for some seconds
is not counted any more: it waits for its destination, and others need not. What is claimed is at most ten messages a
lane, so however much waits, memory stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from threading import Lock, Thread
from time import monotonic

import structlog
from msgspec import structs

from sellingpartner.market.market import Market
from sellingpartner.market.notifications import commands, questions
from sellingpartner.market.notifications.model import Delivery, Lane
from sellingpartner.server.loop import Loop
from sellingpartner.server.process.carriers.outcome import Carrier, Fate, NotSent, Outcome
from sellingpartner.server.process.carriers.post import post_to
from sellingpartner.storage.anew import anew

log = structlog.get_logger(__name__)

_PAUSE_SECONDS = 0.5
"""How late a message leaves at most, if the destinations keep up."""
_AT_WORK = 8
_AT_WORK_OR_HANGING = 64
_HANGS_AFTER_SECONDS = 20.0
_BATCHES_AT_ONCE = 100
"""How much of a lane is worked until others have their turn."""
_LAST_WORDS_SECONDS = 12.0
"""How long what is being sent may take when the market is to end."""


class Courier:
    """Sends what is due, for as long as a market is served; never inside a transaction."""

    def __init__(self, market: Market, carrier: Carrier | None = None) -> None:
        self._market = market
        self._carrier = post_to() if carrier is None else carrier
        self._working: dict[str, tuple[Thread, float]] = {}
        self._changing = Lock()
        self.loop = Loop("courier", self._turn, retry_seconds=_PAUSE_SECONDS)

    def start(self) -> None:
        """Begin."""
        self.loop.start()

    def stop(self) -> None:
        """End, after the messages that are being sent."""
        self.loop.stop()
        ends_at = monotonic() + _LAST_WORDS_SECONDS
        for thread, _ in list(self._working.values()):
            thread.join(max(0.0, ends_at - monotonic()))

    def deliver(self) -> int:
        """Send what is due at this moment, in this thread; returns how many messages arrived."""
        arrived = 0
        while not self.loop.is_stopped and (found := self._lanes_with_work()):
            arrived += sum(self._work(lane) for lane in found)
        return arrived

    def _turn(self) -> float:
        for lane in self._lanes_with_work():
            if not self._set_to_work(lane):
                break
        return _PAUSE_SECONDS

    def _set_to_work(self, lane: Lane) -> bool:
        """Have a lane worked by a thread of its own, unless it is; returns whether there is room for more."""
        with self._changing:
            if lane.lane in self._working:
                return True
            now = monotonic()
            busy = sum(now - since < _HANGS_AFTER_SECONDS for _, since in self._working.values())
            if busy >= _AT_WORK or len(self._working) >= _AT_WORK_OR_HANGING:
                return False
            thread = Thread(target=self._work_apart, args=(lane,), name=f"courier {lane.lane}", daemon=True)
            self._working[lane.lane] = (thread, now)
        thread.start()
        return True

    def _work_apart(self, lane: Lane) -> None:
        try:
            self._work(lane)
        except Exception as reason:  # noqa: BLE001 - such as a database that is gone; the next turn tries again
            log.warning("a lane could not be worked; it is tried again", lane=lane.lane, reason=type(reason).__name__)
        finally:
            with self._changing:
                self._working.pop(lane.lane, None)

    def _lanes_with_work(self) -> list[Lane]:
        with self._market.read() as unit:
            return questions.lanes_with_work(unit)

    def _work(self, lane: Lane) -> int:
        """Send what is due on a lane until nothing is left, or it fails; returns how many messages arrived."""
        if lane.checked_at is None:
            self._look(lane)
        arrived = 0
        for _ in range(_BATCHES_AT_ONCE):
            if self.loop.is_stopped:
                break
            claimed, leaving = anew(partial(self._claim, lane))
            if not claimed:
                break
            fates = self._carry(lane, leaving) if leaving else {}
            met = [one for one in claimed if one.delivery_id in fates]
            came = anew(partial(self._note, lane, met, fates))
            arrived += came
            if came:
                lane = structs.replace(lane, failures=0)
            if any(one.fate is Fate.FAILED for one in fates.values()):
                break
        anew(partial(self._forget_old, lane))
        return arrived

    def _claim(self, lane: Lane) -> tuple[Sequence[Delivery], Sequence[Delivery]]:
        with self._market.write() as unit:
            claimed = commands.claim(unit, lane.lane)
            return claimed, commands.as_they_leave(unit, claimed)

    def _forget_old(self, lane: Lane) -> None:
        with self._market.write() as unit:
            commands.forget_old(unit, lane.lane)

    def _look(self, lane: Lane) -> None:
        fault = ""
        try:
            self._carrier.look(lane)
        except NotSent as reason:
            fault = str(reason)
            log.warning("a destination does not take notifications", lane=lane.lane, reason=fault)
        except Exception as defect:
            log.exception("a destination could not be looked at by a defect", lane=lane.lane)
            fault = _defective(defect)
        anew(partial(self._note_look, lane, fault))

    def _note_look(self, lane: Lane, fault: str) -> None:
        with self._market.write() as unit:
            commands.lane_checked(unit, lane.lane, fault)

    def _carry(self, lane: Lane, leaving: Sequence[Delivery]) -> dict[int, Outcome]:
        """Send messages; returns what became of each, by its id."""
        try:
            outcomes = self._carrier.carry(lane, leaving)
        except NotSent as reason:
            outcomes = [Outcome(Fate.FAILED, str(reason))] * len(leaving)
        except Exception as defect:  # what cannot be sent by a defect must not hold up others
            log.exception("notifications could not be sent by a defect", lane=lane.lane)
            outcomes = [Outcome(Fate.FAILED, _defective(defect))] * len(leaving)
        fates: dict[int, Outcome] = {}
        for delivery, outcome in zip(leaving, outcomes, strict=True):
            if fates.get(delivery.delivery_id, outcome).fate is not Fate.ARRIVED:  # of one sent twice, one is enough
                fates[delivery.delivery_id] = outcome
            fates.setdefault(delivery.delivery_id, outcome)
        return fates

    def _note(self, lane: Lane, claimed: Sequence[Delivery], fates: dict[int, Outcome]) -> int:
        """Write down what became of messages; returns how many arrived."""
        by_fate: dict[Fate, list[Delivery]] = {}
        for delivery in claimed:
            by_fate.setdefault(fates[delivery.delivery_id].fate, []).append(delivery)
        arrived, failed = by_fate.get(Fate.ARRIVED, []), by_fate.get(Fate.FAILED, [])
        with self._market.write() as unit:
            if arrived:
                commands.sent(unit, arrived)
                commands.lane_arrived(unit, lane.lane)
                lane = structs.replace(lane, failures=0)
            if kept := by_fate.get(Fate.KEPT):
                commands.kept(unit, kept)
            commands.put_back(unit, by_fate.get(Fate.UNTRIED, []))
            for delivery in by_fate.get(Fate.REFUSED, []):
                commands.give_up(unit, [delivery], fates[delivery.delivery_id].reason)
            if failed:
                reason = fates[failed[0].delivery_id].reason
                log.warning("notifications wait", lane=lane.lane, count=len(failed), reason=reason)
                pause = commands.lane_failed(unit, lane, reason)
                for delivery in failed:
                    commands.put_off(unit, delivery, fates[delivery.delivery_id].reason, pause)
        return len(arrived)


def _defective(defect: Exception) -> str:
    return f"The market failed on it: {type(defect).__name__}; its log has the reason."
