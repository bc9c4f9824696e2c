"""Rows in, a figure out: one file per figure; no query, no request."""
