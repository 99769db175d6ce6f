"""The labelled set, our own manuscripts, and the training of the model from both."""
