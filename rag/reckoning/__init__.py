"""What no row of a table says alone: the greatest, a sum, a mean, a count, a difference."""
