"""Sources: from the bytes of a Word, Excel, PDF or text file to the `Pages` it holds."""
