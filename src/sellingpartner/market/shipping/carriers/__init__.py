"""Who carries: carriers and their services, how far, on which days. Nothing here reads or writes."""
