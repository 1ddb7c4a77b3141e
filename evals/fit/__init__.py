"""Fitting the weights of ranking and gate."""
