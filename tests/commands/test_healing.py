"""`woundtrack healing`: the published vectors, the contract of its lines, and bad tables."""

import json
import math
from pathlib import Path

import pytest

from woundtrack import cli
from woundtrack.healing import rows

KEYS = [
    "lesion", "par_pct", "gilman_cm_per_week", "log_slope_per_week", "ci95", "t50_days",
    "t90_days", "by_therapy", "beyond_error", "first_closed", "confirmed_closed", "trajectory",
    "caution", "refused",
]  # fmt: skip
RATE_KEYS = [
    "therapies", "phase", "exposure_days", "n_visits", "log_slope_per_week", "ci95",
    "delta_vs_before", "delta_ci95", "refused",
]  # fmt: skip
HEAD = "lesion,date,area_cm2"
TWO = f"{HEAD}\nA,2026-01-01,10\nA,2026-01-29,5\n"


class Tables:
    """Runs the command on tables written for the occasion."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def run(self, visits: str | bytes, courses: str = "", *more: str) -> tuple[int, str, str]:
        """Exit status, standard output and standard error."""
        path = self.folder / "visits.csv"
        path.write_bytes(visits if isinstance(visits, bytes) else visits.encode())
        arguments = ["healing", str(path), *more]
        if courses:
            (self.folder / "courses.csv").write_text(courses)
            arguments += ["--courses", str(self.folder / "courses.csv")]
        status = cli.main(arguments)
        return status, *self.capsys.readouterr()

    def lines(self, visits: str, courses: str = "") -> tuple[int, list[dict]]:
        """Exit status and the objects of `--json`."""
        status, out, err = self.run(visits, courses, "--json")
        assert err == ""
        return status, [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Tables:
    """The command on tables in a folder of the test's own."""
    return Tables(tmp_path, capsys)


def weekly(*areas: object, lesion: str = "A") -> str:
    """Lines of visits on the 1st, 8th, 15th and 22nd of each month."""
    return "".join(f"{lesion},2026-{1 + i // 4:02}-{1 + 7 * (i % 4):02},{a}\n"
                   for i, a in enumerate(areas))  # fmt: skip


@pytest.mark.parametrize(
    ("first", "later", "par_pct", "gilman"),
    [
        ((math.pi * 4, math.pi * 4), (math.pi * 2.25, math.pi * 3), 43.75, 0.125),
        ((14.1372, 14.5327), (6.2832, 9.6884), 55.56, 0.16213),
        ((16, 16), (9, 12), 43.75, 0.125),
        ((11.76, ""), (6.20, ""), 47.3, None),
        ((3.1, ""), (1.9, ""), 38.7, None),
    ],
)
def test_published_vectors(
    tables: Tables,
    first: tuple[float, object],
    later: tuple[float, object],
    par_pct: float,
    gilman: float | None,
) -> None:
    text = f"{HEAD},perimeter_cm\nA,2026-01-01,{first[0]},{first[1]}\n"
    status, (line,) = tables.lines(text + f"A,2026-01-29,{later[0]},{later[1]}\n")
    assert status == 0
    decimals = len(str(par_pct).partition(".")[2])
    assert round(line["par_pct"], decimals) == par_pct
    assert (line["gilman_cm_per_week"] and round(line["gilman_cm_per_week"], 5)) == gilman


def test_halving_in_four_weeks(tables: Tables) -> None:
    _status, (line,) = tables.lines(f"{HEAD}\nA,2026-01-01,20\nA,2026-01-29,10\n")
    assert round(line["t50_days"], 1) == 28.0
    assert round(line["t90_days"], 1) == 93.0
    assert line["log_slope_per_week"] is None
    three = f"{HEAD}\nA,2026-01-01,20\nA,2026-01-29,10\nA,2026-02-26,5\n"
    _status, (line,) = tables.lines(three)
    assert round(line["log_slope_per_week"] / 7, 6) == -0.024755
    assert line["ci95"] == pytest.approx([line["log_slope_per_week"]] * 2, rel=1e-5)


