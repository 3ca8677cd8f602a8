"""What Windows shows of woundtrack's executables: `python version_info.py FILE`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from freeze import version

TEMPLATE = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004,
                    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('CompanyName', 'the woundtrack authors'),
      StringStruct('FileDescription', 'woundtrack'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('LegalCopyright', 'Apache-2.0'),
      StringStruct('ProductName', 'woundtrack'),
      StringStruct('ProductVersion', '{version}')])]),
    VarFileInfo([VarStruct('Translation', [1033, 1200])])
  ]
)
"""


def version_info() -> str:
    """The text that PyInstaller reads."""
    parts = [int(part) for part in version().split(".") if part.isdigit()]
    numbers = tuple([*parts, 0, 0, 0, 0][:4])
    return TEMPLATE.format(numbers=numbers, version=version())


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(version_info(), encoding="utf-8")
