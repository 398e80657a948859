"""Writes the Data Kiosk's schemas from a folder of Amazon's published ones."""
