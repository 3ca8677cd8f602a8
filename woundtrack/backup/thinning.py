"""Taking old backups away, then what no backup names any more. Only under the folder's lock."""

from collections.abc import Collection, Sequence

from woundtrack.backup.disk import sync_names
from woundtrack.backup.folder import MANIFESTS, PAGES, VAULT, Folder
from woundtrack.backup.keeping import kept
from woundtrack.backup.manifest import Head, decoded
from woundtrack.backup.pages import photo_names
from woundtrack.backup.types import Backup, Keep
from woundtrack.errors import BackupError
from woundtrack.store.vault import file_names


def thin(
    folder: Folder,
    heads: Sequence[Head],
    rule: Keep,
    *,
    ours: Collection[Head],
    newest: Collection[str],
) -> int:
    """Take away the backups that the rule does not keep; return how many.

    `ours` are those that the clinic continues: others are of a second clinic that was brought
    back beside it, or of a state that was given up, and the rule looks at them apart. `newest`
    are the photos of the newest. A backup that does not open, or of which a file is missing,
    neither counts nor goes. The manifests go first: what is cut off between leaves files that
    nothing names, and never a backup without its files. Raises OSError, BackupError; then what
    is left is whole.
    """
    packs = folder.pack_sizes()
    whole = [one for one in heads if packs.keys() >= one.packs]
    gone = _surplus(whole, ours, rule)
    if gone:  # so that a damaged one takes no sound one's place
        gone = _surplus([one for one in whole if _opens(folder, one)], ours, rule)
    for backup in gone:
        backup.path.unlink(missing_ok=True)
    if gone:
        sync_names(folder.path / MANIFESTS)
    remaining = [one for one in heads if one.backup not in gone]
    for name in packs.keys() - {name for one in remaining for name in one.packs}:
        (folder.path / PAGES / name).unlink(missing_ok=True)
    _remove_photos(folder, remaining, newest)
    return len(gone)


def _surplus(heads: Sequence[Head], ours: Collection[Head], rule: Keep) -> frozenset[Backup]:
    """What the rule does not keep of these."""
    sides = (
        [one.backup for one in heads if one in ours],
        [one.backup for one in heads if one not in ours],
    )
    return frozenset().union(*(frozenset(side) - kept(side, rule) for side in sides))


def _opens(folder: Folder, head: Head) -> bool:
    try:
        decoded(head.backup.path, data_key=folder.data_key)
    except BackupError:
        return False
    return True


def _remove_photos(folder: Folder, remaining: Sequence[Head], newest: Collection[str]) -> None:
    loose = folder.vault_names() - _files(newest)
    if not loose:
        return  # photos are hardly ever taken out of a clinic
    manifests = [decoded(one.backup.path, data_key=folder.data_key) for one in remaining]
    for file in loose - _files(photo_names(folder, manifests)):
        (folder.path / VAULT / file[:2] / file).unlink(missing_ok=True)


def _files(names: Collection[str]) -> set[str]:
    return {file for name in names for file in file_names(name)}
