"""Quality and speed, beside peers and gold data. Run all with `make bench`; each module says its own command."""
