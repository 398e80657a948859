"""What is done for a seller and paid for: the plan, storage, transport, removals, multi-channel shipments, labels."""
