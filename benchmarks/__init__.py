"""The accuracy and speed tables that anyone can rerun: `make bench`."""
