"""Changes: what putting other rule files in force would do, as values: to deadlines, obligations, readers and mails."""
