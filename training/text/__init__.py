"""How the finder of writing in photos is made: see README.md."""
