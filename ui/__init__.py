"""The window. Qt is used here only."""
