"""Collection forms: which parcels a carrier is handed at one address, on one sheet."""
