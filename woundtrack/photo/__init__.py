"""Photos: read from any camera's file, upright once, with what the camera knew."""
