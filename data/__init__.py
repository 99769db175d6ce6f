"""Sample papers and the script that makes them. The product itself never imports this package."""
