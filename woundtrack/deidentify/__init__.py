"""Pictures for teaching and research: cut to the wound and its scale, masked, without a name."""
