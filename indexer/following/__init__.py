"""Follow councils' own sites: fetch what is new into the papers' folder, politely, and remember what was fetched."""
