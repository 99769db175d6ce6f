"""News of saved searches by e-mail: who asked for it, what a letter says, and sending each once."""
