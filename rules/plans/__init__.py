"""Official plans (docx, xlsx, pdf, text, as bytes) → a draft of a rule file, with every doubt about it."""
