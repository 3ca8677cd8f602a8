"""The photo editor: canvas, painting, tools, undo."""
