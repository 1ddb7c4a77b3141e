"""How well passages and their sentences answer, and whether any does."""
