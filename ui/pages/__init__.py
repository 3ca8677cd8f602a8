"""The pages of the window, one screen a file."""
