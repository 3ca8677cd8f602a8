"""What the folder says of itself to whoever finds it."""

README_TEXT = """\
WOUND RECORDS - CONFIDENTIAL, NOT ENCRYPTED

This folder holds records of patients with their names, and photographs of them.
Keep it as you keep the patients' papers, and destroy it when it is no longer needed.

Ce dossier contient des dossiers de patients avec leurs noms et leurs photographies.
Il n’est pas chiffré : conservez-le comme les documents papier des patients,
puis détruisez-le. Un centre l’importe par Fichier, Importer des dossiers patients.

manifest.json   what is here, from which clinic, when and by whom it was written;
                the SHA-256 of every file
shared.json     the users who wrote the records, and what belongs to no patient
patients/       one file a patient, by a number that tells nothing: every record
                with every state it ever had, who wrote it, when and why
photos/         the photographs, byte for byte as the camera made them,
                each named by the SHA-256 of its bytes
schema.json     every key of these files, as JSON Schema (draft 2020-12)

woundtrack takes this folder into a clinic: File, Import records.
"""
"""The same whatever the language in force: no program is needed to read it."""
