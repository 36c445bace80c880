"""Measure a class: many students on one server, each a client that speaks the page's protocol."""
