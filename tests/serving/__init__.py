"""Several servers as compose.yaml starts them, without Docker: the same files, on loopback and free ports."""
