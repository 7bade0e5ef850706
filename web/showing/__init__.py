"""What the pages that show are made of: what somebody may see, filters as addresses, rows, figures."""