def test_the_keys_are_the_contract(tables: Tables) -> None:
    visits = f"{HEAD},area_sd_cm2\n" + weekly(*(f"{10 - i},0.3" for i in range(9)))
    status, (line,) = tables.lines(visits, "lesion,therapy,start\nA,STS,2026-01-29\n")
    assert status == 0
    assert list(line) == KEYS
    assert [list(rate) for rate in line["by_therapy"]] == [RATE_KEYS] * 3
    assert [rate["phase"] for rate in line["by_therapy"]] == ["before", "during", "after"]
    during, after = line["by_therapy"][1:]
    assert during["therapies"] == ["STS"]
    low, high = during["delta_ci95"]
    assert low < during["delta_vs_before"] < high
    assert after["refused"]["code"] == "healing.too_few_visits"
    assert (after["log_slope_per_week"], after["ci95"]) == (None, None)
    assert "placebo" in line["caution"]
    assert line["beyond_error"] is True


def test_lines_out_of_order_are_put_in_the_order_of_their_days(tables: Tables) -> None:
    head, *lines = (HEAD + "\n" + weekly(9, 8, 6, 5)).splitlines()
    _status, one = tables.lines("\n".join([head, *lines]))
    _status, other = tables.lines("\n".join([head, *reversed(lines)]))
    assert one == other


def test_semicolons_and_decimal_commas_are_read_as_a_french_spreadsheet_writes_them(
    tables: Tables,
) -> None:
    text = "\ufeffLesion;Date;area_cm2\r\nA;2026-01-01;10,5\r\n\r\nA;2026-01-29;5,25\r\n"
    _status, (line,) = tables.lines(text)
    assert line["par_pct"] == 50


def test_a_closed_lesion_has_its_two_dates_and_no_exponential_time(tables: Tables) -> None:
    visits = f"{HEAD},closed\n" + weekly("5,", "3,", "2,no", ",yes", "0,1", ",true")
    status, (line,) = tables.lines(visits)
    assert status == 0
    assert (line["first_closed"], line["confirmed_closed"]) == ("2026-01-22", "2026-02-08")
    assert line["par_pct"] == 100
    assert line["t50_days"] is None
    assert line["log_slope_per_week"] < -0.4


def test_a_lesion_that_reopens_is_not_closed(tables: Tables) -> None:
    _status, (line,) = tables.lines(f"{HEAD},closed\n" + weekly("5,", ",yes", ",yes", ",yes", "2,"))
    assert (line["first_closed"], line["confirmed_closed"]) == (None, None)
    assert line["par_pct"] == 60
    _status, (line,) = tables.lines(f"{HEAD},closed\n" + weekly(",yes", "2,", "1,"))
    assert line["par_pct"] == 50


def test_a_visit_without_an_area_is_no_zero(tables: Tables) -> None:
    _status, (line,) = tables.lines(HEAD + "\n" + weekly(10, "", 5))
    assert line["par_pct"] == 50
    assert [each["par_pct"] for each in line["trajectory"]] == [50]
    _status, (line,) = tables.lines(HEAD + "\n" + weekly("", 10, 5, ""))
    assert line["par_pct"] == 50


@pytest.mark.parametrize("areas", [(10,), (10, ""), ("", ""), ("",)])
def test_one_size_is_refused_with_the_reason_and_the_rest_go_on(
    tables: Tables, areas: tuple[object, ...]
) -> None:
    status, (one, two) = tables.lines(HEAD + "\n" + weekly(*areas) + weekly(8, 4, lesion="B"))
    assert status == 3
    assert one["refused"]["code"] == "measure.no_baseline"
    assert [one[key] for key in KEYS[1:7]] == [None] * 6
    assert (two["par_pct"], two["refused"]) == (50, None)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("A,2026-02-01,0,,,", "line_zero"),
        ("A,2026-02-01,-3,,,", "line_negative"),
        ("A,2026-02-01,nan,,,", "line_number"),
        ("A,2026-02-01,12 cm²,,,", "line_number"),
        ('A,2026-02-01,"4,5",,,', "line_number"),
        ("A,2026-02-01,9000,,,", "line_large"),
        ("A,2026-02-01,4,5,,", "line_sd"),
        ("A,2026-02-01,4,,70.9,", "line_perimeter"),
        ("A,2026-02-01,400,,7.09,", "line_perimeter"),
        ("A,2026-02-01,4,,,maybe", "line_closed"),
        ("A,2026-02-01,4,,,yes", "line_closed_area"),
        ("A,2026-01-01,4,,,", "line_same_day"),
        ("A,01/02/2026,4,,,", "line_date"),
        ("A,2026-02-30,4,,,", "line_date"),
        ("A,,4,,,", "line_date"),
    ],
)
def test_what_is_wrong_in_a_line_refuses_its_lesion_and_names_the_line(
    tables: Tables, line: str, code: str
) -> None:
    head = f"{HEAD},area_sd_cm2,perimeter_cm,closed"
    text = f"{head}\nA,2026-01-01,5,,,\n{line}\nB,2026-01-01,5,,,\nB,2026-01-15,4,,,\n"
    status, (one, two) = tables.lines(text)
    assert status == 3
    assert one["refused"]["code"] == f"healing.{code}"
    assert "visits.csv, line 3: " in one["refused"]["sentence"]
    assert [one[key] for key in KEYS[1:8]] == [None] * 6 + [[]]
    assert two["refused"] is None


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("A,STS,2026-01-20,2026-01-10", "line_stop"),
        ("A,STS,soon,", "line_date"),
        ("A,STS,2026-01-20,later", "line_date"),
        ("A,,2026-01-20,", "line_no_therapy"),
    ],
)
def test_what_is_wrong_with_a_course_refuses_its_lesion(
    tables: Tables, line: str, code: str
) -> None:
    status, (one,) = tables.lines(TWO, f"lesion,therapy,start,stop\n{line}\n")
    assert status == 3
    assert one["refused"]["code"] == f"healing.{code}"
    assert "courses.csv, line 2: " in one["refused"]["sentence"]


