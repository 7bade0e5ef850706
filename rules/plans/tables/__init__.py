"""Tables: which of a document's tables hold tasks or indicators, what their columns mean, and their rows made whole."""
