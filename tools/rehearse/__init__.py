"""A class of 50 minutes, played in a real browser from the first minute to the last."""
