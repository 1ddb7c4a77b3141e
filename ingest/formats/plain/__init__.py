"""Text, with or without the marks of Markdown, in whatever encoding; subtitles."""
