"""Words, sentences, dates and acronyms: what any text is made of."""
