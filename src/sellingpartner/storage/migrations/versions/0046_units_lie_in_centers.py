"""Units lie in centers."""

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"

# The marketplaces in their order: of each its country, and the code of the first center there.
_HOMES = {
    "A2EUQ1WTGCTBG2": ("CA", "YYZ4"),
    "ATVPDKIKX0DER": ("US", "PHX6"),
    "A1AM78C64UM0Y8": ("MX", "MEX1"),
    "A2Q3Y263D00KWC": ("BR", "GRU5"),
    "A28R8C7NBKEWEA": ("IE", "DUB3"),
    "A1RKKUPIHCS9HS": ("ES", "MAD4"),
    "A1F83G8C2ARO7P": ("GB", "BHX4"),
    "A13V1IB3VIYZZH": ("FR", "ORY1"),
    "AMEN7PMS3EDWL": ("BE", "BRU1"),
    "A1805IZSGTT6HS": ("NL", "AMS9"),
    "A1PA6795UKMFR9": ("DE", "LEJ1"),
    "APJ6JRA9NG5V4": ("IT", "MXP5"),
    "A2NODRKZP88ZB9": ("SE", "ESK1"),
    "AE08WJ6YKNBMC": ("ZA", "CPT9"),
    "A1C3SOZRARQ6R3": ("PL", "WRO1"),
    "ARBP9OOSHTCHU": ("EG", "CAI1"),
    "A33AVAJ2PDY3EV": ("TR", "IST2"),
    "A17E79C6D8DWNP": ("SA", "RUH3"),
    "A2VIGQ35RCS4UG": ("AE", "DXB3"),
    "A21TJRUUN4KGV": ("IN", "BLR7"),
    "A19VAU5U5O7RUS": ("SG", "SIN9"),
    "A39IBJ37TRP1C6": ("AU", "MEL1"),
    "A1VC38T7YXB528": ("JP", "NRT5"),
}


def upgrade() -> None:
    """Migrate from the revision before: what lies at Amazon lies in the first center of its seller's home."""
    exact = sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql")
    op.create_table(
        "center_stocks",
        sa.Column("seller_id", sa.String(length=20), nullable=False),
        sa.Column("sku", exact, nullable=False),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.Column("center", sa.String(length=8), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("units >= 0", name=op.f("ck_center_stocks_units")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.seller_id"], name=op.f("fk_center_stocks_seller_id")),
        sa.PrimaryKeyConstraint("seller_id", "sku", "condition", "center", name=op.f("pk_center_stocks")),
        sqlite_with_rowid=False,
    )
    op.add_column("stock_movements", sa.Column("center", sa.String(length=8)))
    connection = op.get_bind()
    entered: dict[str, set[str]] = {}
    for seller_id, marketplace_id in connection.execute(
        sa.text("SELECT seller_id, marketplace_id FROM participations")
    ).all():
        entered.setdefault(seller_id, set()).add(marketplace_id)
    for seller_id, profile in connection.execute(sa.text("SELECT seller_id, profile FROM sellers")).all():
        of_it = {"seller_id": seller_id, "center": _center_of(profile, entered.get(seller_id, ()))}
        connection.execute(sa.text(_LIE), of_it)
        connection.execute(sa.text(_MOVED), of_it)


_LIE = """
    INSERT INTO center_stocks (seller_id, sku, condition, center, units)
    SELECT seller_id, sku, condition, :center, on_hand FROM stocks
    WHERE seller_id = :seller_id AND place = 'FBA' AND on_hand > 0
"""
_MOVED = """
    UPDATE stock_movements SET center = :center
    WHERE seller_id = :seller_id AND place = 'FBA' AND on_hand_change <> 0
"""


def _center_of(profile: bytes, entered: Iterable[str]) -> str:
    """The first center of the country in which a seller is at home: its business's, else its first shop's."""
    business = msgspec.json.decode(profile).get("business") or {}
    country = business.get("address", {}).get("country_code")
    mine = set(entered)
    there = [_HOMES[one] for one in _HOMES if one in mine]
    at_home = [code for home, code in there if home == country]
    return (at_home or [code for _, code in there] or [_HOMES["ATVPDKIKX0DER"][1]])[0]
