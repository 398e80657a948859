"""Services that sellers offer: which SKUs are work that is done at an appointment, and not goods."""
