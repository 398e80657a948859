"""Tax invoices of sales in Brazil: sellers hand them in or have the marketplace issue them; what waits ships after."""
