"""The pure core: what is due, when, and who is to be told; no clock, socket, file or session."""
