"""Numbers of people: `find_numbers(text, start, end, load_number_words())`."""

from processing.statements.numbers.quantities import find_numbers, load_number_words

__all__ = ["find_numbers", "load_number_words"]
