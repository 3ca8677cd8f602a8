"""One change or several to a sound file, from a seed: what damage, and what malice would write."""

import struct
import zlib
from collections.abc import Callable
from random import Random

from benchmarks.hostile_seeds import png_chunk

EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
SIDES = (0, 1, 7, 4000, 15_800, 30_000, 65_500, 0x7FFFFFFF)
_PNG_START = 8
_BOMB_BYTES = 60_000_000


def changed(data: bytes, others: list[bytes], chance: Random) -> bytes:
    """The file after one to four changes; `others` are what parts are taken from."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        ways = _GENERAL + _OWN.get(data[:2], ()) * 2
        data = chance.choice(ways)(data, others, chance)
    return data


def _bits(data: bytes, _others: list[bytes], chance: Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 16))):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _head_bits(data: bytes, others: list[bytes], chance: Random) -> bytes:
    return _bits(data[:200], others, chance) + data[200:]


def _cut(data: bytes, _others: list[bytes], chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice((b"", b"\xff\xd9", data[-20:], bytes(200)))


def _number(data: bytes, _others: list[bytes], chance: Random) -> bytes:
    """A number of 1, 2 or 4 bytes becomes another that is at an edge, or a little more or less."""
    length, order = chance.choice((1, 2, 4)), chance.choice((">", "<"))
    if len(data) < length:
        return data
    at = chance.randrange(len(data) - length + 1)
    kind = order + {1: "B", 2: "H", 4: "I"}[length]
    was = struct.unpack_from(kind, data, at)[0]
    now = chance.choice((*EXTREMES, was + 1, was - 1, was * 2, was // 2))
    return data[:at] + struct.pack(kind, now % (1 << 8 * length)) + data[at + length :]


def _block(data: bytes, others: list[bytes], chance: Random) -> bytes:
    """A part is dropped, doubled, blanked, or comes from another file."""
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice((1, 4, 16, 100, 1000)))
    part, other = data[start:end], chance.choice(others)
    from_there = other[chance.randrange(len(other)) :][: end - start]
    put = chance.choice((b"", part * 2, bytes(len(part)), b"\xff" * len(part), from_there))
    return data[:start] + put + data[end:]


def _segments(data: bytes, _others: list[bytes], chance: Random) -> bytes:
    """A JPEG's segments before its scan: one dropped, doubled, moved, or of another length."""
    parts, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        parts.append(data[at : at + length])
        at += length
    return data[:2] + b"".join(_shuffled(parts, chance)) + data[at:]


def _jpeg_size(data: bytes, _others: list[bytes], chance: Random) -> bytes:
    for marker in (b"\xff\xc0", b"\xff\xc2"):
        at = data.rfind(marker)
        if at >= 0:
            sides = [min(chance.choice(SIDES), 0xFFFF) for _ in range(2)]
            return data[: at + 5] + struct.pack(">HH", *sides) + data[at + 9 :]
    return data


def _directories(data: bytes, _others: list[bytes], chance: Random) -> bytes:
    """An offset in EXIF or TIFF points back: directories in a circle, or ever so many entries."""
    start = max(data.find(b"II*\0"), data.find(b"MM\0*"))
    if start < 0 or start + 60 > len(data):
        return data
    order = "<" if data[start : start + 1] == b"I" else ">"
    at = start + chance.randrange(8, min(len(data) - start - 4, 400))
    target = chance.choice((8, at - start, 8 + 12 * chance.randrange(20), 0xFFFFFFFF))
    put = chance.choice((struct.pack(order + "I", target), struct.pack(order + "H", 0xFFFF)))
    return data[:at] + put + data[at + len(put) :]


def _chunks(data: bytes, _others: list[bytes], chance: Random) -> bytes:
    """A PNG's chunks: one dropped, doubled, moved or changed, its checksum put right."""
    parts = []
    for name, body in _png_parts(data):
        if chance.random() < 0.2 and body:
            body = _number(body, [body], chance)
        parts.append(png_chunk(name, body))
    return data[:_PNG_START] + b"".join(_shuffled(parts, chance))


def _png_size(data: bytes, _others: list[bytes], chance: Random) -> bytes:
    parts = _png_parts(data)
    if not parts or len(parts[0][1]) != 13:
        return data
    head = struct.pack(">II", chance.choice(SIDES), chance.choice(SIDES)) + parts[0][1][8:]
    parts[0] = (parts[0][0], head)
    return data[:_PNG_START] + b"".join(png_chunk(name, body) for name, body in parts)


def _png_bomb(data: bytes, _others: list[bytes], chance: Random) -> bytes:
    """A text, a profile or pixels that unpack to far more than they are."""
    packed = zlib.compress(bytes(_BOMB_BYTES), 9)
    bodies = {
        b"zTXt": b"Comment\0\0" + packed,
        b"iTXt": b"Title\0\1\0en\0\0" + packed,
        b"iCCP": b"icc\0\0" + packed,
        b"IDAT": packed,
        b"eXIf": b"II*\0\x08\0\0\0" + b"\xff\xff" * 20_000,
    }
    name = chance.choice(sorted(bodies))
    at = data.find(b"IDAT") - 4
    return data[:at] + png_chunk(name, bodies[name]) + data[at:] if at > 0 else data


def _boxes(data: bytes, others: list[bytes], chance: Random) -> bytes:
    """A box of HEIC or a chunk of WebP: its size, or a size of the picture in it, is another."""
    names = (b"ispe", b"iloc", b"iinf", b"ipma", b"hvcC", b"av1C", b"mdat", b"meta", b"VP8 ",
             b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"RIFF", b"EXIF", b"ftyp", b"irot",
             b"iref")  # fmt: skip
    there = [at for name in names if (at := data.find(name)) >= 4]
    if not there:
        return _number(data, others, chance)
    at = chance.choice(there) + chance.choice((-4, 4, 8, 12, 16))
    value = chance.choice((*EXTREMES, *SIDES))
    order = chance.choice((">", "<"))
    return data[:at] + struct.pack(order + "I", value) + data[at + 4 :]


def _png_parts(data: bytes) -> list[tuple[bytes, bytes]]:
    parts, at = [], _PNG_START
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        parts.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    return parts


def _shuffled(parts: list[bytes], chance: Random) -> list[bytes]:
    if not parts:
        return parts
    one = chance.randrange(len(parts))
    way = chance.randrange(4)
    if way == 0:
        return parts[:one] + parts[one + 1 :]
    if way == 1:
        return parts[: one + 1] + parts[one:]
    if way == 2:
        chance.shuffle(parts)
        return parts
    longer = parts[one][:2] + struct.pack(">H", chance.choice((0, 1, 2, 0x7FFF, 0xFFFF)))
    return [*parts[:one], longer + parts[one][4:], *parts[one + 1 :]]


Change = Callable[[bytes, list[bytes], Random], bytes]
_GENERAL: tuple[Change, ...] = (_bits, _head_bits, _cut, _number, _number, _block)
_OWN: dict[bytes, tuple[Change, ...]] = {
    b"\xff\xd8": (_segments, _jpeg_size, _directories),
    b"\x89P": (_chunks, _png_size, _png_bomb),
    b"II": (_directories, _number),
    b"MM": (_directories, _number),
    b"\0\0": (_boxes, _boxes),
    b"RI": (_boxes, _boxes),
}
