"""Whether a picture file ends before its picture does, told from its bytes alone.

Decoders fill what is missing with grey and say nothing, so this is asked before them.
"""

JPEG_START = b"\xff\xd8\xff"
PNG_START = b"\x89PNG\r\n\x1a\n"
_STANDALONE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})
_START_OF_SCAN = 0xDA
_TO_THE_END = 0
_LONG_SIZE = 1


def ends_early(data: bytes) -> bool:
    """True where a JPEG, PNG or HEIC/AVIF stops short; False for all else."""
    if data.startswith(JPEG_START):
        return _jpeg_ends_early(data)
    if data.startswith(PNG_START):
        return b"IEND" not in data[-4096:] and b"IEND" not in data
    if data[4:8] == b"ftyp":
        return _boxes_end_early(data)
    return False


def _jpeg_ends_early(data: bytes) -> bool:
    """No end-of-image marker after the first scan begins (ITU-T T.81, B.1 and B.2).

    The search starts behind the header, where a thumbnail has an end marker of its own;
    within a scan 0xFF is always stuffed, so 0xFFD9 there is the end.
    """
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _STANDALONE_MARKERS:
            at += 2
        elif marker == _START_OF_SCAN:
            return data.find(b"\xff\xd9", at) < 0
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return True


def _boxes_end_early(data: bytes) -> bool:
    """A top-level box longer than what is left of the file (ISO/IEC 14496-12, 4.2)."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == _TO_THE_END:
            return False
        if size == _LONG_SIZE:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size < 8:
            return False  # not a box at all: the decoder says what is wrong
        at += size
    return at > len(data)
