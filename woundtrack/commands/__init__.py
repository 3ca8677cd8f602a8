"""The commands of `woundtrack`, one a file; `woundtrack.cli` parses and dispatches."""
