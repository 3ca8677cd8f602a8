"""How the program's models were made; nothing here is needed to run the program."""
