"""Buyers send units back, and get their money: in whole, or amounts of it."""
