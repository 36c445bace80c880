"""The widget in real notebooks: `make hosts` makes their environment, and runs these."""
