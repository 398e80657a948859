"""Product types: what a listing of a kind of product may and must say.

Data, the JSON Schema made of it, and validation by that schema. No tables: `questions` is what others use.
"""
