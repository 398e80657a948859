"""The one double-entry ledger: whatever is paid, charged or owed is posted here, and every view is a question to it."""
