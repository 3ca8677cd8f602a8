"""The journal's page: who did what to which record, when; for administrators."""
