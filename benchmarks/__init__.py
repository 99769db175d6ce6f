"""Speed, quality and scale, measured. The product itself never imports this package."""
