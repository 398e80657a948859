"""The ledger as finances tell of it: events, transactions, groups, balances. It keeps no amounts."""
