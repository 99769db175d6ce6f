"""An optional summary by a language model that the council runs. Off unless configured; nothing else imports it."""
