"""English: words, the calendar, people by their titles."""
