"""The pages that show the whole market: its orders, products, messages, time, faults, calls and money.

Each asks questions of the contexts and acts by their commands, most of them as the control API does. A list is a
`Table`, what can be done is an `Act`, a life is a row of `Moment`s, a chart is a `Chart`: what a page is made of is a
value, and the templates draw each kind in one way. Nothing here reads a table of the database.

A seller's people see what is the seller's, and the market's operator everything (`looking.py`).
"""
