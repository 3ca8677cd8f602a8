"""Photos of one wound on one plane: side by side, over each other, as a film."""
