"""The handlers, a module for each API version: translate, call a context, translate back."""

from __future__ import annotations

BUILT = ()
"""Every API with handlers: importing them registers these."""
