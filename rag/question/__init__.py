"""What a question asks, names and goes back to."""
