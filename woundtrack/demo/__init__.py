"""A demonstration clinic: invented patients, painted photos, the program's own measuring."""
