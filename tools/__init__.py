"""What keeps the project: benchmarks and the pictures in its README."""
