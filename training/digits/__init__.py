"""How the label reader in resources/digits was made."""
