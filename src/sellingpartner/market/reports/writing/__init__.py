"""How reports are written: tables, XML, JSON, sheets; charsets, dates, numbers."""
