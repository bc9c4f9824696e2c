"""Reads only: dataclasses out, shared by the pages and the API."""
