"""Measure the server's memory while class after class comes, builds, votes and goes."""
