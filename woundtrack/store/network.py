"""Which file system a folder lies on: WAL needs memory shared by all who open the file."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

from woundtrack.errors import StoreError

NETWORK_TYPES = frozenset(
    {
        "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "davfs2", "fuse.ceph", "fuse.davfs2",
        "fuse.gdfs", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs",
        "fuse.smbnetfs", "fuse.sshfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4",
        "ocfs2", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "webdav",
    }
)  # fmt: skip
"""File systems on which the machine is not alone with the file."""
_DRIVE_REMOTE = 4


def refuse_network(folder: Path) -> None:
    """Raise StoreError store.network_share where the folder lies on a network share."""
    if is_network(folder):
        raise StoreError("store.network_share")


def is_network(folder: Path) -> bool:
    """Whether the folder, or the nearest parent that exists, lies on a network share."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    place = place.resolve()
    if sys.platform == "win32":
        return _is_network_windows(place)
    if sys.platform == "darwin":
        return _is_network_mac(place)
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8", errors="surrogateescape")
    except OSError:
        return False
    return mount_type(mounts, place) in NETWORK_TYPES


def mount_type(mounts: str, place: Path) -> str:
    """The file system's type of a place, by a table in the form of /proc/mounts."""
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_unescaped(fields[1]))
        # A later mount on the same point covers an earlier one.
        if (place == point or point in place.parents) and len(point.parts) >= best:
            best, found = len(point.parts), fields[2]
    return found


def _unescaped(field: str) -> str:
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, sign)
    return field


def _is_network_windows(place: Path) -> bool:
    drive = os.path.splitdrive(place)[0]
    if drive.startswith("\\\\") and not drive.startswith("\\\\?\\"):
        return True
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 (absent on other systems)
    return bool(kernel.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE)


def _is_network_mac(place: Path) -> bool:
    try:
        listing = subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, check=True, timeout=5
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    return mac_mount_type(listing, place) in NETWORK_TYPES


def mac_mount_type(listing: str, place: Path) -> str:
    """The file system's type of a place, by the listing of macOS's `mount`."""
    best, found = -1, ""
    for line in listing.splitlines():
        before, _, options = line.rpartition(" (")
        _, _, point_text = before.partition(" on ")
        point = Path(point_text)
        inside = bool(point_text) and (place == point or point in place.parents)
        if inside and len(point.parts) >= best:
            best, found = len(point.parts), options.split(",")[0].rstrip(")").strip()
    return found
