"""What is known of a patient beside the wound: laboratory, analgesics, risks, causes, events."""
