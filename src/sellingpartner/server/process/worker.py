"""The worker process: it opens the market (a connection must not cross a fork), answers, and ends with its parent."""

from __future__ import annotations

import gc
import os
import signal
import sys
from threading import Thread, main_thread

from sellingpartner.server import logging
from sellingpartner.server.process.announcement import announce
from sellingpartner.server.process.chaos import set_faults
from sellingpartner.server.process.credentials import Credentials
from sellingpartner.server.process.node import Node
from sellingpartner.server.process.opening import open_market
from sellingpartner.server.process.parent import end_with_parent
from sellingpartner.server.process.preparing import prepare
from sellingpartner.server.process.reception import Reception
from sellingpartner.server.process.settings import CannotServe, Settings


def load(settings: Settings, credentials: Credentials | None) -> Reception:
    """The application of the worker that granian has just started.

    Without credentials the market is still to be prepared: one in memory was not there for the parent.
    """
    _take_signals()
    Thread(target=end_with_parent, name="parent watch", daemon=True).start()
    logging.configure(settings.log_level)
    try:
        market = open_market(settings)
        credentials = credentials or prepare(market, settings)
        set_faults(market, settings)
        node = Node(market, settings)
        node.start()
    except CannotServe as reason:
        sys.exit(f"spapi serve: {reason}")
    Thread(target=_stop_at_the_end, args=(node,), name="end").start()
    gc.freeze()  # what is there by now stays: a search for garbage among it would take a tenth of a second, each time
    announce(market, settings, credentials)
    return Reception(node.server, seats=settings.threads, patience_seconds=settings.patience_seconds)


def _take_signals() -> None:
    """Until granian sets its own handlers a signal ends the process: nothing can be lost, and nobody waits in vain."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the parent hears it too, and ends the worker in order
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # so that Ctrl-C reaches the parent alone, which then ends the worker in order


def _stop_at_the_end(node: Node) -> None:
    """Granian says when its loop ends, not when all is done; a thread may outlive the main one to tidy up."""
    main_thread().join()
    node.stop()
    logging.outlet_to(sys.stderr).finish()
