"""What the market does in a second, and what the same machine does without it: `make bench` prints both in one table.

    python -m benchmarks [--quick] [--json FILE]

Every rate is taken by one client (`load`), over the same sockets, for every server in the table, so that rows compare.
"""
