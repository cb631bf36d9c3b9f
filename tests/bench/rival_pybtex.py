# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a file with pybtex, going on after its errors."""
import sys

from pybtex import errors
from pybtex.database.input import bibtex

errors.set_strict_mode(False)
with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
    print(len(bibtex.Parser().parse_stream(file).entries))
