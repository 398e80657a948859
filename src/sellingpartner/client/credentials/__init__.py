"""Who calls, for whom, and where: credentials, the places they are found in, and the addresses they lead to.

For everybody are the names below and those of `endpoints.py`; the other modules are the client's own.
"""

from __future__ import annotations

from sellingpartner.client.credentials.credentials import (
    CredentialFields,
    Credentials,
    Loaded,
    load_credentials,
    masked,
)

__all__ = ["CredentialFields", "Credentials", "Loaded", "load_credentials", "masked"]
