"""Worlds as files: a whole market in one file, to be kept, sent, compared, and gone on from."""
