"""Sellers and buyers write to each other about an order: what may be said when, and what was said."""
