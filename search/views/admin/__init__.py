"""What those who look after an archive do from the browser, by the indexer's own commands; off unless set up."""
