"""Taking old backups away, then what no backup names any more. Only under the folder's lock."""

from collections.abc import Collection, Sequence

from woundtrack.backup.disk import sync_names
from woundtrack.backup.folder import MANIFESTS, PAGES, VAULT, Folder
from woundtrack.backup.keeping import kept
from woundtrack.backup.manifest import Head, decoded
from woundtrack.backup.pages import photo_names
from woundtrack.backup.types import Keep
from woundtrack.store.vault import file_names


def thin(folder: Folder, heads: Sequence[Head], newest: Collection[str], rule: Keep) -> int:
    """Take away the backups that the rule does not keep; return how many.

    `newest` are the photos of the newest. A backup of which a file is missing neither counts nor
    goes. The manifests go first: what is cut off between leaves files that nothing names, and
    never a backup without its files. Raises OSError, BackupError; then what is left is whole.
    """
    packs = folder.pack_sizes()
    whole = [one for one in heads if packs.keys() >= one.packs]
    keep = kept([one.backup for one in whole], rule)
    gone = {one.backup for one in whole} - keep
    for backup in gone:
        backup.path.unlink(missing_ok=True)
    if gone:
        sync_names(folder.path / MANIFESTS)
    remaining = [one for one in heads if one.backup not in gone]
    for name in packs.keys() - {name for one in remaining for name in one.packs}:
        (folder.path / PAGES / name).unlink(missing_ok=True)
    _remove_photos(folder, remaining, newest)
    return len(gone)


def _remove_photos(folder: Folder, remaining: Sequence[Head], newest: Collection[str]) -> None:
    loose = folder.vault_names() - _files(newest)
    if not loose:
        return  # photos are hardly ever taken out of a clinic
    manifests = [decoded(one.backup.path, data_key=folder.data_key) for one in remaining]
    for file in loose - _files(photo_names(folder, manifests)):
        (folder.path / VAULT / file[:2] / file).unlink(missing_ok=True)


def _files(names: Collection[str]) -> set[str]:
    return {file for name in names for file in file_names(name)}
