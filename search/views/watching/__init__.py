"""What those who run the app may ask of it: is it alive, is it ready, how much is asked. No text of any question."""
