"""The JSON API and the route that serves papers."""
