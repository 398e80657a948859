"""What happens to reports."""

from __future__ import annotations
