"""The body drawing as data: silhouette and inner lines, front and back, drawn for woundtrack.

Points are (offset from the middle line, distance from the top) on a sheet `WIDTH` by `HEIGHT`
units; the left half of the sheet mirrors the right one. Smooth curves pass through them.
"""

from collections.abc import Iterator

from woundtrack.records import BodyView

WIDTH = 200.0
HEIGHT = 442.0

Points = tuple[tuple[float, float], ...]

_HEAD_TO_LEG: Points = (
    (0, 6), (10, 8), (16.5, 14.5), (19, 25), (19.8, 30), (20.6, 34.5), (19.6, 40), (17.6, 43),
    (15, 52), (10.8, 58.5), (10, 64.5), (11, 72), (17.5, 78.5), (29, 83.5), (39, 88), (46.5, 95),
    (50.5, 106), (52, 118), (54, 134), (56, 150), (58.8, 164), (62.5, 177), (66.5, 191),
    (69.5, 206), (71.8, 218), (75.5, 225.5), (81, 232), (85, 240), (86.6, 247), (84.2, 249.4),
    (81, 244.5), (79.4, 246), (81, 255), (82, 264), (80.4, 268), (78.4, 265), (76.8, 255),
    (77.4, 267), (76, 272.6), (73.8, 269), (72.8, 256.5), (72.4, 267), (70.8, 271), (68.8, 267.5),
    (69, 255.5), (67.2, 262.5), (65.2, 265), (63.6, 260.5), (63.6, 249), (62.2, 238), (61, 229),
    (61.4, 220), (58, 207), (53, 191.5), (48.8, 178), (46, 165.5), (43.4, 150), (40, 134),
    (36.6, 121.5), (35, 132), (33, 146), (30.6, 160), (29.6, 171), (30.8, 183), (33.6, 197),
    (36.4, 212), (38, 227), (38, 243), (36, 263), (32.6, 284), (29, 302), (27, 315), (27.6, 328),
    (29.2, 342), (28.6, 356), (25.6, 373), (21.6, 390),
)  # fmt: skip
_FOOT_FRONT: Points = (
    (19.6, 402), (20.6, 411), (24, 420), (27.4, 428), (26.4, 433), (22.6, 434.6), (18.6, 435.6),
    (13.6, 436), (9.4, 433), (9, 425), (10, 414), (10, 403),
)  # fmt: skip
_FOOT_BACK: Points = (
    (19.2, 402), (20.4, 411), (23.2, 420), (24, 427), (21, 432), (16, 433.6), (11, 431.6),
    (9.4, 424), (9.8, 413), (10, 403),
)  # fmt: skip
_INNER_LEG: Points = (
    (9.2, 390), (7, 371), (5, 352), (5.6, 337), (7.4, 323), (7, 308), (5, 288), (3, 266),
    (1.6, 247), (0, 237),
)  # fmt: skip

_LINES_FRONT: tuple[Points, ...] = (
    ((5, 86), (18, 83.5), (33, 88.5)),
    ((3, 124), (14, 129), (26, 126), (32, 116)),
    ((33, 206), (22, 220), (7, 233)),
    ((10, 314), (12.5, 322), (18, 324), (23.5, 320.5), (25.6, 313)),
    ((48.5, 165), (53, 168), (57.6, 166.5)),
    ((62.6, 222), (67, 223.4), (71.6, 221)),
    ((14, 430.4), (14.4, 434)),
    ((18, 429.6), (18.6, 433.4)),
    ((21.8, 428.4), (22.6, 432.4)),
)
_LINES_BACK: tuple[Points, ...] = (
    ((12, 98), (20, 108), (21, 122), (15, 131)),
    ((2, 238), (12, 245.5), (24, 244), (33, 236)),
    ((9, 316), (17, 320), (25, 315.5)),
    ((9.6, 352), (15, 364), (18.4, 364), (25, 352)),
    ((48, 167), (52, 163.4), (56.6, 166)),
    ((62.6, 222), (67, 223.4), (71.6, 221)),
    ((12, 392), (13.4, 406), (12.4, 416)),
    ((17.6, 392), (16.4, 406), (17.6, 416)),
)
_AXIS_FRONT: tuple[Points, ...] = (((0, 179), (1.1, 181), (0, 183), (-1.1, 181), (0, 179)),)
_AXIS_BACK: tuple[Points, ...] = (((0, 84), (0.4, 130), (0, 186)), ((0, 204), (0.3, 220), (0, 236)))


def silhouette(view: BodyView) -> Points:
    """The closed outline of the body, from the crown clockwise, in sheet units from the middle."""
    foot = _FOOT_FRONT if view is BodyView.FRONT else _FOOT_BACK
    half = (*_HEAD_TO_LEG, *foot, *_INNER_LEG)
    return (*half, *((-x, y) for x, y in reversed(half[1:-1])))


def inner_lines(view: BodyView) -> tuple[Points, ...]:
    """The few open lines inside the outline, both halves."""
    lines, axis = (
        (_LINES_FRONT, _AXIS_FRONT) if view is BodyView.FRONT else (_LINES_BACK, _AXIS_BACK)
    )
    mirrored = tuple(tuple((-x, y) for x, y in line) for line in lines)
    return (*lines, *mirrored, *axis)


def beziers(points: Points, *, closed: bool) -> Iterator[Points]:
    """A Catmull-Rom curve from the first point on: of each piece two control points and its end."""
    count = len(points)

    def at(index: int) -> tuple[float, float]:
        return points[index % count] if closed else points[max(0, min(count - 1, index))]

    for i in range(count if closed else count - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (at(i + step) for step in (-1, 0, 1, 2))
        yield (
            (bx + (cx - ax) / 6, by + (cy - ay) / 6),
            (cx - (dx - bx) / 6, cy - (dy - by) / 6),
            (cx, cy),
        )


def to_unit(offset: float, down: float) -> tuple[float, float]:
    """Sheet units as 0..1 across and 0..1 down the drawing."""
    return (offset + WIDTH / 2) / WIDTH, down / HEIGHT


def from_unit(x: float, y: float) -> tuple[float, float]:
    """0..1 across and down as (offset from the middle line, distance from the top)."""
    return x * WIDTH - WIDTH / 2, y * HEIGHT
