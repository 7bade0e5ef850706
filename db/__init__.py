"""What is stored: facts, the ledger and the outbox; sessions come from the caller, who commits."""
