"""Easy Ship: Amazon fetches a seller's packages, or the seller brings them, in a time slot, and delivers them."""
