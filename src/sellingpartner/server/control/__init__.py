"""The market's control API: what at Amazon people and time do, asked for over HTTP.

    route > admit (admission.py) > decode > run (sellers, applications, grants, users, orders, ...) > encode > log

It decodes as strictly as the gateway, refuses in the same shape and writes the same log.

Its operations are in the rooms that the commands of `spapi` are in: `access`, `listing`, `stocking`, `buying`,
`paying`, `running`, `watching`; and in `documents` (reports, feeds, queries) and `lint` (what calls could do better).
"""
