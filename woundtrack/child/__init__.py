"""Work that may crash, hang or eat memory, in a process that may die of it."""
