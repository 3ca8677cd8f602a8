"""Therapies as record fields: the catalogue, and courses in time."""
