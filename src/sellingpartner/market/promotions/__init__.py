"""Promotions and coupons: what takes something off a seller's prices, from a beginning until an end."""
