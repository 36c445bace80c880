"""A lesson as a package for a course's system (SCORM 1.2): a page with the playground in a frame, and what it reports.

ADL, SCORM Version 1.2 (2001): the Content Aggregation Model says what stands in `imsmanifest.xml`, and in which order
(its schemas are imscp_rootv1p1p2.xsd, adlcp_rootv1p2.xsd and imsmd_rootv1p2p1.xsd), the Run-Time Environment what the
page may tell. The playground itself stays on its server: the package holds its address and the lesson, and no program.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from components.exports.markup import Markup, document, tag
from engine.errors import PlaygroundError
from engine.messages import current_language, say

_PAGE: Final = "index.html"
_SCRIPT: Final = "course_page.js"
_LONGEST_TITLE: Final = 200  # imscp: titleType
_LONGEST_DESCRIPTION: Final = 2000  # imsmd: description
_WRITTEN: Final = (1980, 1, 1, 0, 0, 0)
"""The date of each file in the package: the same lesson makes the same package, bit for bit."""
_STYLE: Final = """
html, body { margin: 0; }
iframe { display: block; width: 100%; height: 640px; border: 0; }
p { margin: 8px 12px; font: 15px/1.4 system-ui, sans-serif; }
"""


def course_package(address: str, link: str, *, title: str, question: str = "") -> bytes:
    """Return the package, a zip: the lesson that `link` holds, on the playground at `address`.

    Raises PlaygroundError where the address is none.
    """
    where = _embedded(address, link)
    files = {
        "imsmanifest.xml": _manifest(link, title, question),
        _PAGE: _page(where, title),
        _SCRIPT: (Path(__file__).parent / _SCRIPT).read_text("utf-8"),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _WRITTEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text)
    return held.getvalue()


def _embedded(address: str, link: str) -> str:
    try:
        parts = urlsplit(address)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or parts.query or parts.fragment:
        raise PlaygroundError(
            say("“{address}” is no address of a playground, such as https://school.example/backprop.", address=address)
        )
    return f"{address.rstrip('/')}/?{urlencode({'graph': link, 'embed': 1})}"


def _page(where: str, title: str) -> str:
    told = {
        "alone": say("No course is around this page: what you answer is reported to nobody."),
        "refused": say("The course does not take what is reported to it."),
    }
    # The playground's own script and store, and nothing else: no forms, no windows, no way out of the frame.
    frame = {"id": "playground", "title": title, "data-address": where, "sandbox": "allow-scripts allow-same-origin"}
    head = [
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("title", None, title),
        tag("style", None, Markup(_STYLE)),
    ]
    trouble = {"id": "trouble", "role": "status", "hidden": "", **{f"data-{name}": text for name, text in told.items()}}
    body = [tag("iframe", frame), tag("p", trouble), tag("script", {"src": _SCRIPT})]
    return document(current_language(), head, body)


def _manifest(link: str, title: str, question: str) -> str:
    named = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "lesson"
    digest = hashlib.sha256(link.encode()).hexdigest()[:12]
    heading = tag("title", None, _cut(title, _LONGEST_TITLE))
    general = [tag("title", None, _said(title)), *([tag("description", None, _said(question))] if question else [])]
    about = tag(
        "metadata",
        None,
        tag("schema", None, "ADL SCORM"),
        tag("schemaversion", None, "1.2"),
        tag("lom", {"xmlns": "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"}, tag("general", None, *general)),
    )
    item = tag("item", {"identifier": "lesson", "identifierref": "page", "isvisible": "true"}, heading)
    organization = tag("organization", {"identifier": "course"}, heading, item)
    files = [tag("file", {"href": name}) for name in (_PAGE, _SCRIPT)]
    page = {"identifier": "page", "type": "webcontent", "adlcp:scormtype": "sco", "href": _PAGE}
    manifest = tag(
        "manifest",
        {
            "identifier": f"backprop-playground-{named[:40]}-{digest}",
            "version": "1.0",
            "xmlns": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
            "xmlns:adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
        },
        about,
        tag("organizations", {"default": "course"}, organization),
        tag("resources", None, tag("resource", page, *files)),
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{manifest}\n'


def _said(text: str) -> Markup:
    return tag("langstring", {"xml:lang": current_language()}, _cut(text, _LONGEST_DESCRIPTION))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
