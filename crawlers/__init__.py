"""From the web to the archive."""
