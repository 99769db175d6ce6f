"""What is on screen as a file to keep: a briefing, rows of hits, and the cited pages. Nothing of Streamlit here."""
