"""Clinical instruments: items as data, one scoring function for all."""
