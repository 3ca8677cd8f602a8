"""Pictures without names: chosen, looked at one by one, confirmed by a person, exported."""
