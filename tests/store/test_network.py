"""Network shares are told from disks by the tables of the operating system."""

from pathlib import Path

import pytest

from woundtrack.store.network import NETWORK_TYPES, is_network, mac_mount_type, mount_type

MOUNTS = """\
/dev/sda2 / ext4 rw 0 0
proc /proc proc rw 0 0
server:/export /mnt/nfs nfs4 rw 0 0
//nas/wounds /media/clinic\\040share cifs rw 0 0
/dev/sdb1 /mnt/nfs/local ext4 rw 0 0
someone@host: /home/ada/far fuse.sshfs rw 0 0
tmpfs /mnt/twice tmpfs rw 0 0
nas:/v /mnt/twice nfs rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/ada/clinic", "ext4"),
        ("/mnt/nfs", "nfs4"),
        ("/mnt/nfs/a/b", "nfs4"),
        ("/mnt/nfsx", "ext4"),
        ("/media/clinic share/c", "cifs"),
        ("/mnt/nfs/local/c", "ext4"),
        ("/home/ada/far/c", "fuse.sshfs"),
        ("/mnt/twice/c", "nfs"),
    ],
)
def test_linux(place: str, kind: str) -> None:
    assert mount_type(MOUNTS, Path(place)) == kind
    assert (kind in NETWORK_TYPES) == (kind != "ext4")


MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//ada@nas/wounds on /Volumes/wounds (smbfs, nodev, nosuid, mounted by ada)
/dev/disk4s1 on /Volumes/Stick (on the desk) (msdos, local)
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/Users/ada", "apfs"),
        ("/Volumes/wounds/clinic", "smbfs"),
        ("/Volumes/Stick (on the desk)/c", "msdos"),
    ],
)
def test_mac(place: str, kind: str) -> None:
    assert mac_mount_type(MAC, Path(place)) == kind


def test_a_folder_that_is_not_there_yet_lies_where_its_parent_lies(tmp_path: Path) -> None:
    assert not is_network(tmp_path / "a" / "b" / "c")
