"""Taking old backups away, then what no backup names any more. Only under the folder's lock."""

from collections.abc import Sequence

from woundtrack.backup.disk import sync_names
from woundtrack.backup.folder import MANIFESTS, PAGES, VAULT, Folder
from woundtrack.backup.keeping import kept
from woundtrack.backup.manifest import Manifest
from woundtrack.backup.pages import photo_names
from woundtrack.backup.types import Keep
from woundtrack.store.vault import file_names


def thin(folder: Folder, manifests: Sequence[Manifest], rule: Keep) -> int:
    """Take away the backups that the rule does not keep; return how many. Raises OSError, ….

    A backup of which a file is missing neither counts nor goes. The manifests go first: what is
    cut off between leaves files that nothing names, and never a backup without its files.
    """
    packs = folder.pack_sizes()
    whole = [one for one in manifests if packs.keys() >= set(one.table.packs)]
    keep = kept([one.backup for one in whole], rule)
    gone = [one for one in whole if one.backup not in keep]
    for manifest in gone:
        manifest.backup.path.unlink(missing_ok=True)
    if gone:
        sync_names(folder.path / MANIFESTS)
    remaining = [one for one in manifests if one not in gone]
    for name in packs.keys() - {name for one in remaining for name in one.table.packs}:
        (folder.path / PAGES / name).unlink(missing_ok=True)
    if gone:  # else every photo that is here was named by the last backup, or will be by the next
        named = photo_names(folder, remaining)
        for file in folder.vault_names() - {file for name in named for file in file_names(name)}:
            (folder.path / VAULT / file[:2] / file).unlink(missing_ok=True)
    return len(gone)
