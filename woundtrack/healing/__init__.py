"""How a lesion goes: its series of visits, and the rates that may be taken from it."""
