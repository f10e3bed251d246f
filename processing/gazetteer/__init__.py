"""Lists of places that users bring: read (`read`), merged with what is known (`merge`), kept beside the installation."""
