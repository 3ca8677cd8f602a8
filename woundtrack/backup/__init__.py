"""Backups of a whole clinic in one encrypted, incremental folder: ADR 24."""
