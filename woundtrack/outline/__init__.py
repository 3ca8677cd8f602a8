"""Outlines: closed rings in px, their edits, and proposals for them."""
