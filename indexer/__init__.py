"""Papers in, archive out. Knows nothing of search or Streamlit."""
