"""Photos of one wound side by side and over each other: the canvas, and the window round it."""
