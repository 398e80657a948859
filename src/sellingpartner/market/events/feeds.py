"""What happens to feeds."""

from __future__ import annotations
