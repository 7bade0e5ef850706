"""Messages: how notices are put into words and handed to a transport; nothing of how they are stored."""
