"""Hand a graph out as files: a web page that opens offline, the derivation as LaTeX, worksheets with their keys.

A lesson is handed out as a package for a course's system.
"""

from __future__ import annotations

from components.exports.course_package import course_package
from components.exports.derivation import derivation_in_pieces
from components.exports.exported import Exported, Paper
from components.exports.web_page import web_page
from components.exports.worksheet import Blanks, Worksheet, blanks_of, worksheet_in_pieces

__all__ = [
    "Blanks",
    "Exported",
    "Paper",
    "Worksheet",
    "blanks_of",
    "course_package",
    "derivation_in_pieces",
    "web_page",
    "worksheet_in_pieces",
]
