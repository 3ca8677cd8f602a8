"""Backups in the window: by themselves, on demand, at closing, and brought back."""
