"""Tokens: where they are kept, how they are asked for, and how the grant stands that they come from.

For everybody are the names below, which `stores.py` defines; the other modules are the client's own.
"""

from __future__ import annotations

from sellingpartner.client.tokens.stores import (
    MemoryTokens,
    Sealing,
    SQLiteTokens,
    Token,
    TokenStore,
    token_of,
    token_text,
)

__all__ = ["MemoryTokens", "SQLiteTokens", "Sealing", "Token", "TokenStore", "token_of", "token_text"]
