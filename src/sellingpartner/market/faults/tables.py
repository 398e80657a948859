"""The market's rules of faults, what each has met and done, and the jobs that one holds."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from sellingpartner.storage.columns import exact_text, metadata

fault_rules = Table(
    "fault_rules",
    metadata,
    Column("rule_id", BigInteger, primary_key=True, autoincrement=False),
    Column("rule", Text, nullable=False),  # as `text.py` reads and writes it
    Column("matched", BigInteger, nullable=False),
    Column("struck", BigInteger, nullable=False),
)

held_jobs = Table(
    "held_jobs",
    metadata,
    Column("seller_id", String(20), primary_key=True),
    Column("job", String(10), primary_key=True),  # the kind of fault: what kind of job it is
    Column("job_id", exact_text(40), primary_key=True),
    Column("rule_id", BigInteger, nullable=False),
    Index("held_jobs_by_rule", "rule_id"),
)
