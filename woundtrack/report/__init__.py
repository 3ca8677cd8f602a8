"""Reports: content, chart, PDF, and the printable card. Only this room knows reportlab."""
