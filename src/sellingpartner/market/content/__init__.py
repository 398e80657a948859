"""A+ content: documents of modules that a brand writes, has reviewed, and shows on the pages of its items."""
