"""The one double-entry ledger: whatever is paid, charged or owed is posted here, and every view is a question to it.

    Entry           what was posted, written once and kept for good (`posting.py` alone writes)
    Posting         how much more an account is owed by an entry: those of an entry sum to zero
    Component       what a posting is for, and what each view calls it (`components.toml`)
    Hold            what is held of an entry's money, and until when
    Period          a settlement period of a currency: what counts in it, and when it ends
    Policy          what the account has been settled on: how long money is held, what is kept, where it goes

What is posted comes from these rooms; `pyproject.toml` says which of them may import which:

    selling         what a buyer pays, what is withheld and taken of it, and what goes back to the buyer
    reimbursing     what Amazon pays for units that it lost or damaged
    services        what is done for a seller and paid for: the plan, storage, transport, removals, labels
    balances        what a seller has: money matures, is kept in reserve, leaves, or is owed
"""
