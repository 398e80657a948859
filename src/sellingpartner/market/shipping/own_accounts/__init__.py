"""Sellers' own accounts with carriers: linked, so that their labels are paid to the carrier and not to Amazon."""
