"""From the archive to the tables."""
