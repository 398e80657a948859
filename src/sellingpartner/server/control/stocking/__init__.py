"""Goods, and where they lie: stock, and its ways to Amazon, through it and from it."""
