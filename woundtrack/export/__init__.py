"""Tables out: what is confirmed, as plain tables for a spreadsheet or a statistician."""
