"""The market's control API, v1: what sellers, developers, applications and people are called."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

Name = Annotated[str, Meta(min_length=1, max_length=100)]
