"""Write catalogues so that nothing in them changes unless a message does: no dates, no line numbers."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from engine.messages.catalogues import CANVAS_DOMAIN, DOMAIN, FOLDER
from tools.messages.extract import is_of_canvas, template

TEMPLATE: Final = FOLDER / f"{DOMAIN}.pot"
_NO_DATE: Final = datetime(1970, 1, 1, tzinfo=UTC)  # Babel would write the present one


def template_text() -> str:
    """Return what `playground.pot` has to be."""
    return _text(template(), "# Every message of Backprop Playground; made by `make messages`.\n")


def renew() -> list[Path]:
    """Write the template, merge it into every language's messages, compile these; return the files that changed."""
    changed = [*_write(TEMPLATE, template_text().encode())]
    for path in sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        catalogue = read_translation(path)
        catalogue.update(template(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        changed += _write(path, _text(catalogue, "").encode())
        changed += _write(path.with_suffix(".mo"), compiled(catalogue))
        changed += _write(path.with_name(f"{CANVAS_DOMAIN}.mo"), compiled(of_canvas(catalogue)))
    return changed


def read_translation(path: Path) -> Catalog:
    """Return a language's catalogue; the folder that it stands in says which language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], domain=DOMAIN)


def of_canvas(catalogue: Catalog) -> Catalog:
    """Return what of a catalogue the browser says by itself: only that travels to it."""
    part = Catalog(locale=catalogue.locale, domain=CANVAS_DOMAIN, fuzzy=False)
    for message in catalogue:
        if message.id and is_of_canvas(message):
            part[message.id] = message
    return part


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it; a message that is not translated is left out."""
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    written = io.BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def _text(catalogue: Catalog, heading: str) -> str:
    written = io.BytesIO()
    write_po(written, catalogue, sort_output=True, include_lineno=False, omit_header=True, width=120)
    header = ["Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"]
    if catalogue.locale is not None:
        header += [f"Language: {catalogue.locale}", f"Plural-Forms: {catalogue.plural_forms}"]
    head = "".join(f'"{line}\\n"\n' for line in header)
    return f'{heading}msgid ""\nmsgstr ""\n{head}\n{written.getvalue().decode().lstrip()}'


def _write(path: Path, content: bytes) -> list[Path]:
    if path.is_file() and path.read_bytes() == content:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return [path]
