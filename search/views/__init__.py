"""The only Streamlit code besides app.py: draws, never decides."""
