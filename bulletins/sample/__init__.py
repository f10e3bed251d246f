"""The sample web: six made-up outlets as a WARC, written for this project."""
