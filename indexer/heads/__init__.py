"""What heads what: which lines are headings, and the heads of minutes, reports and appendices with what they name."""
