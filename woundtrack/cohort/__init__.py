"""Groups of patients and lesions, and the published endpoints of each."""
