"""What Alembic runs: every revision, on the connection that `migrations.configuration` was given."""

from typing import Any, Literal

from alembic import context

from sellingpartner.storage.columns import Instant, Json, metadata
from sellingpartner.storage.fulltext import is_of_index


def as_stored(kind: str, item: Any, _context: Any) -> str | Literal[False]:  # noqa: ANN401 - Alembic's form
    """Write our column types into a revision as what the database keeps: a revision must outlive today's classes."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, Json):
        return "sa.LargeBinary()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=as_stored,
    include_name=lambda name, kind, _parents: kind != "table" or not is_of_index(name or ""),
)
context.run_migrations()
