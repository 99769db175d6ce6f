"""What pages show, as text and safe HTML. Nothing of Streamlit here."""
