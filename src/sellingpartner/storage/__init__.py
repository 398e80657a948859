"""Where the market's state lives: engine, unit of work, events, column types, migrations.

This package alone knows SQLite from PostgreSQL. It knows nothing of sellers and orders: each context of the market
declares its own tables on `metadata` and is their only reader and writer.
"""
