"""Therapies: the catalogue as data, courses."""
