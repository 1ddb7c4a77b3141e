"""Word, PowerPoint and Excel in Open XML, and their older binary forms."""
