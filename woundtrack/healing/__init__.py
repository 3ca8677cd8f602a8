"""Healing: rates and changes over time, beyond measurement error or not."""
