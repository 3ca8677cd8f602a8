"""Two photos of one wound brought onto each other by the skin around it, or refused."""
