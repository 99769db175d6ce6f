"""The About page: what this is, how it answers, its limits, and the accessibility statement."""

from pathlib import Path

import streamlit as st

st.title("About", anchor=False)
st.markdown(Path(__file__).with_name("about.md").read_text(encoding="utf-8"), anchors=False)
