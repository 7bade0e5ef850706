"""Pages: sign-in, answers, board. What they need from the shell comes through one port, `web.desk`."""
