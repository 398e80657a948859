"""Carriers, their services and prices; labels that sellers buy; parcels on their way."""
