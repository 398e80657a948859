"""What is done before a market is served is done in a process of its own, which is gone when the worker is forked.

The store of documents (obstore) runs threads, and threads do not cross a fork: a worker whose parent had kept a
document would wait for them for ever, at the first document that it touches.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from threading import Thread
from typing import TypeVar, cast

from sellingpartner.server.process.parent import end_with_parent
from sellingpartner.server.process.settings import CannotServe

Made = TypeVar("Made")


def _nothing() -> None:
    """Wait for it, and do nothing else."""


def apart(work: Callable[[], Made], *, meanwhile: Callable[[], object] = _nothing) -> Made:
    """Carry out a work in another process, and return what it returns; raises `CannotServe` as it does.

    What may be done meanwhile is done here: it must begin no thread, as this process is forked.
    """
    hears, tells = Pipe(duplex=False)
    process = Process(target=_carry_out, args=(work, tells), name="preparing")
    process.start()
    tells.close()
    try:
        meanwhile()
        made, refusal = hears.recv()
    except EOFError:
        process.join()
        message = f"The process that prepares the market ended by itself (exit code {process.exitcode})."
        raise CannotServe(message) from None
    except BaseException:  # as Ctrl-C, of which the other process is told by us alone
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGINT)
        raise
    finally:
        process.join()
        hears.close()
    if refusal is not None:
        raise CannotServe(refusal)
    return cast("Made", made)


def _carry_out(work: Callable[[], Made], tells: Connection) -> None:
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # so that Ctrl-C reaches the parent alone
    Thread(target=end_with_parent, name="parent watch", daemon=True).start()
    try:
        tells.send((work(), None))
    except CannotServe as reason:
        tells.send((None, str(reason)))
    except KeyboardInterrupt:  # the parent says so
        pass
