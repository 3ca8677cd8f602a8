"""Measures: from an outline and a scale to area, perimeter, length and width with doubt."""
