"""Collect every message for people into `playground.pot`, and bring each language's catalogue up to date."""
