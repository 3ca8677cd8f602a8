"""What argparse itself says, in the one catalogue: usage, the heads of its help, its refusals."""

import gettext
import os

from woundtrack.paths import resources_dir
from woundtrack.words import N_

SAID = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("unrecognized arguments: %s"),
    N_("not allowed with argument %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("expected at most one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
)
"""As they stand in the standard library; what another version words otherwise stays English."""


def teach_argparse(language: str) -> None:
    """Have argparse speak a language of the catalogue, for the rest of this process.

    It asks the gettext module for its words, by the process's domain and environment.
    """
    gettext.bindtextdomain("woundtrack", str(resources_dir() / "locale"))
    gettext.textdomain("woundtrack")
    os.environ["LANGUAGE"] = language
