"""The market's rules of faults, and what each has met and done."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table, Text

from sellingpartner.storage.columns import metadata

fault_rules = Table(
    "fault_rules",
    metadata,
    Column("rule_id", BigInteger, primary_key=True, autoincrement=False),
    Column("rule", Text, nullable=False),  # as `text.py` reads and writes it
    Column("matched", BigInteger, nullable=False),
    Column("struck", BigInteger, nullable=False),
)
