"""XML in a ZIP archive: what the readers of Open XML, OpenDocument, HWPX and EPUB share."""
