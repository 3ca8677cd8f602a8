"""The clinic store: one encrypted database and a vault of photo files."""
