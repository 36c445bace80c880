"""The database's history, one file a step in `versions`; `database` brings it up to date before its first use."""
