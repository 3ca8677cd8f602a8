"""Rater studies: how far people who trace the same photos agree, and what that says of a change."""
