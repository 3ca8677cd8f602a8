"""Body sites as data: name, sides, SNOMED CT code, the view of the body map that shows it.

Codes are "skin structure of …" concepts of the HL7 wound value set and of DICOM CID 4029
(CLINICAL §6); each passes its Verhoeff check digit, by test.
"""

from dataclasses import dataclass

from woundtrack.errors import RecordError
from woundtrack.records import BodyView, Side
from woundtrack.words import N_, _

PAIRED = (Side.LEFT, Side.RIGHT)
ANY_SIDE = (Side.LEFT, Side.RIGHT, Side.MIDLINE)
MIDLINE = (Side.MIDLINE,)

SIDE_NAMES: dict[Side, str] = {
    Side.LEFT: N_("left"),
    Side.RIGHT: N_("right"),
    Side.MIDLINE: N_("midline"),
}
FEMININE_SIDES: dict[Side, str] = {
    Side.LEFT: N_("left (feminine)"),
    Side.RIGHT: N_("right (feminine)"),
    Side.MIDLINE: N_("midline"),
}
"""How a side is called beside a site whose name is feminine, where a language has that."""

SIDE_CODES: dict[Side, str] = {
    Side.LEFT: "7771000",
    Side.RIGHT: "24028007",
    Side.MIDLINE: "399488007",
}
"""SNOMED CT qualifiers of laterality."""


@dataclass(frozen=True, slots=True)
class Site:
    """One place on the body. `name` is marked for the catalogue; show it through `_`."""

    key: str
    name: str
    sides: tuple[Side, ...]
    snomed: str
    view: BodyView


def _front(key: str, name: str, sides: tuple[Side, ...], snomed: str) -> Site:
    return Site(key, name, sides, snomed, BodyView.FRONT)


def _back(key: str, name: str, sides: tuple[Side, ...], snomed: str) -> Site:
    return Site(key, name, sides, snomed, BodyView.BACK)


_ALL = (
    _front("scalp", N_("scalp"), ANY_SIDE, "43067004"),
    _front("face", N_("face"), ANY_SIDE, "73897004"),
    _front("ear", N_("ear"), PAIRED, "1902009"),
    _front("neck", N_("neck"), ANY_SIDE, "43081002"),
    _front("shoulder", N_("shoulder"), PAIRED, "76552005"),
    _front("axilla", N_("armpit"), PAIRED, "76261009"),
    _front("upper_arm", N_("upper arm"), PAIRED, "371309009"),
    _back("elbow", N_("elbow"), PAIRED, "74757004"),
    _front("antecubital", N_("crook of the elbow"), PAIRED, "17957002"),
    _front("forearm", N_("forearm"), PAIRED, "5742000"),
    _front("wrist", N_("wrist"), PAIRED, "24785000"),
    _front("hand", N_("hand"), PAIRED, "33712006"),
    _front("finger", N_("finger"), PAIRED, "56213003"),
    _front("chest", N_("chest"), ANY_SIDE, "74160004"),
    _front("breast", N_("breast"), PAIRED, "82038008"),
    _front("abdomen", N_("abdomen"), ANY_SIDE, "75093004"),
    _front("lower_abdomen", N_("lower abdomen"), ANY_SIDE, "699914002"),
    _front("flank", N_("flank"), PAIRED, "34284005"),
    _back("back", N_("back"), ANY_SIDE, "66643007"),
    _back("sacral", N_("sacrum"), ANY_SIDE, "51027004"),
    _back("buttock", N_("buttock"), PAIRED, "22180002"),
    _back("gluteal_fold", N_("gluteal fold"), PAIRED, "63029009"),
    _front("hip", N_("hip"), PAIRED, "49812005"),
    _front("trochanter", N_("over the trochanter"), PAIRED, "450693000"),
    _front("inguinal", N_("groin"), PAIRED, "39687006"),
    _front("penis", N_("penis"), MIDLINE, "35900000"),
    _front("glans", N_("glans of the penis"), MIDLINE, "7991003"),
    _front("penile_shaft", N_("shaft of the penis"), MIDLINE, "244118007"),
    _front("scrotum", N_("scrotum"), ANY_SIDE, "81992007"),
    _front("labium", N_("labium"), PAIRED, "73058008"),
    _back("perineum", N_("perineum"), MIDLINE, "48014002"),
    _front("thigh", N_("thigh"), PAIRED, "371305003"),
    _front("thigh_anterior", N_("front of the thigh"), PAIRED, "61248009"),
    _back("thigh_posterior", N_("back of the thigh"), PAIRED, "4578000"),
    _front("thigh_medial", N_("inner thigh"), PAIRED, "73958006"),
    _front("knee", N_("knee"), PAIRED, "63464009"),
    _back("popliteal", N_("hollow of the knee"), PAIRED, "84507004"),
    _front("lower_leg", N_("lower leg"), PAIRED, "75144006"),
    _front("lower_leg_anterior", N_("shin"), PAIRED, "25763004"),
    _back("lower_leg_posterior", N_("back of the lower leg"), PAIRED, "47224004"),
    _front("lower_leg_medial", N_("inner lower leg"), PAIRED, "58226009"),
    _back("calf", N_("calf"), PAIRED, "51059006"),
    _front("ankle", N_("ankle"), PAIRED, "67269001"),
    _front("ankle_medial", N_("inner ankle"), PAIRED, "181563003"),
    _front("ankle_lateral", N_("outer ankle"), PAIRED, "181564009"),
    _front("malleolus", N_("malleolus"), PAIRED, "419975006"),
    _back("heel", N_("heel"), PAIRED, "84607009"),
    _front("foot", N_("foot"), PAIRED, "60496002"),
    _front("toe", N_("toe"), PAIRED, "52034004"),
)

SITES: dict[str, Site] = {site.key: site for site in _ALL}
"""Every site by its key, from head to toe."""


def site_of(key: str) -> Site:
    """The site of a key. Raises RecordError record.unknown_site."""
    try:
        return SITES[key]
    except KeyError:
        raise RecordError("record.unknown_site", site=key) from None


def site_name(key: str) -> str:
    """The site's name in the language in force; the key itself where it is not known."""
    site = SITES.get(key)
    return _(site.name) if site else key


def side_name(side: Side) -> str:
    """ "left", "right" or "midline" in the language in force."""
    return _(SIDE_NAMES[side])


def place_name(site: str, side: Side) -> str:
    """Side and site in the language's own order: "left calf"."""
    known = SITES.get(site)
    if side is Side.MIDLINE and (known is None or Side.LEFT not in known.sides):
        return site_name(site)
    if side is Side.MIDLINE:
        return _("{site}, midline").format(site=site_name(site))
    return _("{side} {site}").format(side=_agreeing(side, site), site=site_name(site))


def _agreeing(side: Side, site: str) -> str:
    """The side as an adjective of this site, in languages where names have a gender."""
    # i18n: keys of the sites whose name is feminine, with spaces between; as here if none
    feminine = _("(no feminine sites)").split()
    return _(FEMININE_SIDES[side]) if site in feminine else side_name(side)
