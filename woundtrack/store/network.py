"""Which file system a folder lies on: WAL needs memory shared by all who open the file."""

import ctypes
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from woundtrack.errors import StoreError

NETWORK_TYPES = frozenset(
    {
        "9p", "acfs", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "cvfs", "davfs", "davfs2",
        "fuse.afpfs", "fuse.ceph", "fuse.cephfs", "fuse.curlftpfs", "fuse.davfs", "fuse.davfs2",
        "fuse.gdfs", "fuse.glusterfs", "fuse.google-drive-ocamlfuse", "fuse.grpcfuse",
        "fuse.gvfsd-fuse", "fuse.juicefs", "fuse.kio-fuse", "fuse.mfs", "fuse.onedriver",
        "fuse.osxfs", "fuse.rclone", "fuse.s3fs", "fuse.seadrive", "fuse.smbnetfs", "fuse.sshfs",
        "fuse.vmhgfs-fuse", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4",
        "ocfs2", "orangefs", "panfs", "prl_fs", "pvfs2", "smb2", "smb3", "smbfs", "vboxsf",
        "virtiofs", "vmhgfs", "webdav",
    }
)  # fmt: skip
"""File systems on which the machine is not alone with the file; a virtual machine's too."""
_FROM_AFAR = re.compile(r"^(//|\\\\|[^/\s]+:)")
"""What a disk is mounted from, where it is another machine: //server/share, host:/path, remote:"""
_NAMED_LOCALLY = re.compile(r"^(UUID|LABEL|PARTUUID|PARTLABEL|[A-Za-z]:)", re.IGNORECASE)
_DRIVE_REMOTE = 4
_SHARE = "\\\\"


def refuse_network(folder: Path) -> None:
    """Raise StoreError store.network_share where the folder lies on a network share."""
    if is_network(folder):
        raise StoreError("store.network_share")


def is_network(folder: Path) -> bool:
    """Whether the folder, or the nearest parent that exists, lies on a network share.

    Links, mounts of mounts, substituted and mapped drives are followed to where they lead.
    """
    place = folder.absolute()
    if sys.platform == "win32" and _is_network_windows(str(place)):
        return True  # without asking a server that may not answer
    while not place.exists() and place != place.parent:
        place = place.parent
    with suppress(OSError):  # a loop, or a part that may not be read: as it is named
        place = place.resolve()
    if sys.platform == "win32":
        return _is_network_windows(str(place))
    if sys.platform == "darwin":
        return _is_network_mac(place)
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8", errors="surrogateescape")
    except OSError:
        return False
    return lies_afar(*mount_of(mounts, place))


def lies_afar(source: str, kind: str) -> bool:
    """Whether a mount is another machine's, by its type or by what it is mounted from."""
    if kind in NETWORK_TYPES:
        return True
    return bool(_FROM_AFAR.match(source)) and not _NAMED_LOCALLY.match(source)


def mount_of(mounts: str, place: Path) -> tuple[str, str]:
    """Source and type of the mount that a place is on, by a table in the form of /proc/mounts."""
    best, found = -1, ("", "")
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_unescaped(fields[1]))
        # A later mount on the same point covers an earlier one.
        if (place == point or point in place.parents) and len(point.parts) >= best:
            best, found = len(point.parts), (_unescaped(fields[0]), fields[2])
    return found


def _unescaped(field: str) -> str:
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, sign)
    return field


def windows_root(place: str) -> str:
    r"""The root that a Windows path hangs on: `C:\`, `\\?\Volume{…}\`, or `\\` for a share.

    Slashes either way, and the prefixes `\\?\`, `\\.\` and `\\?\UNC\`, come to the same.
    """
    plain = place.replace("/", "\\")
    for prefix in ("\\\\?\\", "\\\\.\\"):
        if plain.startswith(prefix):
            rest = plain.removeprefix(prefix)
            if rest.casefold().startswith("unc\\"):
                return _SHARE
            volume = rest.partition("\\")[0]
            is_drive = len(volume) == 2 and volume[1] == ":"
            return f"{volume}\\" if is_drive else f"\\\\?\\{volume}\\"
    return _SHARE if plain.startswith(_SHARE) else f"{plain[:2]}\\"


def _is_network_windows(place: str) -> bool:
    root = windows_root(place)
    if root == _SHARE:  # a server's, and WSL's files, which another system's kernel keeps
        return True
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 (absent on other systems)
    return bool(kernel.GetDriveTypeW(root) == _DRIVE_REMOTE)


def _is_network_mac(place: Path) -> bool:
    try:
        listing = subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, check=True, timeout=5
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    return lies_afar(*mac_mount_of(listing, place))


def mac_mount_of(listing: str, place: Path) -> tuple[str, str]:
    """Source and type of the mount that a place is on, by the listing of macOS's `mount`."""
    best, found = -1, ("", "")
    for line in listing.splitlines():
        before, _, options = line.rpartition(" (")
        source, _, point_text = before.partition(" on ")
        point = Path(point_text)
        inside = bool(point_text) and (place == point or point in place.parents)
        if inside and len(point.parts) >= best:
            kind = options.split(",")[0].rstrip(")").strip()
            best, found = len(point.parts), (source, kind)
    return found
