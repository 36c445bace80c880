"""The engine against its peers: `make bench`, in an environment of its own."""
