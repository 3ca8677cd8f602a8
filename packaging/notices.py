"""The licences of everything in the frozen folder, collected beside it: `notices.py FOLDER`.

Reads PyInstaller's own list of what it took, and asks each installed package whose file that
is. A file that belongs to nobody ends the build: it would be handed on without its licence.
"""

import ast
import re
import shutil
import sys
import sysconfig
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "build" / "frozen" / "woundtrack"
TEXTS = ROOT / "packaging" / "licences"
LICENCE_NAME = re.compile(r"licen[cs]e|copying|notice|copyright", re.IGNORECASE)

# What packages contain or link beyond what their own files say, with the text that goes with it.
BEYOND: dict[str, tuple[str, tuple[str, ...]]] = {
    "pyside6_essentials": (
        "Qt 6 and its Python modules, under the LGPL 3: separate files that may be replaced.",
        ("LGPL-3", "GPL-3"),
    ),
    "shiboken6": ("Qt for Python's bindings, under the LGPL 3.", ("LGPL-3", "GPL-3")),
    "pillow_heif": (
        "libheif and libde265 under the LGPL 3, x265 under the GPL 2 or later.",
        ("LGPL-3", "GPL-2", "GPL-3"),
    ),
    "opencv-python-headless": (
        "FFmpeg's libraries under the LGPL 2.1, OpenBLAS, libavif, libaom, libvpx and others.",
        ("LGPL-2.1",),
    ),
    "sqlcipher3": ("SQLCipher (Zetetic), SQLite, and OpenSSL under Apache-2.0.", ("SQLCipher",)),
    "shapely": ("GEOS under the LGPL 2.1.", ("LGPL-2.1",)),
    "pyinstaller": (
        "The two executables' own start, under the GPL 2 with an exception for what it starts.",
        (),
    ),
}
# What lies in resources/ under licences of its own.
OURS = (
    (
        "networks",
        "CC BY-NC 4.0 (outline), no licence of its data (tissue)",
        "For non-commercial care, teaching and research; the files may be taken away.",
        ("models/README.md", "models/TISSUE.md"),
    ),
    ("fonts", "OFL-1.1 (Noto Sans), Bitstream Vera (DejaVu Sans)", "", ("fonts/LICENSE",)),
    ("icons", "ISC (Lucide)", "", ("icons/LICENSE",)),
)
INTRODUCTION = """woundtrack and what it is built on

woundtrack's own source is under the Apache License 2.0 (LICENSE, NOTICE). This folder also
holds the libraries below, each under its own licence, with the texts in folders of their names.
Among them is x265, which libheif brings along for writing HEIC (the program only reads it). It
is under the GPL 2 or later: whoever hands this folder on keeps to the GPL as well. The source of
every library is what its page or the Python Package Index offers under the version named here.
"""


def main(folder: Path) -> int:
    """Write the notices; 1 where a file's licence is not known."""
    shipped = _shipped()
    owners, strangers = _owners(shipped)
    if strangers:
        print("Whose licence?", *sorted(strangers), sep="\n  ")
        return 1
    target = folder / "licences"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in ("LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, target / name)
    lines = [INTRODUCTION]
    for name, licence, remark, texts in OURS:
        kept = [_kept(ROOT / "resources" / text, target / name) for text in texts]
        lines.append(_entry(name, "", licence, remark, kept))
    lines.append(_entry("Python", sys.version.split()[0], "PSF-2.0", "", _python_texts(target)))
    for owner in sorted(owners, key=lambda each: each.name.lower()):
        lines.append(_package(owner, target))
    (target / "THIRD-PARTY-NOTICES.txt").write_text("\n".join(lines), encoding="utf-8")
    print(f"{len(owners) + 1} licences in {target.relative_to(ROOT)}")
    return 0


def _shipped() -> set[Path]:
    """The files that PyInstaller took, resolved."""
    found = set()
    for listing in ("COLLECT-00.toc", "PYZ-00.toc"):
        content = ast.literal_eval((LISTS / listing).read_text(encoding="utf-8"))
        found |= set(re.findall(r"'((?:/|[A-Za-z]:)[^']+)'", repr(content)))
    return {Path(each.replace("\\\\", "\\")).resolve() for each in found}


def _owners(shipped: set[Path]) -> tuple[list[Distribution], set[Path]]:
    """The packages that own shipped files, and the files that nobody owns."""
    owner_of = {}
    for distribution in distributions():
        for file in distribution.files or []:
            owner_of[Path(str(file.locate())).resolve()] = distribution
    packages = Path(sysconfig.get_path("purelib")).resolve()
    python = [Path(sys.base_prefix).resolve(), Path(sysconfig.get_path("stdlib")).resolve()]
    owned = {path: owner_of[path] for path in shipped if path in owner_of}
    strangers = {
        path
        for path in shipped - owned.keys()
        if path.is_file()
        and (packages in path.parents or not any(root in path.parents for root in (ROOT, *python)))
        and "site-packages/__pycache__" not in path.as_posix()
        and not path.name.startswith("libpython")
        and not _of_windows(path)
    }
    named = {distribution.name: distribution for distribution in owned.values()}
    named |= {each.name: each for each in distributions() if each.name.lower() == "pyinstaller"}
    return list(named.values()), strangers


def _of_windows(path: Path) -> bool:
    return sys.platform == "win32" and "windows" in path.parts[1].lower()


def _python_texts(target: Path) -> list[str]:
    """Python's licence: in its library's folder, or beside the interpreter on Windows."""
    for folder in (sysconfig.get_path("stdlib"), sys.base_prefix, "/usr/share/doc/python3"):
        for name in ("LICENSE.txt", "LICENSE", "copyright"):
            if (Path(folder) / name).is_file():
                return [_kept(Path(folder) / name, target / "Python")]
    raise SystemExit("Python's own licence was not found.")


def _package(owner: Distribution, target: Path) -> str:
    place = target / owner.name
    kept = []
    for file in owner.files or []:
        path = Path(str(file.locate()))
        parts = Path(str(file)).parts
        if parts[0].endswith(".dist-info") and "licenses" in parts:  # in folders: names repeat
            within = parts[parts.index("licenses") + 1 : -1]
            kept.append(_kept(path, place.joinpath(*within)))
        elif LICENCE_NAME.search(path.name) and path.suffix not in (".py", ".pyc", ".pyi"):
            kept.append(_kept(path, place))
    remark, more = BEYOND.get(owner.name.lower(), ("", ()))
    kept += [_kept(TEXTS / f"{name}.txt", place) for name in more]
    licence = owner.metadata.get("License-Expression") or owner.metadata.get("License") or ""
    first = licence.strip().splitlines()[0] if licence.strip() else "see its text"
    if not kept:
        # Packages that state Apache-2.0 and bring no text: ours is the same.
        if "apache" not in first.lower():
            raise SystemExit(f"{owner.name} is shipped, and brings no licence: {first}")
        kept.append(_kept(ROOT / "LICENSE", place))
    return _entry(owner.name, owner.version, first, remark, kept)


def _kept(source: Path, place: Path) -> str:
    place.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, place / source.name)
    return source.name


def _entry(name: str, version: str, licence: str, remark: str, texts: list[str]) -> str:
    lines = [f"{name} {version}".strip() + f": {licence}"]
    if remark:
        lines.append(f"  {remark}")
    lines.append(f"  texts in {name}/: {', '.join(sorted(set(texts)))}")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
