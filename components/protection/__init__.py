"""Stand before the page: say what a browser may do with it, and refuse who asks for what no page asks for.

Each is a middleware for `st.App`, and knows no Streamlit but the paths that it serves.
"""

from __future__ import annotations

from components.protection.addresses import KnownAddresses
from components.protection.closed_paths import ClosedPaths
from components.protection.headers import FRAMES_SETTING, SecurityHeaders, hashes_of_inline_scripts, named_sites
from components.protection.hosts import HOSTS_SETTING, KnownHosts, named_hosts
from components.protection.uploads import BoundedUploads, Held

__all__ = [
    "FRAMES_SETTING",
    "HOSTS_SETTING",
    "BoundedUploads",
    "ClosedPaths",
    "Held",
    "KnownAddresses",
    "KnownHosts",
    "SecurityHeaders",
    "hashes_of_inline_scripts",
    "named_hosts",
    "named_sites",
]
