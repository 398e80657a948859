"""Searches wait for no long list of words that were written lately."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Migrate from the revision before."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX catalog_words_by_word SET (gin_pending_list_limit = 64)")
