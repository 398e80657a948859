"""The market's control API: what at Amazon people and time do, asked for over HTTP.

    route > admit (access.py) > decode > run (sellers, applications, grants, users, orders, ...) > encode > log

It decodes as strictly as the gateway, refuses in the same shape and writes the same log.
"""
