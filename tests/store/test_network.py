"""Network shares are told from disks by the tables of the operating system."""

from pathlib import Path

import pytest

from woundtrack.store import network
from woundtrack.store.network import is_network, lies_afar, mac_mount_of, mount_of, windows_root

MOUNTS = """\
/dev/sda2 / ext4 rw 0 0
proc /proc proc rw 0 0
server:/export /mnt/nfs nfs4 rw 0 0
//nas/wounds /media/clinic\\040share cifs rw 0 0
/dev/sdb1 /mnt/nfs/local ext4 rw 0 0
someone@host: /home/ada/far fuse.sshfs rw 0 0
tmpfs /mnt/twice tmpfs rw 0 0
nas:/v /mnt/twice nfs rw 0 0
server:/export /srv/bound nfs4 rw 0 0
remote: /mnt/new fuse.newfs rw 0 0
https://cloud.example/dav /mnt/dav fuse rw 0 0
/dev/sdc1 /mnt/stick fuseblk rw 0 0
C:\\134 /c drvfs rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "kind", "afar"),
    [
        ("/home/ada/clinic", "ext4", False),
        ("/mnt/nfs", "nfs4", True),
        ("/mnt/nfs/a/b", "nfs4", True),
        ("/mnt/nfsx", "ext4", False),
        ("/media/clinic share/c", "cifs", True),
        ("/mnt/nfs/local/c", "ext4", False),
        ("/home/ada/far/c", "fuse.sshfs", True),
        ("/mnt/twice/c", "nfs", True),
        ("/srv/bound/c", "nfs4", True),
        ("/mnt/new/c", "fuse.newfs", True),
        ("/mnt/dav/c", "fuse", True),
        ("/mnt/stick/c", "fuseblk", False),
        ("/c/clinic", "drvfs", False),
    ],
)
def test_linux(place: str, kind: str, afar: bool) -> None:
    source, found = mount_of(MOUNTS, Path(place))
    assert found == kind
    assert lies_afar(source, found) == afar


MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//ada@nas/wounds on /Volumes/wounds (smbfs, nodev, nosuid, mounted by ada)
ada@host:/srv on /Users/ada/far (macfuse, nodev, nosuid, synchronous, mounted by ada)
/dev/disk4s1 on /Volumes/Stick (on the desk) (msdos, local)
"""


@pytest.mark.parametrize(
    ("place", "kind", "afar"),
    [
        ("/Users/ada", "apfs", False),
        ("/Volumes/wounds/clinic", "smbfs", True),
        ("/Volumes/Stick (on the desk)/c", "msdos", False),
        ("/Users/ada/far", "macfuse", True),
    ],
)
def test_mac(place: str, kind: str, afar: bool) -> None:
    source, found = mac_mount_of(MAC, Path(place))
    assert found == kind
    assert lies_afar(source, found) == afar


@pytest.mark.parametrize(
    ("place", "root"),
    [
        (r"C:\Users\ada\clinic", "C:\\"),
        ("c:/clinic", "c:\\"),
        (r"\\server\share\clinic", r"\\"),
        ("//server/share", r"\\"),
        (r"\\?\UNC\server\share\clinic", r"\\"),
        ("//?/UNC/server/share", r"\\"),
        (r"\\.\unc\server\share", r"\\"),
        (r"\\?\D:\clinic", "D:\\"),
        (r"\\?\Volume{0f1e}\clinic", "\\\\?\\Volume{0f1e}\\"),
        (r"\\wsl.localhost\Debian\home", r"\\"),
    ],
)
def test_windows(place: str, root: str) -> None:
    assert windows_root(place) == root


def test_a_link_into_a_share_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a person would get round the refusal: a folder on the disk that leads to the share."""
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share", target_is_directory=True)
    mounts = f"/dev/sda2 / ext4 rw 0 0\nnas:/v {tmp_path / 'share'} nfs4 rw 0 0\n"
    monkeypatch.setattr(network.Path, "read_text", lambda *_a, **_k: mounts)
    assert is_network(tmp_path / "link" / "new" / "clinic")
    assert not is_network(tmp_path / "clinic")


def test_a_folder_that_is_not_there_yet_lies_where_its_parent_lies(tmp_path: Path) -> None:
    assert not is_network(tmp_path / "a" / "b" / "c")
