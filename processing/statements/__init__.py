"""What an article says, sentence by sentence: who did what to whom, where, when, with which numbers, on whose word."""
