"""The `bulletins` command, the local stack it starts, and the sample web."""
