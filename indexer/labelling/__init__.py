"""Every line of minutes gets a label (item, discussion, decision, vote, ...) from one trained and measured model."""
