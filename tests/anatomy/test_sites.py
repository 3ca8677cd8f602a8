"""Every site of the clinical facts is there, coded right and classed by the published rule."""

import pytest

from woundtrack.anatomy.places import fits_sex, point_of, regions, site_at
from woundtrack.anatomy.rule import RULE_VERSION, class_name, classify
from woundtrack.anatomy.sites import SIDE_CODES, SITES, place_name, site_of
from woundtrack.errors import RecordError
from woundtrack.records import BodyView, Sex, Side, SiteClass

# CLINICAL §6, code by code.
EXPECTED = {
    SiteClass.CENTRAL: (
        "75093004 699914002 34284005 74160004 66643007 51027004 22180002 63029009 49812005"
        " 450693000 371305003 61248009 4578000 73958006 39687006"
    ),
    SiteClass.PERIPHERAL: (
        "75144006 25763004 47224004 58226009 51059006 67269001 181563003 181564009 419975006"
        " 84607009 60496002 5742000 24785000 33712006"
    ),
    SiteClass.ACRAL: "56213003 52034004",
    SiteClass.GENITAL: "35900000 7991003 244118007 81992007 73058008 48014002",
    SiteClass.BREAST: "82038008",
    SiteClass.UNCLASSIFIED: (
        "63464009 84507004 74757004 17957002 371309009 76552005 76261009 43081002 73897004"
        " 1902009 43067004"
    ),
}

# Verhoeff's tables: the dihedral group D5, and the permutation applied again at each place.
_PERMUTATION = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _times(a: int, b: int) -> int:
    if a < 5:
        return (a + b) % 5 + (0 if b < 5 else 5)
    return (a - b) % 5 + (5 if b < 5 else 0)


def verhoeff_ok(code: str) -> bool:
    """Whether the last digit is the Verhoeff check digit of the others."""
    check = 0
    for place, digit in enumerate(reversed(code)):
        value = int(digit)
        for _ in range(place % 8):
            value = _PERMUTATION[value]
        check = _times(check, value)
    return check == 0


def test_the_verhoeff_check_knows_a_wrong_code() -> None:
    assert verhoeff_ok("2363")
    assert not verhoeff_ok("2364")
    assert not verhoeff_ok("75093005")


@pytest.mark.parametrize("code", [s.snomed for s in SITES.values()] + list(SIDE_CODES.values()))
def test_every_code_passes_its_check_digit(code: str) -> None:
    assert verhoeff_ok(code)


@pytest.mark.parametrize("site_class", list(EXPECTED))
def test_each_class_holds_exactly_its_sites(site_class: SiteClass) -> None:
    found = {s.snomed for s in SITES.values() if classify(s.key) is site_class}
    assert found == set(EXPECTED[site_class].split())


def test_the_whole_forearm_is_not_mistaken_for_its_skin() -> None:
    assert "14975008" not in {site.snomed for site in SITES.values()}


def test_the_rule_has_a_version_and_refuses_an_unknown_site() -> None:
    assert RULE_VERSION
    assert class_name(SiteClass.ACRAL) == "acral"
    with pytest.raises(RecordError) as caught:
        classify("tail")
    assert caught.value.code == "record.unknown_site"


def test_left_is_the_patients_own() -> None:
    assert site_at(BodyView.BACK, 0.42, 0.78) == ("calf", Side.LEFT)
    assert site_at(BodyView.BACK, 0.58, 0.78) == ("calf", Side.RIGHT)
    assert site_at(BodyView.FRONT, 0.58, 0.71) == ("knee", Side.LEFT)
    assert site_at(BodyView.FRONT, 0.42, 0.71) == ("knee", Side.RIGHT)


def test_the_middle_of_the_belly_is_midline_and_beside_it_is_not() -> None:
    assert site_at(BodyView.FRONT, 0.5, 0.38) == ("abdomen", Side.MIDLINE)
    assert site_at(BodyView.FRONT, 0.56, 0.38) == ("abdomen", Side.LEFT)
    assert site_at(BodyView.FRONT, 0.02, 0.02) is None


def test_the_map_offers_genital_sites_by_sex() -> None:
    assert site_at(BodyView.FRONT, 0.51, 0.51, sex=Sex.FEMALE) == ("labium", Side.LEFT)
    assert site_at(BodyView.FRONT, 0.51, 0.51, sex=Sex.MALE) == ("penis", Side.MIDLINE)
    assert not fits_sex("labium", Sex.MALE)


@pytest.mark.parametrize("site", sorted({r.site for view in BodyView for r in regions(view)}))
def test_the_point_of_a_site_lies_on_that_site(site: str) -> None:
    for side in site_of(site).sides:
        found = point_of(site, side)
        assert found is not None
        view, x, y = found
        hit = site_at(view, x, y, sex=Sex.FEMALE if site == "labium" else Sex.MALE)
        assert hit is not None
        assert hit[1] is side


def test_regions_are_on_the_sheet_and_known() -> None:
    for view in BodyView:
        for region in regions(view):
            assert region.site in SITES
            assert region.side is None or region.side in SITES[region.site].sides


def test_places_are_named_with_their_side() -> None:
    assert place_name("calf", Side.LEFT) == "left calf"
    assert place_name("penis", Side.MIDLINE) == "penis"
    assert place_name("abdomen", Side.MIDLINE) == "abdomen, midline"
