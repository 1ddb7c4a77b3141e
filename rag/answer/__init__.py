"""What is said from the passages, and whether they bear it out."""
