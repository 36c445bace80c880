"""Write the page without a server into a folder: `make site`."""
