"""What a person typed is printed as typed: reportlab's paragraphs would obey marks in it."""

import pytest

from woundtrack.report.pdf_styles import paragraph, rich, style

MARKED = "<img src='file:///etc/hostname'/> <b>A</b> & <a href='//x'>B</a> &lt; {0.__class__} %n"


@pytest.mark.parametrize("bold", [False, True])
def test_marks_are_printed_and_open_no_file(bold: bool) -> None:
    assert paragraph(MARKED, style(bold=bold)).getPlainText(identify=True) == MARKED
    made = rich([(MARKED, MARKED)], style(bold=bold))
    assert made.getPlainText(identify=True).replace("\N{NO-BREAK SPACE}", " ").count(MARKED) == 2
    assert not [part for part in made.frags if getattr(part, "cbDefn", None)]
