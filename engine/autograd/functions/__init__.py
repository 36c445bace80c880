"""The ops, a family a file. Every module here is imported, so that a new file is enough for a new family."""

import importlib
import pkgutil

from engine.autograd.arraylike import ArrayLike, bind_operators

for _module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
    importlib.import_module(f"{__name__}.{_module.name}")
bind_operators()
ArrayLike.__getitem__ = importlib.import_module(f"{__name__}.indexing").get_item  # type: ignore[method-assign]
