"""Headings, and the heads of minutes, reports and appendices with the bodies, days and items that they name."""
