"""Amazon's published models: how they are read, and what each thing in them is called in Python.

`tools/contract` writes the contract's modules with it; `diff.changes` compares a newer folder of models with them.
The models are Swagger 2.0 documents; they are read from a folder and are no part of this package.
"""
