"""Rater studies: the list, a new one, tracing, and what they say."""
