"""The open format: records as JSON beside untouched photos, written and read again (ADR 20)."""
