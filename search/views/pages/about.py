"""The About page: what this is, how it answers, its limits, and the accessibility statement."""

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from indexer.errors import BadArguments
from search.views import service
from search.views.render.markup import escaped, fault

st.title("About", anchor=False)
try:
    who = service.read()
except BadArguments as error:
    st.warning(fault(error))
    who = service.Service()
words = {name: escaped(value) for name, value in asdict(who).items()}
st.markdown(Path(__file__).with_name("about.md").read_text(encoding="utf-8").format(**words), anchors=False)
