"""Korean: letters, readings of Han characters, romanisation."""
