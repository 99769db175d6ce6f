"""What meetings resolved and what reports ask them to resolve, taken out of sections word for word."""