@pytest.mark.parametrize(
    ("visits", "said"),
    [
        ("", "visits.csv has no lines below its head"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "visits.csv, line 1: this is no table"),
        (HEAD.encode() + b"\nA,2026-01-01,\xe9\n", "visits.csv, line 2: this is no table"),
        (f"{HEAD}\nA,2026-01-01,\x00\n", "visits.csv, line 2: this is no table"),
        (f'{HEAD}\nA,2026-01-01,"5\n', "visits.csv, line 2: this is no table"),
        ("Dear colleague, see the photo.\n", "the head lacks lesion, date and area_cm2"),
        (f"{HEAD}\n\n,,\n", "has no lines below its head"),
        ("lesion,date\nA,2026-01-01\n", "the head lacks area_cm2"),
        ("lesion,date,area_mm2,area_cm2\nA,2026-01-01,5\n", "no column “area_mm2”"),
        ("lesion,date,area_cm2,date\nA,2026-01-01,5,\n", "“date” comes twice"),
        (f"{HEAD}\nA,2026-01-01,5,5\n", "line 2: 4 fields for 3 columns"),
        (f"{HEAD}\n,2026-01-01,5\n", "line 2: the lesion has no name"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(
    tables: Tables, visits: str | bytes, said: str
) -> None:
    status, out, err = tables.run(visits)
    assert (status, out) == (3, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_course_of_an_unknown_lesion_is_refused(tables: Tables) -> None:
    status, out, err = tables.run(TWO, "lesion,therapy,start\nA,STS,2026-01-02\na,STS,2026-01-02\n")
    assert (status, out) == (3, "")
    assert "courses.csv, line 3: the table of visits has no lesion “a”" in err


def test_a_table_that_is_not_there_or_too_large_is_refused(
    tables: Tables, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["healing", str(tables.folder / "gone.csv")]) == 3
    assert "gone.csv could not be read" in capsys.readouterr().err
    assert cli.main(["healing", str(tables.folder)]) == 3
    assert "could not be read" in capsys.readouterr().err
    with (tables.folder / "huge.csv").open("wb") as huge:
        huge.truncate(rows.LARGEST_BYTES + 1)
    assert cli.main(["healing", str(tables.folder / "huge.csv")]) == 3
    assert "huge.csv is larger than 20 MB" in capsys.readouterr().err


def test_without_json_it_is_readable_and_says_that_sequence_is_not_cause(tables: Tables) -> None:
    visits = f"{HEAD},closed\n" + weekly("9,", "8,", "8,", "7,", "5,", "4,", ",yes")
    status, out, _err = tables.run(visits + "B,2026-01-01,3,\n",
                                   "lesion,therapy,start\nA,STS,2026-01-22\n")  # fmt: skip
    assert status == 3
    assert "A: −100.0 % in 45 days" in out
    assert "during STS: 24 days, 4 visits, ln area −" in out
    assert "difference from before −" in out
    assert "after STS: A rate of this phase needs 3 visits with a size; it has 0." in out
    assert "B: There is no first area to compare with." in out
    assert "Sequence is not cause" in out
    assert "Sequence is not cause" not in tables.run(TWO)[1]
