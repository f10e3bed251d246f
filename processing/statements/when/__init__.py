"""When it happened: `event_day(text, start, end, published, zone, load_times())`."""

from processing.statements.when.day import event_day, publication_day
from processing.statements.when.words import Times, load_times

__all__ = ["Times", "event_day", "load_times", "publication_day"]
