"""Items are found by words; the market fills the index in when it opens, as it knows what words are."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Migrate from the revision before."""
    op.create_table(
        "catalog_entries",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "asin", sa.String(length=10).with_variant(sa.String(length=10, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("classification_id", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_catalog_entries")),
    )
    with op.batch_alter_table("catalog_entries", schema=None) as batch_op:
        batch_op.create_index("catalog_entries_by_asin", ["asin"], unique=True)

    # As `storage.fulltext.WordIndex` makes an index of words.
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE catalog_words USING fts5(title, brand, places, words, "
            "tokenize='ascii', detail='column', columnsize=0)"
        )
    else:
        op.execute(
            "CREATE TABLE catalog_words (number BIGINT PRIMARY KEY REFERENCES catalog_entries(number) "
            "ON DELETE CASCADE, words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX catalog_words_by_word ON catalog_words USING gin (words)")
