"""What a reader library finds in a PDF: its faults, fonts, title and language."""

import io
import re
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True)
class Read:
    """A PDF as a reader sees it."""

    title: str
    language: str
    facts: str
    """All of its metadata in one text."""
    fonts: frozenset[str]
    """Names without their subset's prefix."""
    not_embedded: tuple[str, ...]
    pages: int
    contents: tuple[str, ...]
    """The viewer's list of contents."""
    images_with_metadata: int


def read(data: bytes) -> Read:
    """Read it with pikepdf, which is qpdf: any fault that `qpdf --check` tells fails here."""
    with pikepdf.open(io.BytesIO(data)) as document:
        assert document.check_pdf_syntax() == []
        fonts, bare = set(), []
        for page in document.pages:
            for font in page.resources.get("/Font", {}).values():
                name = str(font.BaseFont).removeprefix("/")
                fonts.add(re.sub(r"^[A-Z]{6}\+", "", name))
                if "/FontFile2" not in font.get("/FontDescriptor", {}):
                    bare.append(name)
        images = [one for page in document.pages for one in page.get_images().values()]
        with document.open_outline() as outline:
            contents = tuple(item.title for item in outline.root)
        return Read(
            title=str(document.docinfo.get("/Title", "")),
            language=str(document.Root.get("/Lang", "")),
            facts=" ".join(str(value) for value in document.docinfo.values()),
            fonts=frozenset(fonts),
            not_embedded=tuple(bare),
            pages=len(document.pages),
            contents=contents,
            images_with_metadata=sum(b"Exif" in one.read_raw_bytes() for one in images),
        )
