"""Gold sets, metrics and benchmarks: what the project steers by."""
