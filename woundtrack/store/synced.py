"""Folders that a service keeps in step with other computers: OneDrive, Dropbox and their like.

Such a service copies the database and its log at different moments, puts older files back where
two computers disagree, and takes files off the disk to fetch them later. And two computers that
share the folder by it know nothing of each other's lock. A new clinic is refused there; one that
lies there already is opened, and whoever signs in is told.
"""

import os
import re
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from woundtrack.errors import StoreError
from woundtrack.words import N_, _

_NAMES = (
    ("OneDrive", re.compile(r"^(SkyDrive|OneDrive(( ?-| –).*)?)$", re.IGNORECASE)),
    ("Dropbox", re.compile(r"^Dropbox( \(.+\)|-.+)?$", re.IGNORECASE)),
    ("iCloud Drive", re.compile(r"^(iCloud ?Drive|Mobile Documents|com~apple~CloudDocs)$")),
    ("Google Drive", re.compile(r"^(Google ?Drive(-.*)?|GoogleDrive)$", re.IGNORECASE)),
    ("Nextcloud", re.compile(r"^Nextcloud\d?$", re.IGNORECASE)),
    ("ownCloud", re.compile(r"^ownCloud\d?$", re.IGNORECASE)),
    ("Box", re.compile(r"^(Box|Box Sync|Box-Box)$")),
    ("pCloud", re.compile(r"^pCloud ?Drive$", re.IGNORECASE)),
    ("MEGA", re.compile(r"^(MEGA|MEGAsync)$")),
    ("Proton Drive", re.compile(r"^Proton ?Drive(-.*)?$", re.IGNORECASE)),
    ("Tresorit", re.compile(r"^Tresorit$", re.IGNORECASE)),
)
"""What the services call the folder that they keep in step."""
_MARKS = (
    ("OneDrive", (".849C9593-D756-4E56-8D6E-42412F2A707B",)),
    ("Dropbox", (".dropbox", ".dropbox.cache")),
    ("Google Drive", (".shortcut-targets-by-id", ".tmp.drivedownload", ".tmp.driveupload")),
    ("Nextcloud", (".nextcloudsync.log", ".sync_folder_marker")),
    ("ownCloud", (".owncloudsync.log",)),
    ("Syncthing", (".stfolder",)),
    ("Resilio Sync", (".sync/ID",)),
    ("Seafile", (".seafile-data",)),
)
"""What lies in such a folder, whatever it is called."""
_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_CLOUD_TAG, _CLOUD_MASK = 0x9000001A, 0xFFFF0FFF
"""IO_REPARSE_TAG_CLOUD and its variants: what Windows calls a folder that a service fills."""
_UNKNOWN = N_("a cloud service")


def refuse_synced(folder: Path) -> None:
    """Raise StoreError store.synced_folder where a service keeps this folder in step."""
    if service := synced_by(folder):
        raise StoreError("store.synced_folder", service=service)


def synced_by(folder: Path, *, environment: Mapping[str, str] = os.environ) -> str:
    """The name of the service that keeps this folder in step; empty where none is known to."""
    place = folder.absolute()
    try:
        resolved = place.resolve()
    except OSError:
        resolved = place
    for each in dict.fromkeys((*_with_parents(place), *_with_parents(resolved))):
        if service := _named(each) or _told(each, environment) or _marked(each):
            return service
    return ""


def _with_parents(place: Path) -> tuple[Path, ...]:
    return (place, *place.parents)


def _named(folder: Path) -> str:
    names = (service for service, name in _NAMES if name.match(folder.name))
    if (service := next(names, "")) or folder.parent.name != "CloudStorage":
        return service
    # Where a Mac puts what any service fills: "OneDrive-Ward", "Box-Box".
    return folder.name.partition("-")[0]


def _told(folder: Path, environment: Mapping[str, str]) -> str:
    told = (environment.get(name, "") for name in _VARIABLES)
    return "OneDrive" if any(text and Path(text) == folder for text in told) else ""


def _marked(folder: Path) -> str:
    for service, marks in _MARKS:
        if any(_is_there(folder / mark) for mark in marks):
            return service
    if sys.platform == "win32":
        try:
            facts = folder.lstat()
        except OSError:
            return ""
        is_link = facts.st_file_attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT
        if is_link and facts.st_reparse_tag & _CLOUD_MASK == _CLOUD_TAG:
            return _(_UNKNOWN)
    return ""


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
