"""Search for the edits and commands that hold the process longest, in graphs at the limits: `make hogs`."""
