"""How the network that tells tissues apart was made."""
