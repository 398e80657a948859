"""Gives a client its resources; each is imported when it is first used."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sellingpartner.client._exchange.senders import AsyncSender, SyncSender
from sellingpartner.client.resources import NAMES

if TYPE_CHECKING:
    from sellingpartner.client.resources._typed import AsyncResources, SyncResources
else:

    class _Resources:
        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any resource
            module = NAMES.get(name)
            if module is None:
                near = ", ".join(get_close_matches(name, NAMES)) or "orders, orders_v0"
                message = f"{type(self).__name__} has no {name}; it has {near} and more, see dir(client)."
                raise AttributeError(message, name=name, obj=self)
            class_name = "".join(part.capitalize() for part in module.split("_"))
            resource = getattr(import_module(f"sellingpartner.client.resources.{module}"), class_name)(self)
            self.__dict__[name] = resource
            return resource

        def __dir__(self) -> list[str]:
            return [*super().__dir__(), *NAMES]

    class SyncResources(_Resources, SyncSender):
        """What type checkers know from `resources._typed`."""

    class AsyncResources(_Resources, AsyncSender):
        """What type checkers know from `resources._typed`."""


__all__ = ["AsyncResources", "SyncResources"]
