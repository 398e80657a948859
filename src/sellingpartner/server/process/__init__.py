"""The process that serves a market.

serving.py      the parent: checks what can go wrong, prepares the market once, has it answered
answering.py    granian, which starts the worker
apart.py        a process of its own for what is done before: threads do not cross a fork
node.py         the worker: one open market, its server, its threads
opening.py      a database to an open market, or one line that says why not
demo_world.py   the demo world, built once
credentials.py  ready credentials for an application and a seller, kept in a file
"""
