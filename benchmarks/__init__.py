"""What market and client do on this machine, and what it does without them: `make bench` prints both in one table.

    python -m benchmarks [market] [clients] [limits] [--quick] [--json FILE]

Every rate of a server is taken by one client (`load`), over the same sockets, so that rows compare. Clients are
compared on one server, each in a process of its own (`clients`).
"""
