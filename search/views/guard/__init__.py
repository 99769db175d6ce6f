"""What browsers may do, who may ask, and how often."""
