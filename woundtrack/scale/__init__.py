"""Scale: from px of the upright photo to mm in the wound's plane."""
