"""Measure a class of three hundred in one room, by the room's protocol."""
