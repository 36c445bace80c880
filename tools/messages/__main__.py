"""`make messages`: renew the template and every language's catalogue."""

from __future__ import annotations

from tools.messages.extract import ROOT, template
from tools.messages.files import renew

changed = renew()
print(f"{len(template())} messages; " + (", ".join(str(path.relative_to(ROOT)) for path in changed) or "no change"))
