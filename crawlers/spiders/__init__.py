"""The spiders: `outlet` for every outlet that can be declared; a site that cannot gets a spider of its own here."""
