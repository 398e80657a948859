"""Seller Wallet: money of settlements that the seller keeps with Amazon, and sends on when and where it likes."""
