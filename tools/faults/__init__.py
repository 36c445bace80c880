"""Work in a real browser under faults, and see that no edit, undo or command is lost, doubled or reordered."""
