"""Access points: counters and lockers where parcels wait for their buyers."""
