"""Qt models, one a file."""
