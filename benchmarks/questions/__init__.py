"""Judged questions: whose body they are about, how they refer to papers, and unanswerable ones made of them."""
