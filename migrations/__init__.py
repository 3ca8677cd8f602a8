"""Numbered migrations of the clinic database. Imports sqlite_utils alone."""
