"""How sellers let an application in: `pip install 'sellingpartner[authorization]'`.

`AuthorizationFlow` and `AsyncAuthorizationFlow` do it step by step, `authorization.wsgi` and `authorization.asgi` are
ready-made endpoints. What sellers gave is kept in a `GrantStore` (`sellingpartner.client.vault`).
"""

from __future__ import annotations

from sellingpartner.client.authorization._returning import Authorization
from sellingpartner.client.authorization._settings import FlowFields
from sellingpartner.client.authorization._state import new_session
from sellingpartner.client.authorization.flow import AsyncAuthorizationFlow, AuthorizationFlow
from sellingpartner.client.authorization.scopes import OperationUnclear, minimal_roles, minimal_scopes

__all__ = [
    "AsyncAuthorizationFlow",
    "Authorization",
    "AuthorizationFlow",
    "FlowFields",
    "OperationUnclear",
    "minimal_roles",
    "minimal_scopes",
    "new_session",
]
