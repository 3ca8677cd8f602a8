"""The steps by which an older database becomes a newer one, in order.

Each imports `sqlite_utils` alone, never `woundtrack`: a step says what was true when it was
made, and is never edited afterwards. Foreign keys are off while steps run; the store
checks them afterwards.
"""
