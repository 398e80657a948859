"""The client beside its peers, each in a process of its own and as its documentation has it used.

`blocking` and `tasks` hold a module for each client, named after its package: what is imported there is what its user
imports, so importing the module is what the table calls import. No peer's code is here, and none is changed.
"""
