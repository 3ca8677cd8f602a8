"""Wound photographs measured, stored and charted: the domain, without a screen."""

__version__ = "0.1.0"
