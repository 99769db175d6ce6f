"""Parts of pages that Streamlit draws."""
