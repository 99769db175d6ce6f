"""Meetings as a councillor knows them, and boards over time: put together from what the archive holds of each."""
