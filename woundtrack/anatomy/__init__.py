"""Body sites, sides, and the central/peripheral rule with its version."""
