"""Folders that a service keeps in step with other computers: by their names, and what is inside."""

from pathlib import Path

import pytest

from tests.clinics import PASSPHRASE
from woundtrack.errors import StoreError
from woundtrack.explain import explain
from woundtrack.store.clinic import create_clinic
from woundtrack.store.keys import CHEAP
from woundtrack.store.synced import synced_by


@pytest.mark.parametrize(
    ("place", "service"),
    [
        ("/home/ada/OneDrive/clinic", "OneDrive"),
        ("/home/ada/OneDrive - Ward 4/Documents/c", "OneDrive"),
        ("/home/ada/Dropbox (Ward 4)/c", "Dropbox"),
        ("/Users/ada/Library/CloudStorage/GoogleDrive-ada@x.org/My Drive", "Google Drive"),
        ("/Users/ada/Library/CloudStorage/NewService-Ward/c", "NewService"),
        ("/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/c", "iCloud Drive"),
        ("/home/ada/Nextcloud/c", "Nextcloud"),
        ("/home/ada/clinic", ""),
        ("/home/ada/Boxes/Dropboxes/OneDriver/c", ""),
    ],
)
def test_by_its_name(place: str, service: str) -> None:
    assert synced_by(Path(place), environment={}) == service


def test_by_what_lies_in_it_and_by_what_the_account_says(tmp_path: Path) -> None:
    folder = tmp_path / "wounds" / "clinic"
    folder.mkdir(parents=True)
    assert synced_by(folder, environment={}) == ""
    assert synced_by(folder, environment={"OneDriveCommercial": str(tmp_path)}) == "OneDrive"
    (tmp_path / "wounds" / ".stfolder").mkdir()
    assert synced_by(folder, environment={}) == "Syncthing"


def test_a_link_into_one_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    assert synced_by(tmp_path / "plain" / "clinic", environment={}) == "Dropbox"


def test_no_new_clinic_is_made_there(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive" / "clinic"
    with pytest.raises(StoreError) as refused:
        create_clinic(folder, clinic_name="C", user_name="Ada", passphrase=PASSPHRASE, cost=CHEAP)
    assert "OneDrive" in explain(refused.value)
    assert not folder.parent.exists()
