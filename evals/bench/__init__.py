"""Benchmarks of speed and reading."""
