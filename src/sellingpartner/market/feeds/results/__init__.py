"""How the results of feeds are written: an envelope of XML, a summary with a table, JSON."""
