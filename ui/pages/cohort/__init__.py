"""The cohort: who is in it, the published endpoints, and the curves."""
