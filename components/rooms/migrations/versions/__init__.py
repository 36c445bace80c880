"""The steps of the database's history, in the order of their numbers."""
