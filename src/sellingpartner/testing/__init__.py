"""For tests: a whole market in one process, on a frozen clock, and typed callers of it."""

from sellingpartner.testing.caller import Caller, Reply
from sellingpartner.testing.sockets import on_a_socket
from sellingpartner.testing.world import TestMarket

__all__ = ["Caller", "Reply", "TestMarket", "on_a_socket"]
