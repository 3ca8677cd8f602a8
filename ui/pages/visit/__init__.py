"""The visit page in its parts: what is edited, how it is saved, and one file a step."""
